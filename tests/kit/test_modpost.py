# SPDX-License-Identifier: MIT
"""Each thing modpost complains of, in Linux's words; the program runs under the sanitizers."""

import pytest

from conftest import KOAN, LICENSED, run

KERNEL = "0x00000000\tprintk\tvmlinux\tEXPORT_SYMBOL\t\n0x00000000\tfor_all\tvmlinux\tEXPORT_SYMBOL\t\n" \
         "0x12345678\tfor_gpl\tvmlinux\tEXPORT_SYMBOL_GPL\t\n" \
         "0x00000000\tgpl_soon\tvmlinux\tEXPORT_SYMBOL_GPL_FUTURE\t\n0x00000000\tin_space\tvmlinux\tEXPORT_SYMBOL\tSPACE\n" \
         "0x00000000\tidle\tvmlinux\tEXPORT_UNUSED_SYMBOL\t\n0x00000000\tidle_gpl\tvmlinux\tEXPORT_UNUSED_SYMBOL_GPL\t\n"


@pytest.fixture
def symvers(tmp_path):
    path = tmp_path / "kernel.symvers"
    path.write_text(KERNEL)
    return path


@pytest.fixture
def post(modpost, symvers, tmp_path):
    """post(OPTIONS..., OBJECTS...) -> (status, lines), with the kernel's exports known."""

    def call(*arguments, keep=False):
        for path in [] if keep else [*tmp_path.glob("*.mod.c"), *tmp_path.glob("out.symvers")]:
            path.unlink()
        result = modpost("-i", symvers, "-o", tmp_path / "out.symvers", *arguments)
        written = (tmp_path / "out.symvers").exists() or list(tmp_path.glob("*.mod.c"))
        assert bool(written) == (result.returncode == 0), "writes if, and only if, nothing is wrong"
        return result.returncode, result.stdout.splitlines()

    return call


def uses(*names, licence="GPL", more=""):
    declared = "".join(f"extern int {name}(void);\n" for name in names)
    calls = "".join(f"\t{name}();\n" for name in names)
    return (f'#include <linux/module.h>\nMODULE_LICENSE("{licence}");\n{more}\n{declared}'
            f"int init_module(void)\n{{\n{calls}\treturn 0;\n}}\n")


def test_all_is_well(post, compiled, tmp_path):
    assert post(compiled("m", uses("for_all", "for_gpl"))) == (0, [])
    assert "MODULE_INFO(depends, \"\")" in (tmp_path / "m.mod.c").read_text()
    assert (tmp_path / "out.symvers").read_text() == ""


def test_undefined(post, compiled):
    module = compiled("m", uses("nowhere_to_be_found"))
    line = f'"nowhere_to_be_found" [{module.with_suffix(".ko")}] undefined!'
    assert post(module) == (1, [f"ERROR: modpost: {line}"])
    assert post("-w", module) == (0, [f"WARNING: modpost: {line}"])


def test_undefined_but_alike(post, compiled):
    status, lines = post(compiled("m", uses("prinkt")))
    assert status == 1 and "did you mean printk, which vmlinux exports?" in lines[1]


def test_undefined_and_weak(post, compiled):
    assert post(compiled("m", LICENSED + "extern int nowhere(void) __weak;\nint f(void)\n{\n\treturn nowhere ? nowhere() : 0;\n}\n")) == (0, [])


def test_a_hint_where_others_exports_are_named(post, compiled):
    assert "KBUILD_EXTRA_SYMBOLS" in post("-e", compiled("m", uses("nowhere_to_be_found")))[1][-1]


def test_many_undefined(post, compiled):
    names = [f"nowhere_{chr(97 + i) * 9}" for i in range(13)]
    status, lines = post("-w", compiled("m", uses(*names)))
    assert len([line for line in lines if line.endswith("undefined!")]) == 10
    assert lines[-1] == "WARNING: modpost: suppressed 3 unresolved symbol warnings because there were too many)"
    assert status == 0


def test_export_of_another_module(post, compiled, tmp_path):
    provider = compiled("provider", LICENSED + "int x(void)\n{\n\treturn 1;\n}\nEXPORT_SYMBOL(x);\n")
    assert post(provider, compiled("user", uses("x"))) == (0, [])
    assert 'MODULE_INFO(depends, "provider");' in (tmp_path / "user.mod.c").read_text()
    assert (tmp_path / "out.symvers").read_text() == f"0x00000000\tx\t{tmp_path}/provider\tEXPORT_SYMBOL\t\n"


