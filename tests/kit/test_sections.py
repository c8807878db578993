# SPDX-License-Identifier: MIT
"""References from what stays to what goes: modpost finds them, and only them."""

import re

import pytest

from conftest import KOAN, LICENSED, run

# Neither compiler may merge or inline these.
PARTS = LICENSED + """
#include <linux/init.h>
#define KEEP noinline __used
struct operations { int (*run)(void); };
KEEP static int __init at_init(void) { __asm__ volatile(""); return 1; }
KEEP static int __exit at_exit(void) { __asm__ volatile(""); return 2; }
static volatile int init_value __initdata __used = 3;
static volatile int exit_value __exitdata __used = 4;
static volatile const int init_constant __initconst __used = 5;
"""

# what is built, from whom, section, to whom, section, whom the cure names
BAD = {
    "text to init": ("KEEP int user(void) { return at_init() + 1; }", "user", ".text", "at_init", ".init.text", "__init off at_init"),
    "text to init data": ("KEEP int user(void) { return init_value; }", "user", ".text", "init_value", ".init.data",
                          "__initdata off init_value"),
    "text to init constant": ("KEEP int user(void) { return init_constant; }", "user", ".text", "init_constant", ".init.rodata",
                              "__initconst off init_constant"),
    "text to exit": ("KEEP int user(void) { return at_exit() + 1; }", "user", ".text", "at_exit", ".exit.text", "__exit off it"),
    "text to exit data": ("KEEP int user(void) { return exit_value; }", "user", ".text", "exit_value", ".exit.data",
                          "__exitdata off it"),
    "cold text to init": ("KEEP __cold int user(void) { return at_init() + 1; }", "user", ".text", "at_init", ".init.text", ""),
    "own text to init": ('KEEP __section("mine") int user(void) { return at_init() + 1; }', "user", "mine", "at_init", ".init.text", ""),
    "data to init": ("struct operations table = {at_init};", "table", ".data", "at_init", ".init.text", "__init off at_init"),
    "data to init data": ("volatile int *table = &init_value;", "table", ".data", "init_value", ".init.data", ""),
    "data to exit": ("struct operations table = {at_exit};", "table", ".data", "at_exit", ".exit.text", ""),
    "late constant to init": ("struct operations table __ro_after_init = {at_init};", "table", ".data..ro_after_init",
                              "at_init", ".init.text", ""),
    "constant to init": ("extern const struct operations table;\nconst struct operations table = {at_init};", "table", ".rodata",
                         "at_init", ".init.text", ""),
    "init to exit": ("KEEP int __init user(void) { return at_exit() + 1; }", "user", ".init.text", "at_exit", ".exit.text",
                     "may not be loaded at all"),
    "init data to exit": ("struct operations table __initdata = {at_exit};", "table", ".init.data", "at_exit", ".exit.text", ""),
    "exit to init": ("KEEP int __exit user(void) { return at_init() + 1; }", "user", ".exit.text", "at_init", ".init.text",
                     "gone when user runs"),
    "exit data to init": ("struct operations table __exitdata = {at_init};", "table", ".exit.data", "at_init", ".init.text", ""),
    "operations to exit": ("struct operations file_ops = {at_exit};", "file_ops", ".data", "at_exit", ".exit.text", ""),
}

GOOD = {
    "init to init": "KEEP int __init user(void) { return at_init() + init_value + init_constant; }",
    "exit to exit": "KEEP int __exit user(void) { return at_exit() + exit_value; }",
    "init to what stays": "KEEP int helper(void) { return 1; }\nKEEP int __init user(void) { return helper() + 1; }",
    "init data to init": "struct operations table __initdata = {at_init};",
    "init and exit": "module_init(at_init);\nKEEP static void __exit leave(void) { }\nmodule_exit(leave);",
    "parameter for init": "static int limit __initdata;\nmodule_param(limit, int, 0);",
    "on purpose": "KEEP int __ref user(void) { return at_init() + 1; }\nstruct operations table __refdata = {at_init};",
    "built in": "static initcall_t call __used __section(\".initcall6.init\") = at_init;\n"
                "static int (*end)(void) __used __section(\".exitcall.exit\") = at_exit;",
    "switch of init code": "KEEP int __init user(int n)\n{\n\tswitch (n) {\n" + "".join(
        f'\tcase {n}:\n\t\t__asm__ volatile("# {n}");\n\t\treturn {n * n % 7};\n' for n in range(20)) + "\t}\n\treturn -1;\n}",
    **{f"table called {name}": f"struct operations {name} = {{at_init}};\n"
       for name in ("any_template", "any_timer", "any_sht", "any_ops", "any_probe", "any_probe_one", "any_console")},
    "constant table": "extern const struct operations any_ops;\nconst struct operations any_ops = {at_init};",
}


@pytest.fixture
def look(modpost, compiled, tmp_path):
    """look(SOURCE, OPTIONS...) -> (status, lines) of modpost for a module m made of it."""

    def call(source, *options, compiler="gcc", flags=()):
        module = compiled("m", source, *flags, compiler=compiler)
        result = modpost("-o", tmp_path / "out.symvers", *options, module)
        assert (tmp_path / "m.mod.c").exists() == (result.returncode == 0)
        return result.returncode, result.stdout.splitlines()

    return call


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("what", BAD)
def test_found(look, tmp_path, compiler, what):
    source, owner, from_section, target, to_section, cure = BAD[what]
    status, lines = look(PARTS + source, compiler=compiler)
    assert status == 0 and len(lines) == 2, lines
    # What is only called from cold code, such as init, may be cold itself: .text.unlikely.
    assert re.fullmatch(rf"WARNING: modpost: {tmp_path}/m: section mismatch in reference: {owner}\+0x[0-9a-f]+ "
                        rf"\(section: {from_section}(\.unlikely\.?)?\) -> {target} \(section: {to_section}\)", lines[0]), lines
    assert cure in lines[1] and lines[1].startswith(" "), lines


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("what", GOOD)
def test_not_found(look, compiler, what):
    assert look(PARTS + GOOD[what], "-E", "-i", KOAN / "build/Module.symvers", compiler=compiler) == (0, [])


