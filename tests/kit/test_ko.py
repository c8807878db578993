# SPDX-License-Identifier: MIT
"""What is in a .ko: what the loader and kmod's tools rely on."""

import pytest

from conftest import LICENSED, run

EXPORTER = """
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

char text[20] = "text";
static int __init start(void)
{
	return 0;
}
static void __exit stop(void)
{
}
void work(void)
{
	printk("work\\n");
}
static int number __initdata = 1;
module_param(number, int, 0);
module_init(start);
module_exit(stop);
EXPORT_SYMBOL_GPL(work);
EXPORT_SYMBOL(text);
MODULE_DESCRIPTION("exports two");
MODULE_AUTHOR("A");
MODULE_LICENSE("GPL");
MODULE_VERSION("2.0");
"""


@pytest.fixture(params=["gcc", "clang"])
def exporter(request, folder):
    folder.write(Kbuild="obj-m := exporter.o\n", exporter_c=EXPORTER)
    folder.build(f"CC={request.param}")
    folder.compiler = request.param
    return folder


def test_modinfo(exporter):
    info = dict(exporter.modinfo("exporter.ko"))
    assert info["license"] == "GPL" and info["author"] == "A" and info["version"] == "2.0"
    assert info["depends"] == "" and info["name"] == "exporter" and info["parm"] == "number:int"
    assert "intree" not in info
    assert len(info["srcversion"]) == 23 and set(info["srcversion"]) <= set("0123456789ABCDEF")


def test_modinfo_order(exporter):
    """With gcc, as on Linux. clang lays the strings out in the order of the source."""
    keys = [key for key, _ in exporter.modinfo("exporter.ko")]
    order = ["version", "license", "author", "description", "srcversion", "depends", "name", "vermagic", "parm"]
    if exporter.compiler == "gcc":
        assert keys == order
    else:
        assert sorted(keys) == sorted(order)


def test_vermagic(exporter):
    section = run("readelf", "-p", ".modinfo", exporter / "exporter.ko").stdout
    (vermagic,) = [line.split("vermagic=")[1] for line in section.splitlines() if "vermagic=" in line]
    assert vermagic.endswith(" mod_unload ") or vermagic.endswith(" modversions ")


def test_sections(exporter):
    sections = exporter.sections("exporter.ko")
    row = 24
    assert sections["__ksymtab"] == ("PROGBITS", row, "A", 8)
    assert sections["__ksymtab_gpl"] == ("PROGBITS", row, "A", 8)
    assert not [name for name in sections if name.startswith("___k") or "+" in name]
    for name, flags in ((".init.text", "AX"), (".exit.text", "AX"), (".modinfo", "A"), ("__param", "A"),
                        (".init.data", "WA"), ("__ksymtab_strings", "AMS"), (".gnu.linkonce.this_module", "WA")):
        assert sections[name][2] == flags, name
    assert sections[".note.gnu.build-id"][0] == "NOTE"
    assert ".llvm_addrsig" not in sections and not [name for name in sections if name.startswith(".discard")]


def test_symbols_of_an_export_come_first(exporter):
    """So /proc/kallsyms shows them in the order in which it shows them on Linux."""
    wanted = [f"__{kind}_{name}" for name in ("work", "text") for kind in ("kstrtab", "kstrtabns", "ksymtab")]
    symbols = exporter.symbols("exporter.ko")
    names = [name for _, name in symbols if name in wanted + ["work", "text"]]
    assert names[:6] == wanted and sorted(names[6:]) == ["text", "work"]
    assert ("T", "work") in symbols and ("D", "text") in symbols
    assert ("r", "__ksymtab_work") in symbols and ("r", "__kstrtab_text") in symbols


def test_this_module(exporter):
    relocations = run("readelf", "-rW", exporter / "exporter.ko").stdout
    block = relocations.split("'.rela.gnu.linkonce.this_module'")[1].split("Relocation section")[0]
    assert "init_module" in block and "cleanup_module" in block
    assert "R_X86_64_64 " in block


@pytest.mark.parametrize("has, symbol", [("module_init(start);", "init_module"), ("module_exit(stop);", "cleanup_module")])
def test_without_init_or_exit(folder, has, symbol):
    folder.write(Kbuild="obj-m := exporter.o\n", exporter_c=EXPORTER.replace(has, "").replace("static ", ""))
    folder.build()
    assert symbol not in (folder / "exporter.mod.c").read_text()
    assert symbol not in [name for _, name in folder.symbols("exporter.ko")]


