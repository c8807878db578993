# SPDX-License-Identifier: MIT
"""What the texts look like, what their CRC is, and how two of them are compared."""

import os
import subprocess
import zlib

import pytest

import toolbox
from toolbox import Answer, compiled, crc, text

SOURCE = """
struct hidden;
typedef unsigned int flags_t;
typedef int (*handler_t)(struct hidden *, void (*done)(void), ...);
enum tone { CALM = -1, LOUD = 0x7fffffff };
enum big { HUGE = 0xffffffffffffffff };
struct part { struct part *next, *prev; };
struct thing {
	char name[2][3];
	struct part part;
	flags_t low : 3, high : 30;
	volatile int *const where;
	handler_t handler;
	union {
		enum tone tone;
		struct { bool yes; } answer;
	};
	int (*(*table)[4])(char);
	enum big *bigs;
	struct hidden *hidden;
	long tail[];
} __attribute__((aligned(32)));
const struct thing *probe(struct thing *first, int second[5], ...) { (void)second; return first; }
EXPORT_SYMBOL(probe);
"""

# Written by hand, from the source and the psABI's sizes.
TEXT = """\
const struct thing *probe(struct thing *, int *, ...)
base _Bool (1 byte, boolean)
base char (1 byte, signed char)
base int (4 bytes, signed)
base long (8 bytes, signed)
base unsigned int (4 bytes, unsigned)
base unsigned long (8 bytes, unsigned)
enum big (8 bytes, unsigned long) {
	HUGE = 18446744073709551615
}
enum tone (4 bytes, int) {
	CALM = -1
	LOUD = 2147483647
}
struct hidden (declared only)
struct part (16 bytes) {
	@0 struct part *next
	@8 struct part *prev
}
struct thing (96 bytes, aligned 32) {
	@0 char name[2][3]
	@8 struct part part
	@24.0 flags_t low : 3
	@28.0 flags_t high : 30
	@32 volatile int *const where
	@40 handler_t handler
	@48 union (4 bytes) {
		@0 enum tone tone
		@0 struct (1 byte) {
			@0 bool yes
		} answer
	}
	@56 int (*(*table)[4])(char)
	@64 enum big *bigs
	@72 struct hidden *hidden
	@80 long tail[]
}
typedef bool = _Bool
typedef flags_t = unsigned int
typedef handler_t = int (*)(struct hidden *, void (*)(void), ...)
"""


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_text(compiler):
    assert text(compiled(compiler, SOURCE)) == TEXT


def test_crc_is_of_the_text():
    """Anyone can compute it again."""
    file = compiled("gcc", SOURCE)
    assert crc(file) == zlib.crc32(TEXT.encode())


def name_with_crc(wanted):
    """A variable name with which the text of `char NAME` has that CRC.

    A CRC is linear over bits. Each letter is b or c, which differ in one bit, so each choice turns
    over a known set of the CRC's bits: 40 of them span all 32, and elimination finds which.
    """
    def crc_with(choices):
        name = "v" + "".join("bc"[choice] for choice in choices)
        return zlib.crc32(f"char {name}\nbase char (1 byte, signed char)\n".encode())

    none = [0] * 40
    start = crc_with(none)
    basis = {}  # highest bit: (bits turned over, by which choices)
    for i in range(40):
        bits, used = crc_with(none[:i] + [1] + none[i + 1:]) ^ start, 1 << i
        while bits and bits.bit_length() in basis:
            other = basis[bits.bit_length()]
            bits, used = bits ^ other[0], used ^ other[1]
        if bits:
            basis[bits.bit_length()] = (bits, used)
    rest, chosen = start ^ wanted, 0
    while rest:
        bits, used = basis[rest.bit_length()]
        rest, chosen = rest ^ bits, chosen ^ used
    return "v" + "".join("bc"[chosen >> i & 1] for i in range(40))


@pytest.mark.parametrize("of_text, told", [(0, 1), (1, 1), (2, 2), (0xffffffff, 0xffffffff)])
def test_never_zero(of_text, told):
    """0 in a table says that there is no version, so a text whose CRC is 0 gets 1."""
    name = name_with_crc(of_text)
    file = compiled("gcc", f"char {name};\nEXPORT_SYMBOL({name});")
    assert zlib.crc32(text(file, name).encode()) == of_text
    assert crc(file, name) == told


def test_all_texts():
    """Without a name: each export's line, its text, an empty line."""
    file = compiled("gcc", SOURCE + "long other;\nEXPORT_SYMBOL(other);")
    answer = Answer("--text", file)
    other = "long other\nbase long (8 bytes, signed)\n"
    assert answer.text == (f"#SYMVER other 0x{zlib.crc32(other.encode()):08x}\n{other}\n"
                           f"#SYMVER probe 0x{zlib.crc32(TEXT.encode()):08x}\n{TEXT}\n")


# --- comparing ---

FIELDS = "".join(f"\tint field{i};\n" for i in range(12))


