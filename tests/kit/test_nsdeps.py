# SPDX-License-Identifier: MIT
"""make nsdeps: which namespaces modules lack, and the lines that cure it, in the sources."""

import shutil

from conftest import KOAN, LICENSED, run

PROVIDER = LICENSED + "".join(
    f'int {name}(void);\nint {name}(void)\n{{\n\treturn 1;\n}}\nEXPORT_SYMBOL_NS_GPL({name}, "{ns}");\n'
    for name, ns in [("one", "FIRST"), ("two", "SECOND"), ("three", "SECOND")])


def user(*names, head='#include <linux/module.h>\nMODULE_LICENSE("GPL");\n'):
    declared = "".join(f"int {name}(void);\n" for name in names)
    return f"{head}{declared}int init_module(void)\n{{\n\treturn 0 {''.join(f'+ {name}()' for name in names)};\n}}\n"


def imports(path):
    return [line for line in path.read_text().splitlines() if "MODULE_IMPORT_NS" in line]


def test_lines_are_added(folder):
    """Each once, where the licence is, of a module of several files as well; then it builds."""
    spread = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\nMODULE_IMPORT_NS(FIRST);\nMODULE_DESCRIPTION("é");\n'
    folder.write(Kbuild="obj-m := prov.o user.o multi.o\nmulti-y := part.o lib/main.o\n", prov_c=PROVIDER,
                 user_c=user("one", "two", "three"), part_c="int three(void);\nint part(void);\nint part(void)\n{\n\treturn three();\n}\n",
                 lib__main_c=user("one", head=spread))
    assert folder.make("modules").returncode == 2
    result = folder.make("nsdeps")
    assert result.returncode == 0, result.stdout
    assert (folder / "modules.nsdeps").read_text() == f"{folder.path}/user.ko: FIRST SECOND\n{folder.path}/multi.ko: SECOND\n"
    assert folder.steps(result)[-2:] == ["NSDEPS user.c: FIRST SECOND", "NSDEPS lib/main.c: SECOND"]
    assert imports(folder / "user.c") == ['MODULE_IMPORT_NS("FIRST");', 'MODULE_IMPORT_NS("SECOND");']
    assert (folder / "lib/main.c").read_text().startswith(
        spread.replace("MODULE_DESC", 'MODULE_IMPORT_NS("SECOND");\nMODULE_DESC'))
    assert imports(folder / "part.c") == []
    folder.build()
    assert sorted(folder.modinfo("user.ko", "import_ns")) == ["FIRST", "SECOND"]
    before = (folder / "user.c").read_bytes()
    assert "NSDEPS" not in folder.make("nsdeps").stdout
    assert (folder / "user.c").read_bytes() == before
    folder.make("clean")
    assert not (folder / "modules.nsdeps").exists()


def test_a_list_of_modules_is_no_namespace_to_import(folder):
    offer = LICENSED + 'int x;\nEXPORT_SYMBOL_FOR_MODULES(x, "friend");\n'
    folder.write(Kbuild="obj-m := prov.o user.o\n", prov_c=offer, user_c=LICENSED + "extern int x;\nint init_module(void)\n{\n\treturn x;\n}\n")
    result = folder.make("nsdeps")
    assert result.returncode == 0 and "does not import it" in result.stdout
    assert (folder / "modules.nsdeps").read_text() == "" and imports(folder / "user.c") == []


def test_no_licence_in_the_sources(folder):
    """One that comes out of a header: told what to add."""
    folder.write(Kbuild="obj-m := prov.o user.o\n", prov_c=PROVIDER, user_c=user("one", head='#include "common.h"\n'),
                 common_h='#include <linux/module.h>\nMODULE_LICENSE("GPL");\n')
    result = folder.make("nsdeps")
    assert result.returncode == 2
    assert f'{folder.path}/user.ko: no MODULE_LICENSE() found in {folder.path}/user.c: add by hand: MODULE_IMPORT_NS("FIRST");' in result.stdout


def test_koans_own(tmp_path):
    """In a copy: an import is taken out of a lesson, and comes back."""
    tree = tmp_path / "koan"
    shutil.copytree(KOAN, tree, symlinks=True, ignore=lambda folder, names: {".git", "build"} if folder == str(KOAN) else ())
    greeter, visitor = tree / "modules/examples/export/greeter.c", tree / "modules/examples/export/visitor.c"
    greeter.write_text(greeter.read_text().replace("EXPORT_SYMBOL_GPL(greeter_greet)", "EXPORT_SYMBOL_NS_GPL(greeter_greet, GREETER)"))
    before = visitor.read_text()
    result = run("make", "-j2", "-C", tree, "nsdeps")
    assert result.returncode == 0, result.stdout
    assert "  NSDEPS  modules/examples/export/visitor.c: GREETER\n" in result.stdout
    assert imports(visitor) == ['MODULE_IMPORT_NS("GREETER");'] and len(visitor.read_text()) > len(before)
