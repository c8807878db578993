# SPDX-License-Identifier: MIT
"""modpost, under the sanitizers, with each kind of file: the kernel's, lists, sources; whole and broken."""

import re

import pytest

from conftest import KOAN, LICENSED, run

KERNEL = KOAN / "build/koan.elf"


def said(result):
    return result.returncode, result.stdout.splitlines()


# --- lists of objects, and files to write ---

def test_lists(modpost, compiled, tmp_path):
    """In a file and on standard input: the same is written."""
    objects = [compiled(name, LICENSED + f"int {name};\nEXPORT_SYMBOL({name});\n") for name in ("first", "second")]
    out, listed = tmp_path / "out.symvers", tmp_path / "objects"
    listed.write_text("".join(f"{path}\n" for path in objects))
    assert said(modpost("-o", out, "-T", listed)) == (0, [])
    written = out.read_text()
    assert [line.split("\t")[1] for line in written.splitlines()] == ["first", "second"]
    out.unlink()
    assert said(modpost("-o", out, "-T", "-", stdin=listed.open(encoding="utf-8"))) == (0, [])
    assert out.read_text() == written


def test_no_such_list(modpost):
    assert said(modpost("-T", "/no/such/list")) == (1, ["ERROR: modpost: /no/such/list: No such file or directory"])


def test_what_is_no_object(modpost, tmp_path):
    (tmp_path / "m.ko").write_bytes(b"")
    assert said(modpost(tmp_path / "m.ko")) == (1, [f"ERROR: modpost: {tmp_path}/m.ko: a module's object, foo.o, was expected"])
    assert modpost(tmp_path).returncode == 1


def test_nowhere_to_write(modpost, compiled, tmp_path):
    module = compiled("m", LICENSED)
    status, lines = said(modpost("-o", tmp_path / "none/out.symvers", module))
    assert status == 1
    assert lines[-1].startswith(f"ERROR: modpost: {tmp_path}/none/out.symvers") and "cannot be written: No such file" in lines[-1]


def test_missing_namespaces_are_listed(modpost, compiled, tmp_path):
    offer = compiled("offer", LICENSED + "int a, b;\nEXPORT_SYMBOL_NS(a, ONE);\nEXPORT_SYMBOL_NS_GPL(b, TWO);\n")
    user = compiled("user", LICENSED + "extern int a, b;\nint f(void);\nint f(void)\n{\n\treturn a + b;\n}\n")
    result = modpost("-N", "-d", tmp_path / "nsdeps", offer, user)
    assert result.returncode == 0 and result.stdout.count("does not import it.") == 2
    module, *spaces = (tmp_path / "nsdeps").read_text().split()
    assert module == f"{user.with_suffix('.ko')}:" and sorted(spaces) == ["ONE", "TWO"]


# --- the kernel ---

def test_the_kernels_exports(modpost, tmp_path):
    """As its own build lists them; nm says the same of their number."""
    out = tmp_path / "Module.symvers"
    versions = KOAN / "build/link/kernel.symversions"
    options = ["-c", versions] if versions.exists() else []
    assert said(modpost(*options, "-k", KERNEL, "-o", out, "-C", tmp_path / "crcs.c")) == (0, [])
    assert out.read_text() == (KOAN / "build/Module.symvers").read_text()
    rows = re.findall(r" __ksymtab_(?!gpl$|gpl_future$)\S+$", run("nm", KERNEL).stdout, re.MULTILINE)
    assert len(rows) == len(out.read_text().splitlines())
    assert (tmp_path / "crcs.c").read_text().count("SYMBOL_CRC(") == len(rows)


def test_the_kernels_sections(modpost, compiled):
    assert said(modpost("-s", KOAN / "build/link/objects.o")) == (0, [])
    bad = compiled("bad", "#include <linux/compiler.h>\n#include <linux/init.h>\nint early(void) __init;\nint late(void);\n"
                   "noinline int __init early(void)\n{\n\t__asm__ volatile(\"\");\n\treturn 1;\n}\n"
                   "int late(void)\n{\n\treturn early() + 1;\n}\n")
    status, lines = said(modpost("-s", bad))
    assert status == 1 and lines[-1] == "ERROR: modpost: Section mismatches detected."
    assert lines[0].startswith("WARNING: modpost: vmlinux: section mismatch in reference: late+0x")


def linked(tmp_path, source, *options):
    """A program that is no kernel."""
    (tmp_path / "k.S").write_text('.section .note.GNU-stack, "", @progbits\n.text\n.globl _start\n_start: ret\n' + source)
    result = run("gcc", "-nostdlib", "-static", "-no-pie", "-o", tmp_path / "k.elf", tmp_path / "k.S", *options)
    assert result.returncode == 0, result.stdout
    return tmp_path / "k.elf"