def test_only_relocations_the_loader_knows(exporter):
    lines = run("readelf", "-rW", exporter / "exporter.ko").stdout.splitlines()
    kinds = {word for line in lines for word in line.split() if word.startswith("R_X86_64_")}
    assert kinds <= {"R_X86_64_64", "R_X86_64_32", "R_X86_64_32S", "R_X86_64_PC32", "R_X86_64_PLT32", "R_X86_64_PC64"}


def test_rows_are_sorted(folder):
    """In strcmp() order, for the loader halves the table: capitals, then _, then small letters."""
    names = ["zebra", "Apple", "_under", "apple", "a_b", "a1", "ab", "m"]
    body = "".join(f"int {name};\nEXPORT_SYMBOL({name});\n" for name in names)
    folder.write(Kbuild="obj-m := one.o\none-objs := main.o more.o\n", main_c=LICENSED + body,
                 more_c="#include <linux/export.h>\nint middle;\nEXPORT_SYMBOL(middle);\n")
    folder.build()
    relocations = run("readelf", "-rW", folder / "one.ko").stdout
    block = relocations.split("'.rela__ksymtab'")[1].split("Relocation section")[0].splitlines()
    rows = sorted((int(words[0], 16), words[4]) for words in map(str.split, block)
                  if len(words) > 4 and words[4] in names + ["middle"])
    assert [name for _, name in rows] == sorted(names + ["middle"])
    assert [offset for offset, _ in rows] == [24 * i for i in range(len(rows))]
    assert folder.sections("one.ko")["__ksymtab"][1] == 24 * len(rows)


def test_srcversion_is_of_the_sources(folder, tmp_path):
    def digest(**files):
        folder.write(Kbuild="obj-m := one.o\n", **files)
        folder.build()
        return folder.modinfo("one.ko", "srcversion")[0]

    source = LICENSED + '#include "one.h"\nMODULE_VERSION("1");\nconst char *s = "a b";\n'
    first = digest(one_c=source, one_h="#define X 1\n")
    assert digest(one_c=source.replace("const char *s", "/* a comment */ const   char *s"), one_h="#define X 1 // c\n") == first
    assert digest(one_c=source, one_h="#define X 2\n") != first
    assert digest(one_c=source.replace('"a b"', '"a  b"'), one_h="#define X 1\n") != first
    assert digest(one_c=source, one_h="#define X 1\n") == first


def test_no_srcversion_without_version(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    folder.build()
    assert folder.modinfo("one.ko", "srcversion") == []


def test_module_symvers(folder):
    body = "int a, b, c, d, e, f;\nEXPORT_SYMBOL(a);\nEXPORT_SYMBOL_GPL(b);\nEXPORT_SYMBOL_GPL_FUTURE(c);\n" \
           "EXPORT_SYMBOL_NS_GPL(d, SPACE);\nEXPORT_UNUSED_SYMBOL(e);\nEXPORT_UNUSED_SYMBOL_GPL(f);\n"
    folder.write(Kbuild="obj-m := sub/\n", sub__Kbuild="obj-m := one.o\n", sub__one_c=LICENSED + body)
    folder.build()
    rows = {row[1]: row for row in folder.symvers()}
    assert all(len(row) == 5 and row[0].startswith("0x") and len(row[0]) == 10 for row in rows.values())
    assert {name: row[2:] for name, row in rows.items()} == {
        "a": [f"{folder.path}/sub/one", "EXPORT_SYMBOL", ""], "b": [f"{folder.path}/sub/one", "EXPORT_SYMBOL_GPL", ""],
        "c": [f"{folder.path}/sub/one", "EXPORT_SYMBOL_GPL_FUTURE", ""],
        "d": [f"{folder.path}/sub/one", "EXPORT_SYMBOL_GPL", "SPACE"],
        "e": [f"{folder.path}/sub/one", "EXPORT_UNUSED_SYMBOL", ""],
        "f": [f"{folder.path}/sub/one", "EXPORT_UNUSED_SYMBOL_GPL", ""]}


def test_depends(folder, other):
    folder.write(Kbuild="obj-m := prov.o second-prov.o\n", prov_c=LICENSED + "int x, y;\nEXPORT_SYMBOL(x);\nEXPORT_SYMBOL(y);\n",
                 **{"second-prov_c": LICENSED + "int z;\nEXPORT_SYMBOL(z);\n"})
    folder.build()
    body = "extern int x, y, z;\nint init_module(void)\n{\n\tpr_info(\"%d\", z + y + x);\n\treturn 0;\n}\n"
    other.write(Kbuild="obj-m := user.o\nKBUILD_EXTRA_SYMBOLS := $(src)/../mod/Module.symvers\n", user_c=LICENSED + body)
    other.build()
    assert sorted(other.modinfo("user.ko", "depends")[0].split(",")) == ["prov", "second-prov"]