def test_exported_twice(post, compiled, tmp_path):
    source = LICENSED + "int x(void)\n{\n\treturn 1;\n}\nEXPORT_SYMBOL(x);\n"
    first, second = compiled("first", source), compiled("second", source)
    message = f"ERROR: modpost: {tmp_path}/second: 'x' exported twice. Previous export was in {tmp_path}/first.ko"
    assert post(first, second) == (1, [message])
    assert post("-e", first, second) == (1, [message])


def test_exported_twice_in_one_module(post, compiled, tmp_path):
    body = "#include <linux/export.h>\nextern int x;\nEXPORT_SYMBOL(x);\n"
    parts = [compiled("a", LICENSED + body + "int x;\n"), compiled("b", body)]
    assert run("ld", "-r", "-o", tmp_path / "m.o", *parts).returncode == 0
    status, lines = post(tmp_path / "m.o")
    assert (status, lines) == (1, [f"ERROR: modpost: {tmp_path}/m: 'x' exported twice. Previous export was in {tmp_path}/m.ko"])


def test_kernel_exports_it_already(post, compiled, tmp_path):
    module = compiled("m", LICENSED + "int printk(const char *fmt, ...)\n{\n\treturn 0;\n}\nEXPORT_SYMBOL(printk);\n")
    message = f"ERROR: modpost: {tmp_path}/m: 'printk' exported twice. Previous export was in vmlinux"
    assert post(module) == (1, [message]) and post("-e", module) == (1, [message])


def test_a_newer_copy_of_an_exporter(post, compiled, symvers, tmp_path):
    """Out of tree, what another module's Module.symvers lists may be exported anew."""
    symvers.write_text(KERNEL + "0x00000000\tx\tolder/copy\tEXPORT_SYMBOL\t\n")
    module = compiled("m", LICENSED + "int x;\nEXPORT_SYMBOL(x);\n")
    assert post(module) == (1, [f"ERROR: modpost: {tmp_path}/m: 'x' exported twice. Previous export was in older/copy.ko"])
    assert post("-e", module) == (0, [])


@pytest.mark.parametrize("licence", ["GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"])
def test_licences_that_may(post, compiled, licence):
    assert post(compiled("m", uses("for_gpl", "gpl_soon", licence=licence))) == (0, [])


@pytest.mark.parametrize("licence", ["Proprietary", "BSD", "GPL v3", "gpl", "MIT", ""])
def test_licences_that_may_not(post, compiled, licence):
    assert post(compiled("m", uses("for_all", licence=licence))) == (0, [])
    message = "ERROR: modpost: GPL-incompatible module m.ko uses GPL-only symbol 'for_gpl'"
    assert post(compiled("m", uses("for_gpl", licence=licence))) == (1, [message])


def test_all_licences_count(post, compiled):
    status, lines = post(compiled("m", uses("for_gpl", more='MODULE_LICENSE("Proprietary");')))
    assert status == 1 and "GPL-incompatible" in lines[0]


def test_future_gpl(post, compiled):
    message = "WARNING: modpost: GPL-incompatible module m.ko uses future GPL-only symbol 'gpl_soon'"
    assert post(compiled("m", uses("gpl_soon", licence="Proprietary"))) == (0, [message])


@pytest.mark.parametrize("symbol", ["idle", "idle_gpl"])
def test_unused(post, compiled, symbol):
    """Whoever uses it is told; the licence counts as ever."""
    warning = f"WARNING: modpost: module m.ko uses symbol '{symbol}' marked UNUSED"
    assert post(compiled("m", uses(symbol))) == (0, [warning])
    status, lines = post(compiled("m", uses(symbol, licence="Proprietary")))
    error = f"ERROR: modpost: GPL-incompatible module m.ko uses GPL-only symbol '{symbol}'"
    assert (status, lines) == ((1, [warning, error]) if symbol == "idle_gpl" else (0, [warning]))


def test_missing_licence(post, compiled, tmp_path):
    status, lines = post(compiled("m", "int x;\n"))
    assert status == 1 and lines[0] == f"ERROR: modpost: missing MODULE_LICENSE() in {tmp_path}/m.o"


def test_missing_description(post, compiled, tmp_path):
    assert post("-W", compiled("m", LICENSED)) == (0, [f"WARNING: modpost: missing MODULE_DESCRIPTION() in {tmp_path}/m.o"])