@pytest.mark.parametrize("source, options, why", [
    ("", [], "exports nothing: no rows between __start___ksymtab and __stop___ksymtab"),
    ("", ["-Wl,--defsym,__start___ksymtab=0x10,--defsym,__stop___ksymtab=0x28"], "its export table leaves the file at 0x10"),
    (".data\n.globl __start___ksymtab_gpl, __stop___ksymtab_gpl\n__start___ksymtab_gpl: .quad 0, 0, 0\n__stop___ksymtab_gpl:\n",
     [], "has no name"),
    (".data\n.globl __start___ksymtab, __stop___ksymtab\n__start___ksymtab: .quad _start\n__stop___ksymtab:\n",
     [], "its export table leaves the file at 0x"),
    (".data\n.globl __start___ksymtab, __stop___ksymtab\n__start___ksymtab: .quad _start, s, s\n__stop___ksymtab:\ns: .ascii \"endless\"\n",
     [], "has no name"),
])
def test_what_is_no_kernel(modpost, tmp_path, source, options, why):
    kernel = linked(tmp_path, source, *options)
    status, lines = said(modpost("-k", kernel, "-o", tmp_path / "out"))
    assert status == 1 and lines[0].startswith(f"ERROR: modpost: {kernel}: ") and why in lines[0]
    assert not (tmp_path / "out").exists()


def test_an_object_is_no_kernel(modpost, compiled):
    module = compiled("m", LICENSED)
    assert said(modpost("-k", module))[1][0] == f"ERROR: modpost: {module}: not an executable."
    assert said(modpost("-s", KERNEL))[1][0] == f"ERROR: modpost: {KERNEL}: not relocatable object."


# --- sources ---

@pytest.fixture
def built(folder):
    """A module of two files, with a header beside them, as its build leaves it."""
    folder.write(Kbuild="obj-m := m.o\nm-y := a.o b.o\n", a_c=LICENSED + 'MODULE_VERSION("1");\n/* comment */ char c = \'"\';\n',
                 b_c='#include "b.h" // comment\nconst char *s = "/* no comment \\" */";\n', b_h="extern const char *s;\n")
    folder.build()
    return folder


def source_version(modpost, folder):
    result = modpost("-a", "-i", KOAN / "build/Module.symvers", folder / "m.o")
    assert result.returncode == 0, result.stdout
    found = re.search(r'MODULE_INFO\(srcversion, "(\w+)"\)', (folder / "m.mod.c").read_text())
    return found and found.group(1), result.stdout.splitlines()


def test_source_versions(modpost, built):
    """As the build found it; blanks and comments do not change it, the rest does."""
    first, lines = source_version(modpost, built)
    assert lines == [] and built.modinfo("m.ko", "srcversion") == [first] and re.fullmatch("[0-9A-F]{23}", first)
    (built / "b.h").write_text("/* other words */\nextern  const char\t*s;\n")
    assert source_version(modpost, built)[0] == first
    (built / "b.h").write_text("extern const char *S;\n")
    assert source_version(modpost, built)[0] not in (None, first)


def test_sources_that_are_gone(modpost, built):
    """No source version, and why; the module is built all the same."""
    where = str(built / "m")
    (built / "b.h").unlink()
    version, lines = source_version(modpost, built)
    assert version is None and lines[0].startswith(f"WARNING: modpost: {built / 'b.h'}: No such file or directory: no srcversion")
    commands = built / ".b.o.cmd"
    commands.write_text("cmd_x := y\n")
    version, lines = source_version(modpost, built)
    assert (version, lines) == (None, [f"WARNING: modpost: {commands}: does not say what {built / 'b.o'} was made of: "
                                       f"{where}.ko has no srcversion"])
    (built / "m.mod").unlink()
    version, lines = source_version(modpost, built)
    assert (version, lines) == (None, [f"WARNING: modpost: {where}.mod: No such file or directory: {where}.ko has no srcversion"])


# --- many of everything ---

def test_many_exports_and_uses(modpost, compiled, tmp_path):
    """More than fit into the first size of any table."""
    names = [f"value_{i}" for i in range(3000)]
    offer = compiled("offer", LICENSED + "".join(f"int {name};\nEXPORT_SYMBOL({name});\n" for name in names))
    user = compiled("user", LICENSED + "".join(f"extern int {name};\n" for name in names)
                    + "int *all[] = {" + ", ".join(f"&{name}" for name in names) + "};\n")
    out = tmp_path / "out.symvers"
    assert said(modpost("-o", out, offer, user)) == (0, [])
    assert [line.split("\t")[1] for line in out.read_text().splitlines()] == names
    assert 'MODULE_INFO(depends, "offer");' in (tmp_path / "user.mod.c").read_text()