def thing(fields, before="", name="thing"):
    return f"{before}struct {name} {{\n{fields}}};\nint probe(struct {name} *t) " \
           "{ return t != 0; }\nEXPORT_SYMBOL(probe);"


def diff(old_source, new_source):
    """The status, and the lines below the two heads, which are checked here."""
    old, new = compiled("gcc", old_source), compiled("gcc", new_source)
    answer = Answer("--diff", "probe", old, new)
    assert not answer.errors
    if not answer.text:
        return answer.status, []
    heads, lines = answer.text.splitlines()[:2], answer.text.splitlines()[2:]
    assert heads == [f"--- {old}\tprobe 0x{crc(old):08x}", f"+++ {new}\tprobe 0x{crc(new):08x}"]
    return answer.status, lines


def test_diff_same():
    assert diff(thing(FIELDS), thing(FIELDS, before="struct other;\n")) == (0, [])


def test_diff_shows_what_is_near():
    """One changed field: its type's first line, the change, two lines around."""
    status, lines = diff(thing(FIELDS), thing(FIELDS.replace("int field6", "unsigned field6")))
    assert status == 1
    assert lines == ["+base unsigned int (4 bytes, unsigned)",
                     " struct thing (48 bytes) {", " \t...",
                     " \t@16 int field4", " \t@20 int field5",
                     "-\t@24 int field6", "+\t@24 unsigned int field6",
                     " \t@28 int field7", " \t@32 int field8"]


def test_diff_of_the_export_itself():
    status, lines = diff("int probe(int a) { return a; }\nEXPORT_SYMBOL(probe);",
                         "int probe(int a, ...) { return a; }\nEXPORT_SYMBOL(probe);")
    assert (status, lines) == (1, ["-int probe(int)", "+int probe(int, ...)"])


def test_diff_type_replaced():
    """A type that only one side has is shown whole; what both have is not shown."""
    status, lines = diff(thing("\tint a;\n"), thing("\tint a;\n", name="thong"))
    assert status == 1
    assert lines == ["-int probe(struct thing *)", "+int probe(struct thong *)",
                     "-struct thing (4 bytes) {", "-\t@0 int a", "-}",
                     "+struct thong (4 bytes) {", "+\t@0 int a", "+}"]


def test_diff_of_enormous_types():
    """5,000 lines against 5,000 others are not compared line by line, and are all shown."""
    def enumeration(prefix):
        names = "".join(f"{prefix}{i}, " for i in range(5000))
        return f"enum e {{ {names} }};\nint probe(enum e e) {{ return e; }}\nEXPORT_SYMBOL(probe);"
    status, lines = diff(enumeration("OLD"), enumeration("NEW"))
    assert status == 1
    assert lines[1:5001] == [f"-\tOLD{i} = {i}" for i in range(5000)]
    assert lines[5001:-1] == [f"+\tNEW{i} = {i}" for i in range(5000)]


def test_diff_trouble():
    """2 tells trouble from a difference, whichever side it is on."""
    good = compiled("gcc", thing(FIELDS))
    other = compiled("gcc", "int other;\nEXPORT_SYMBOL(other);")
    for old, new, name, message in ((good, other, "probe", f"{other}: does not export probe"),
                                    (other, good, "probe", f"{other}: does not export probe"),
                                    (good, "/nowhere", "probe", "/nowhere: No such file"),
                                    (good, good, "nothing", f"{good}: does not export nothing")):
        answer = Answer("--diff", name, old, new)
        assert (answer.status, answer.text) == (2, "")
        assert message in answer.errors


# --- the command line ---

def test_help():
    answer = Answer("--help")
    assert answer.status == 0 and not answer.errors
    assert answer.text.startswith("usage: symtypes ")


@pytest.mark.parametrize("arguments", [
    [], ["--nothing", "f.o"], ["a.o", "b.o"], ["--text"], ["--text", "a", "b", "c"],
    ["--diff", "a", "b"], ["--diff", "a", "b", "c", "d"], ["--text", "--diff", "a", "b", "c"],
    ["--module-layout"], ["--module-layout", "--diff", "a", "b", "c"], ["-x"]], ids=" ".join)
def test_usage(arguments):
    answer = Answer(*arguments)
    assert (answer.status, answer.text) == (2, "")
    assert "usage: symtypes" in answer.errors


def test_output_that_cannot_be_written():
    """Half a list must not look like a whole one."""
    program = toolbox.build("gcc", toolbox.SANITIZERS)
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([program, compiled("gcc", SOURCE)], stdout=full, check=False,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == f"symtypes: standard output: {os.strerror(28)}\n"


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_optimised_build(compiler):
    """The tool as it is used, by each compiler, without warnings, answers the same."""
    program = toolbox.build(compiler, ("-O2",))
    file = compiled("gcc", SOURCE)
    assert Answer("--text", file, program=program).text == Answer("--text", file).text