def test_namespace_not_imported(post, compiled):
    message = "modpost: module m uses symbol in_space from namespace SPACE, but does not import it."
    module = compiled("m", uses("in_space"))
    status, lines = post(module)
    assert (status, lines[0]) == (1, f"ERROR: {message}") and "MODULE_IMPORT_NS(SPACE)" in lines[1]
    status, lines = post("-N", module)
    assert (status, lines[0]) == (0, f"WARNING: {message}")


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("word", ["SPACE", '"SPACE"'])
def test_namespace_imported(post, compiled, compiler, word):
    module = compiled("m", uses("in_space", more=f'MODULE_IMPORT_NS(OTHER);\nMODULE_IMPORT_NS({word});'), compiler=compiler)
    assert post(module) == (0, [])
    tags = run("readelf", "-p", ".modinfo", module).stdout
    assert "import_ns=OTHER\n" in tags and "import_ns=SPACE\n" in tags


ALL_KINDS = """
int plain, word, string, gpl, defined_later;
int listed(void) { return 0; }
EXPORT_SYMBOL(plain);
EXPORT_SYMBOL_NS(word, SPACE);
EXPORT_SYMBOL_NS(string, "SPACE");
EXPORT_SYMBOL_NS_GPL(gpl, "SPACE");
EXPORT_SYMBOL_FOR_MODULES(listed, "a-b,c*");
#undef DEFAULT_SYMBOL_NAMESPACE
#define DEFAULT_SYMBOL_NAMESPACE LATER
EXPORT_SYMBOL(defined_later);
"""


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("flag, default", [(None, ""), ("ALL", "ALL"), ('"ALL"', "ALL"), ("", "")])
def test_namespaces_of_exports(post, compiled, tmp_path, compiler, flag, default):
    flags = [] if flag is None else [f"-DDEFAULT_SYMBOL_NAMESPACE={flag}"]
    assert post(compiled("m", LICENSED + ALL_KINDS, *flags, compiler=compiler)) == (0, [])
    rows = [line.split("\t") for line in (tmp_path / "out.symvers").read_text().splitlines()]
    assert {(row[1], row[3], row[4]) for row in rows} == {
        ("plain", "EXPORT_SYMBOL", default), ("word", "EXPORT_SYMBOL", "SPACE"), ("string", "EXPORT_SYMBOL", "SPACE"),
        ("gpl", "EXPORT_SYMBOL_GPL", "SPACE"), ("listed", "EXPORT_SYMBOL_GPL", "module:a-b,c*"),
        ("defined_later", "EXPORT_SYMBOL", "LATER")}


@pytest.mark.parametrize("listed, name", [("m", "m"), ("a,m", "m"), ("m,a", "m"), ("my-mod", "my_mod"), ("my_mod", "my-mod"),
                                          ("my-*", "my_mod"), ("*", "m"), ("m*", "m")])
def test_export_for_this_module(post, compiled, symvers, listed, name):
    symvers.write_text(f"0x00000000\tf\tprov\tEXPORT_SYMBOL_GPL\tmodule:{listed}\n")
    assert post(compiled(name, uses("f"))) == (0, [])


@pytest.mark.parametrize("listed", ["", "n", "mm", "a,b", "n*", "mm*", "*m", ",", "M"])
def test_export_for_other_modules(post, compiled, symvers, listed):
    symvers.write_text(f"0x00000000\tf\tprov\tEXPORT_SYMBOL_GPL\tmodule:{listed}\n")
    status, lines = post(compiled("m", uses("f")))
    assert status == 1 and lines[0] == (
        f"ERROR: modpost: module m uses symbol f from namespace module:{listed}, but does not import it.")
    assert "m is not one of them" in lines[1]


def test_export_for_modules_is_for_gpl_ones(post, compiled, symvers):
    symvers.write_text("0x00000000\tf\tprov\tEXPORT_SYMBOL_GPL\tmodule:m\n")
    message = "ERROR: modpost: GPL-incompatible module m.ko uses GPL-only symbol 'f'"
    assert post(compiled("m", uses("f", licence="BSD"))) == (1, [message])


