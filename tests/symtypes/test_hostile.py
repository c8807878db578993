# SPDX-License-Identifier: MIT
"""Files that are broken, by accident or on purpose: an answer or a message, never a crash.

Answer() refuses every status but 0, 1 and 2, and the sanitizers have one of their own.
"""

import os
import random
import re
import struct
import subprocess

import pytest

import toolbox
from pairs import RICH
from toolbox import Answer, compiled

SOURCE = RICH + "EXPORT_SYMBOL(probe);\nint other;\nEXPORT_SYMBOL_GPL(other);"


def written(data, name="broken.o"):
    file = toolbox.path(name)
    with open(file, "wb") as out:
        out.write(data)
    return file


def contents(compiler="gcc"):
    with open(compiled(compiler, SOURCE), "rb") as file:
        return file.read()


def refused(file, reason=""):
    """One line: whose fault it is, and what is wrong."""
    answer = Answer(file)
    assert (answer.status, answer.text) == (2, ""), answer.errors
    assert re.fullmatch(re.escape(f"symtypes: {file}: ") + r"[^\n]+\n", answer.errors)
    assert reason in answer.errors, answer.errors


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_truncated(compiler):
    """Cut at every length of the header, then at many more: all of it is needed."""
    data = contents(compiler)
    lengths = set(range(1, 80)) | set(range(80, len(data), max(1, len(data) // 150)))
    for length in sorted(lengths | {len(data) - 1}):
        refused(written(data[:length]))


def test_not_an_object():
    refused(written(b""), "empty")
    refused(written(b"\0" * 5000), "not an ELF file")
    refused(written(b"int main(void) { return 0; }\n"), "not an ELF file")
    refused("/nowhere/at/all.o", "No such file or directory")
    refused("/", "not a regular file")
    refused("/dev/null", "not a regular file")


# offset and format of a header's field, what to put there, and what is then said
HEADER = [
    (4, "<B", 1, "not a 64-bit"),
    (5, "<B", 2, "not a 64-bit"),
    (16, "<H", 4, "ELF type 4"),
    (18, "<H", 183, "machine 183"),
    (40, "<Q", 0, "no sections"),
    (40, "<Q", 1 << 40, "section headers"),
    (40, "<Q", (1 << 64) - 8, "section headers"),
    (60, "<H", 60000, "section headers"),
]


@pytest.mark.parametrize("offset, form, value, reason", HEADER)
def test_header(offset, form, value, reason):
    data = bytearray(contents())
    struct.pack_into(form, data, offset, value)
    refused(written(data), reason)


def sections(data):
    """[(offset of its header, its type)]"""
    start, = struct.unpack_from("<Q", data, 40)
    count, = struct.unpack_from("<H", data, 60)
    return [(start + 64 * i, struct.unpack_from("<I", data, start + 64 * i + 4)[0])
            for i in range(count)]


SHT_SYMTAB, SHT_NOBITS = 2, 8


def test_section_outside_the_file():
    data = contents()
    for at, kind in sections(data)[1:]:
        for field in (24, 32):  # sh_offset, sh_size
            if kind == SHT_NOBITS:
                continue
            broken = bytearray(data)
            struct.pack_into("<Q", broken, at + field, len(data) + 1)
            refused(written(broken), "goes past the file's end")


def broken_symbols(field, value):
    """The file with one field of its symbol table's header changed."""
    data = bytearray(contents())
    at = next(at for at, kind in sections(data) if kind == SHT_SYMTAB)
    struct.pack_into("<I" if field == 40 else "<Q", data, at + field, value)
    return data


def test_symbol_table():
    refused(written(broken_symbols(40, 0)), "its name is not in the string table")
    refused(written(broken_symbols(56, 7)))
    stripped = written(contents())
    subprocess.run(["strip", "--strip-all", stripped], check=True)
    refused(stripped, "no symbol table (stripped?)")


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_random_damage(compiler):
    """Some thousand bytes of 400 files: whatever they mean now, an answer or a message."""
    data, rng, answered = contents(compiler), random.Random(7), 0
    for _ in range(400):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 2, 5, 30))):
            broken[rng.randrange(64, len(broken))] = rng.choice((0, 1, 0x7f, 0x80, 0xff,
                                                                 rng.randrange(256)))
        answered += Answer("--text", written(broken)).status == 0
    assert 0 < answered < 400  # some damage is harmless, some is not


# --- debug information made to do harm, written by the assembler ---