def test_sections_of_their_own(look):
    status, lines = look(PARTS + BAD["text to init"][0], flags=["-ffunction-sections"])
    assert status == 0 and "user+0x" in lines[0] and re.search(r"section: \.text\.(unlikely\.)?user\)", lines[0])


ASSEMBLY = LICENSED + """
__asm__(".section .init.text, \\"ax\\"\\n nop\\n goner: ret\\n .text\\n {text}\\n");
"""


@pytest.mark.parametrize("text, line", [
    ("nop\\n user: nop\\n nop\\n call goner", "user+0x3 (section: .text) -> goner"),
    ("call goner", "0x1 (section: .text) -> goner"),
    ("user: .quad goner + 1", "user+0x0 (section: .text) -> goner"),
    ("user: lea goner(%rip), %rax\\n first: nop\\n second: movl $goner, 4(%rax)", "user+0x3 (section: .text) -> goner"),
    ("user: .quad .init.text", "user+0x0 (section: .text) -> (unknown)"),
    ("user: jmp .init.text + 1", "user+0x1 (section: .text) -> goner"),
])
def test_where(look, tmp_path, text, line):
    status, lines = look(ASSEMBLY.format(text=text))
    assert status == 0
    assert lines[0] == f"WARNING: modpost: {tmp_path}/m: section mismatch in reference: {line} (section: .init.text)"


def test_what_gcc_makes_for_one_caller(look):
    clone = "user.constprop.0: call goner"
    assert look(ASSEMBLY.format(text=clone)) == (0, [])
    assert look(ASSEMBLY.format(text=clone).replace(".init.", ".exit."))[1] != []
    assert look(ASSEMBLY.format(text=clone.replace("constprop", "isra")))[1] != []


@pytest.mark.parametrize("section, bad", [(".text", False), (".init.text", False), (".data", True), (".init.data", True)])
def test_exception_table(look, tmp_path, section, bad):
    flags = "ax" if "text" in section else "aw"
    source = LICENSED + (f'__asm__(".section {section}, \\"{flags}\\"\\n here: nop\\n'
                         '.section __ex_table, \\"a\\"\\n table: .quad here\\n .text\\n");')
    message = (f"WARNING: modpost: {tmp_path}/m: section mismatch in reference: table+0x0 (section: __ex_table) "
               f"-> here (section: {section})")
    assert look(source)[1][:1] == ([message] if bad else [])


SUMMARY = ["ERROR: modpost: Section mismatches detected.", "Set CONFIG_SECTION_MISMATCH_WARN_ONLY=y to allow them."]


def test_error_when_asked_for(look):
    status, lines = look(PARTS + BAD["text to init"][0] + BAD["data to exit"][0], "-E")
    assert status == 1 and lines[-2:] == SUMMARY
    assert [line for line in lines if line.startswith("WARNING")] == lines[:4:2]


@pytest.mark.parametrize("section", ["odd", ".odd.data"])
def test_section_that_is_not_loaded(look, tmp_path, section):
    status, lines = look(LICENSED + f'__asm__(".pushsection {section}, \\"\\", @progbits\\n.long 1\\n.popsection");')
    assert status == 0 and lines[0] == f"WARNING: modpost: {tmp_path}/m ({section}): unexpected non-allocatable section."
    assert f'.section {section}, "a"' in lines[1]


def test_sections_that_nobody_loads(look):
    """Debugging information, compilers' notes, an empty one."""
    sections = [".comment", ".comment.mine", ".debug_mine", ".note.mine", ".discard.mine", ".GCC.command.line"]
    source = LICENSED + "".join(f'__asm__(".pushsection {name}, \\"\\", @progbits\\n.long 1\\n.popsection");\n' for name in sections)
    assert look(source + '__asm__(".pushsection odd, \\"\\", @progbits\\n.popsection");', flags=["-g"]) == (0, [])


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_the_kernels_own(modpost, compiled, compiler):
    """Init memory is given back, so there it is always an error; for modules that is not what -s is for."""
    good = compiled("good", PARTS + GOOD["init to init"], compiler=compiler)
    assert modpost("-s", good).stdout == ""
    bad = compiled("bad", PARTS + BAD["text to init"][0], compiler=compiler)
    result = modpost("-s", bad)
    lines = result.stdout.splitlines()
    assert result.returncode == 1 and lines[0].startswith("WARNING: modpost: vmlinux: section mismatch in reference: user+0x")
    assert lines[-1] == "ERROR: modpost: Section mismatches detected."


def test_the_kernel_is_linked_after_that():
    """And it is the kernel that was looked at: all functions of koan.elf are in what was checked."""
    def functions(path):
        return {line.split()[2] for line in run("nm", path).stdout.splitlines() if " T " in line}

    kernel = functions(KOAN / "build/koan.elf")
    assert {"kernel_main", "printk"} < kernel
    missing = kernel - functions(KOAN / "build/link/objects.o")
    assert not [name for name in missing if not name.startswith("__")], missing