@pytest.mark.parametrize("listed", ["m", "n"])
def test_a_list_of_modules_cannot_be_imported(post, compiled, listed):
    module = compiled("m", LICENSED + f'MODULE_IMPORT_NS("module:{listed}");')
    message = f'ERROR: modpost: m: explicitly importing namespace "module:{listed}" is not allowed.'
    assert post(module) == (1, [message])


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("tag", ['MODULE_LICENSE("GPL\\0 for friends");', 'MODULE_INFO(any, "a\\0");'])
def test_a_tag_with_a_nul_does_not_compile(tmp_path, compiler, tag):
    (tmp_path / "m.c").write_text("#include <linux/module.h>\n" + tag)
    result = run(compiler, "-c", "-o", tmp_path / "m.o", tmp_path / "m.c", "-std=gnu11", "-nostdinc", "-DMODULE",
                 '-DKBUILD_MODNAME="m"', f"-I{KOAN}/include")
    assert result.returncode == 1 and "has a NUL byte inside" in result.stdout, result.stdout


def test_local_symbol_exported(post, compiled, tmp_path):
    status, lines = post(compiled("m", LICENSED + "static int x __used;\nEXPORT_SYMBOL(x);\n"))
    assert status == 1 and lines[0] == f"ERROR: modpost: {tmp_path}/m: local symbol 'x' was exported"


def test_exported_without_definition(post, compiled, tmp_path):
    status, lines = post(compiled("m", LICENSED + "extern int x;\nEXPORT_SYMBOL(x);\n"))
    assert status == 1 and lines[0] == f'ERROR: modpost: "x" [{tmp_path}/m.ko] was exported without definition'
    assert not [line for line in lines if "undefined!" in line]


@pytest.mark.parametrize("mark, word", [("__init", "init"), ("__exit", "exit")])
def test_exported_and_thrown_away(post, compiled, tmp_path, mark, word):
    source = LICENSED + f"int {mark} f(void)\n{{\n\treturn 0;\n}}\nEXPORT_SYMBOL(f);\n"
    message = f"WARNING: modpost: {tmp_path}/m: f: EXPORT_SYMBOL used for {word} symbol. Remove __{word} or EXPORT_SYMBOL."
    assert post(compiled("m", source)) == (0, [message])


def test_common_symbol(post, compiled, tmp_path):
    assert post(compiled("m", LICENSED + "int shared;\n", "-fcommon")) == (0, [f'WARNING: modpost: "shared" [{tmp_path}/m] is COMMON symbol'])


def test_name_too_long(post, compiled, tmp_path):
    assert post(compiled("a" * 55, LICENSED))[0] == 0
    status, lines = post(compiled("a" * 56, LICENSED))
    assert status == 1 and lines[0] == f"ERROR: modpost: module name is too long [{tmp_path}/{'a' * 56}.ko]"


def test_not_relocatable(post, compiled, tmp_path):
    assert run("ld", "-o", tmp_path / "linked.o", "-e0", compiled("m", LICENSED)).returncode == 0
    status, lines = post(tmp_path / "linked.o")
    assert status == 1 and lines[0] == f"ERROR: modpost: {tmp_path}/linked.o: not relocatable object."


def test_stripped(post, compiled, tmp_path):
    module = compiled("m", LICENSED)
    assert run("objcopy", "--strip-all", module).returncode == 0
    status, lines = post(module)
    assert status == 1 and lines[0] == f"ERROR: modpost: {module} has no symtab?"


def test_not_elf(post, tmp_path):
    (tmp_path / "m.o").write_text("int x;\n")
    assert post(tmp_path / "m.o") == (1, [f"ERROR: modpost: {tmp_path}/m.o: not an ELF file"])


def test_another_machine(post, tmp_path):
    (tmp_path / "m.c").write_text("int x;\n")
    assert run("gcc", "-m32", "-c", "-o", tmp_path / "m.o", tmp_path / "m.c").returncode == 0
    status, lines = post(tmp_path / "m.o")
    assert status == 1 and "not made for x86-64" in lines[0]


def test_no_such_object(post, tmp_path):
    missing = tmp_path / "none.o"
    assert post(missing) == (1, [f"ERROR: modpost: {missing}: No such file or directory"])
    assert post("-n", missing) == (0, [])


def test_no_such_symvers(post, compiled):
    status, lines = post("-i", "/no/such/Module.symvers", compiled("m", LICENSED))
    assert status == 1 and lines[0] == "ERROR: modpost: /no/such/Module.symvers: No such file or directory"