DWARF = """
	.section "___ksymtab+probe", "a"
__ksymtab_probe: .quad probe, 0, 0
	.data
	.globl probe
probe:	.long 0
	.section .debug_abbrev, "", @progbits
	.uleb128 1, 0x11; .byte 1;			 .byte 0, 0	# unit
	.uleb128 2, 0x34; .byte 0; .uleb128 3, 8, 0x49, 0x13, 0x3f, 0x19; .byte 0, 0 # variable
	.uleb128 3, 0x0f; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# pointer
	.uleb128 4, 0x13; .byte 1; .uleb128 0x0b, 0x0b; .byte 0, 0	# structure, no name
	.uleb128 5, 0x0d; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# member
	.uleb128 6, 0x4109; .byte 0; .uleb128 3, 8;	 .byte 0, 0	# a tag nobody knows
	.uleb128 7, 0x13; .byte 0; .uleb128 0x3c, 0x19; .byte 0, 0	# declared, no name
	.uleb128 8, 0x24; .byte 0; .uleb128 3, 8, 0x0b, 0x0b, 0x3e, 0x0b; .byte 0, 0 # base type
	.uleb128 9, 0x26; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# const
	.uleb128 10, 0x0d; .byte 0; .uleb128 3, 8, 0x49, 0x13, 0x38, 0x0b, 0x0d, 0x0b, 0x0c, 0x0b
	.byte 0, 0	# bit-field: name, type, byte, bits, bits from the left
	.uleb128 11, 0x0d; .byte 0; .uleb128 3, 8, 0x49, 0x13, 0x0d, 0x0b; .byte 0, 0 # the same, bits
	.uleb128 12, 0x1c; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# inheritance
	.uleb128 13, 0x01; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# array
	.uleb128 14, 0x24; .byte 0; .uleb128 0x0b, 0x0b; .byte 0, 0	# base type, no name
	.uleb128 15, 0x13; .byte 1; .uleb128 3, 8, 0x0b, 0x0b; .byte 0, 0	# structure
	.uleb128 16, 0x0d; .byte 0; .uleb128 3, 8;	 .byte 0, 0	# member without a type
	.uleb128 17, 0x0d; .byte 0; .uleb128 0x49, 0x13, 0x38, 0x18; .byte 0, 0 # place by expression
	.uleb128 18, 0x13; .byte 1; .uleb128 3, 8;	 .byte 0, 0	# structure without a size
	.uleb128 19, 0x04; .byte 1; .uleb128 3, 8, 0x0b, 0x0b; .byte 0, 0	# enumeration
	.uleb128 20, 0x28; .byte 0; .uleb128 3, 8;	 .byte 0, 0	# enumerator without a number
	.uleb128 21, 0x13; .byte 1; .uleb128 1, 0x13;	 .byte 0, 0	# structure, what is next to it
	.uleb128 22, 0x15; .byte 1;			 .byte 0, 0	# function
	.uleb128 23, 0x05; .byte 0; .uleb128 0x49, 0x13; .byte 0, 0	# parameter
	.byte 0
	.section .debug_info, "", @progbits
unit:	.long end - start
start:	.short 5; .byte 1, 8; .long 0
	.uleb128 1
	.uleb128 2; .asciz "probe"; .long type - unit
TYPES
	.byte 0
end:
"""


def handmade(types):
    source, file = toolbox.path("handmade.s"), toolbox.path("handmade.o")
    with open(source, "w", encoding="utf-8") as out:
        out.write(DWARF.replace("TYPES", types))
    subprocess.run(["gcc", "-c", "-o", file, source], check=True)
    return file


def without_version(file, reason):
    answer = Answer(file)
    assert (answer.status, answer.text) == (0, "")
    assert f"{file}: probe has no version: " in answer.errors and reason in answer.errors


def test_handmade_is_right_but_for_what_is_wrong():
    answer = Answer("--text", "probe",
                    handmade("type: .uleb128 8; .asciz \"long int\"; .byte 8, 5"))
    assert answer.text == "long probe\nbase long (8 bytes, signed)\n"


INT = "\nint: .uleb128 8; .asciz \"int\"; .byte 4, 5\n"


def test_bit_fields_of_old():
    """Without the size of the storage, its type's counts; without a place, the start."""
    members = ".uleb128 10; .asciz \"a\"; .long int - unit; .byte 4, 3, 24\n" \
              ".uleb128 11; .asciz \"b\"; .long int - unit; .byte 7"
    answer = Answer("--text", "probe", handmade(
        f"type: .uleb128 15; .asciz \"s\"; .byte 8\n{members}\n.byte 0" + INT))
    assert answer.text.splitlines()[2:] == ["struct s (8 bytes) {", "\t@4.5 int a : 3",
                                            "\t@0.0 int b : 7", "}"]


def test_array_without_dimensions():
    answer = Answer("--text", "probe", handmade("type: .uleb128 13; .long int - unit" + INT))
    assert answer.text.splitlines()[0] == "int probe"