@pytest.mark.parametrize("line, why", [
    ("0x0\tx\tm\tEXPORT_SYMBOL", "five columns"), ("0x0\tx\tm\tEXPORT_SYMBOL\t\t", "five columns"), ("", "five columns"),
    ("zero\tx\tm\tEXPORT_SYMBOL\t", "zero"), ("0x\tx\tm\tEXPORT_SYMBOL\t", "0x"), ("0x12g\tx\tm\tEXPORT_SYMBOL\t", "0x12g"),
    ("0x0\t\tm\tEXPORT_SYMBOL\t", "empty"), ("0x0\tx\t\tEXPORT_SYMBOL\t", "empty"), ("0x0\tx\tm\tEXPORT\t", "EXPORT"),
    ("0x0\tx\tm\tEXPORT_SYMBOL\t\0", "text")])
def test_broken_symvers(post, compiled, tmp_path, line, why):
    broken = tmp_path / "broken.symvers"
    broken.write_text(f"0x00000000\tfine\tm\tEXPORT_SYMBOL\t\n{line}\n")
    status, lines = post("-i", broken, compiled("m", LICENSED))
    assert status == 1 and lines[0] == "ERROR: modpost: parse error in symbol dump file"
    assert f"{broken}:{1 if why == 'text' else 2}: " in lines[1] and why in lines[1]


OFFER = LICENSED + "".join(f"int {name}(void)\n{{\n\treturn 1;\n}}\nEXPORT_SYMBOL{kind}({name}{ns});\n" for name, kind, ns in [
    ("plain", "", ""), ("gpl", "_GPL", ""), ("later", "_GPL_FUTURE", ""), ("spaced", "_NS", ", SPACE"), ("asked", "_GPL", ""),
    ("listed", "", ""), ("unused", "", ""), ("module_layout", "", "")])


def test_unused_exports(modpost, post, compiled, tmp_path):
    """Used is what somebody lacks, what symbol_get() asks for, what the white list has, and module_layout."""
    offer = compiled("offer", OFFER)
    user = compiled("user", uses("gpl", "spaced", more="int asked(void);\nvoid *get(void);\n"
                                 "void *get(void)\n{\n\treturn symbol_get(asked);\n}\n"))
    white, names, objects = tmp_path / "white", tmp_path / "names", tmp_path / "objects"
    white.write_text("listed\nno_such_export\n")
    objects.write_text(f"{user}\n")
    result = modpost("-u", white, "-t", names, "-T", objects, offer)
    assert (result.returncode, result.stdout) == (0, "")
    assert names.read_text().splitlines() == ["plain", "later", "unused"]
    assert not list(tmp_path.glob("*.mod.c"))
    # And that list makes them no exports.
    assert post("-D", names, offer) == (0, [])
    listed = [line.split("\t")[1] for line in (tmp_path / "out.symvers").read_text().splitlines()]
    assert listed == ["gpl", "spaced", "asked", "listed", "module_layout"]


def test_unused_exports_of_bad_objects(modpost, compiled, tmp_path):
    module = compiled("m", LICENSED + '__asm__(".pushsection .no_trim_symbol, \\"a\\"\\n.ascii \\"cut\\"\\n.popsection");\n')
    result = modpost("-t", tmp_path / "names", module)
    assert result.returncode == 1 and "does not end in a NUL" in result.stdout and not (tmp_path / "names").exists()
    result = modpost("-u", "/no/such/list", "-t", tmp_path / "names", compiled("n", LICENSED))
    assert result.returncode == 1 and "/no/such/list: No such file or directory" in result.stdout


def test_all_that_is_wrong_is_told(post, compiled):
    status, lines = post(compiled("a", "int x;\n"), compiled("b", uses("nowhere_to_be_found")), compiled("c", uses("in_space")))
    assert status == 1 and len([line for line in lines if line.startswith("ERROR: ")]) == 3


def test_unknown_option(modpost):
    result = modpost("-Z")
    assert result.returncode == 2 and "usage:" in result.stdout


def test_files_that_did_not_change_are_left_alone(post, compiled, tmp_path):
    module = compiled("m", LICENSED + "int x;\nEXPORT_SYMBOL(x);\n")
    assert post(module)[0] == 0
    before = {path: path.stat().st_mtime_ns for path in [tmp_path / "m.mod.c", tmp_path / "out.symvers"]}
    assert post(module, keep=True)[0] == 0
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert post("-e", module, keep=True)[0] == 0
    assert (tmp_path / "m.mod.c").stat().st_mtime_ns != before[tmp_path / "m.mod.c"]