# what the debug information says of probe's type, and why that gives it no version
NO_VERSION = [
    ("type: .uleb128 3; .long type - unit", "more than 100 layers"),
    ("type: .uleb128 9; .long type - unit", "more than 100 layers"),
    ("type: .uleb128 6; .asciz \"x\"", "DWARF tag 0x4109, is unknown"),
    ("type: .uleb128 7", "neither a name nor a definition"),
    ("type: .uleb128 8; .asciz \"int\"; .byte 4, 99", "encoding"),
    ("type: .uleb128 14; .byte 4", "base type has no name"),
    ("type: .uleb128 15; .asciz \"s\"; .byte 8; .uleb128 12; .long int - unit; .byte 0" + INT,
     "a type that C does not have"),
    ("type: .uleb128 15; .asciz \"s\"; .byte 8; .uleb128 16; .asciz \"m\"; .byte 0",
     "a member has no type"),
    ("type: .uleb128 15; .asciz \"s\"; .byte 8; .uleb128 17; .long int - unit; .byte 1, 0x96, 0"
     + INT, "offset is not a number"),
    ("type: .uleb128 15; .asciz \"s\"; .byte 8; .uleb128 10; .asciz \"m\"; .long c - unit\n"
     ".byte 4, 3, 24, 0\nc: .uleb128 9; .long int - unit" + INT, "a bit-field's storage has no size"),
    ("type: .uleb128 18; .asciz \"s\"; .byte 0", "a type has no size"),
    ("type: .uleb128 19; .asciz \"e\"; .byte 4; .uleb128 20; .asciz \"A\"; .byte 0",
     "an enumerator without a name or a number"),
]


@pytest.mark.parametrize("types, reason", NO_VERSION, ids=[reason for _, reason in NO_VERSION])
def test_no_version(types, reason):
    without_version(handmade(types), reason)


def test_structure_within_itself():
    """One without a name would be written out forever."""
    without_version(handmade("type: .uleb128 4; .byte 8; .uleb128 5; .long type - unit; .byte 0"),
                    "nested more than")


def test_exponential():
    """60 unnamed structures that each hold the next one twice: 2^60 members in 1,000 bytes."""
    types = "type:\n"
    for i in range(60):
        types += f"t{i}: .uleb128 4; .byte 8\n"
        types += f"\t.uleb128 5; .long t{i + 1} - unit\n" * 2 + "\t.byte 0\n"
    refused(handmade(types + "t60: .uleb128 8; .asciz \"int\"; .byte 4, 5"), "far more room")


def test_neighbour_of_itself():
    """A DIE may say where the next one is."""
    refused(handmade("type: .uleb128 21; .long type - unit; .byte 0"), "damaged")


def test_parameter_that_is_forever_const():
    """What qualifies a parameter is stepped over."""
    refused(handmade("type: .uleb128 22; .uleb128 23; .long loop - unit; .byte 0\n"
                     "loop: .uleb128 9; .long loop - unit"), "in circles")


def test_enormous():
    """A name of a megabyte, in each of 1,000 members."""
    name = "\"" + "x" * (1 << 20) + "\""
    members = ".uleb128 5; .long type - unit\n" * 1000
    refused(handmade(f"type: .uleb128 15; .asciz {name}; .byte 8\n{members}.byte 0"), "far more room")


def test_reference_outside():
    refused(handmade("type: .uleb128 3; .long 0x7fffffff"), "damaged")


def test_absurd_names():
    """Formats, and words that base types are made of, are only text."""
    for name in ("%s%n%d", "long long long int", "short short", "unsigned", "  int ", "\\377"):
        answer = Answer("--text", "probe",
                        handmade(f"type: .uleb128 8; .asciz \"{name}\"; .byte 4, 5"))
        assert answer.status == 0 and answer.text.startswith(
            {"unsigned": "unsigned int", "  int ": "int"}.get(name, name[:5].replace("\\377", "")))


def test_deep_but_right():
    """What a source can hold is read: 60 pointers, 15 unnamed structures."""
    nested = "struct { " * 15 + "int a;" + "".join(f" }} m{i};" for i in range(15))
    source = f"int {'*' * 60}probe;\nEXPORT_SYMBOL(probe);\n" \
             f"struct s {{ {nested} }};\nstruct s other;\nEXPORT_SYMBOL(other);"
    found = toolbox.crcs(compiled("gcc", source))
    assert len(found) == 2


def test_file_names_are_text():
    """A file's name is shown, not interpreted."""
    file = written(b"nothing", "%s%n.o")
    assert os.path.basename(file) in Answer(file).errors
