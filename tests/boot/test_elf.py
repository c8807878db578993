# SPDX-License-Identifier: MIT
"""elf against binutils' readelf -W: the same lines for the same files, but for runs of blanks."""

import os
import re
import struct

import pytest

import harness

OPTIONS = ("-h", "-S", "-s", "-r", "-a", "-hS", "-rs")
MODULES = ("ok_empty", "ok_exports", "ok_relocations", "ok_sections", "ok_multi", "bad_reloc", "ok_align_huge")
HEADER = struct.Struct("<16sHHIQQQIHHHHHH")
SECTION = struct.Struct("<IIQQQQIIQQ")


def plain(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def readelf(path, options):
    return harness.run(["readelf", "-W", options, path], env={"LC_ALL": "C", "PATH": os.environ["PATH"]})


class Broken:
    """A module to break: each method returns the bytes of another file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.header = HEADER.unpack_from(self.data)
        self.section_at = self.header[6]
        count = self.header[12]
        rows = [SECTION.unpack_from(self.data, self.section_at + 64 * i) for i in range(count)]
        self.symtab = next(i for i, row in enumerate(rows) if row[1] == 2)
        self.rela = next(i for i, row in enumerate(rows) if row[1] == 4)
        self.symbols_at = rows[self.symtab][4]
        self.rela_at = rows[self.rela][4]

    def put(self, offset, layout, *values):
        data = bytearray(self.data)
        struct.pack_into(layout, data, offset, *values)
        return bytes(data)

    def section(self, index, field, layout, value):
        return self.put(self.section_at + 64 * index + field, layout, value)


@pytest.fixture(scope="module")
def files(own_modules, tmp_path_factory):
    """{name: path}; the broken ones begin with x-."""
    folder = tmp_path_factory.mktemp("elf")
    found = {f"{name}.ko": own_modules[name] for name in MODULES if name in own_modules}
    assert len(found) >= 5
    found["main.o"] = os.path.join(harness.BUILD, "kernel", "main.o")
    good = Broken(own_modules["ok_exports"])
    big = 0x7fffffffffffffff
    broken = {
        "empty": b"", "tiny": b"\x7fELF", "text": b"no module\n" * 9, "cut": good.data[:100],
        "half": good.data[:len(good.data) // 2],
        "class": good.put(4, "B", 1), "endian": good.put(5, "B", 2),
        "type": good.put(16, "<H", 9), "machine": good.put(18, "<H", 3), "version": good.put(20, "<I", 7),
        "shoff": good.put(40, "<Q", big), "shentsize": good.put(58, "<H", 40),
        "shnum": good.put(60, "<H", 0xfeff), "shnum0": good.put(60, "<H", 0),
        "shstrndx": good.put(62, "<H", 999),
        "name": good.section(3, 0, "<I", 0xffffff), "kind": good.section(3, 4, "<I", 0x12345),
        "flags": good.section(3, 8, "<Q", 0x0fffffff),
        "symbols-outside": good.section(good.symtab, 24, "<Q", big),
        "symbols-long": good.section(good.symtab, 32, "<Q", 1 << 63),
        "symbols-rows": good.section(good.symtab, 56, "<Q", 0),
        "symbols-link": good.section(good.symtab, 40, "<I", 0xffffffff),
        "symbol-name": good.put(good.symbols_at + 24 * 30, "<I", 0xfffffff0),
        "symbol-info": good.put(good.symbols_at + 24 * 30 + 4, "<BBH", 0xff, 0xff, 0xff7f),
        "rela-link": good.section(good.rela, 40, "<I", 0x1000),
        "rela-rows": good.section(good.rela, 56, "<Q", 23),
        "rela-symbol": good.put(good.rela_at + 8, "<Q", 0xffffff << 32 | 2),
        "rela-type": good.put(good.rela_at + 8, "<Q", 1 << 32 | 77),
        "rela-none": good.put(good.rela_at + 8, "<Qq", 2, -5),
        "rela-outside": good.section(good.rela, 24, "<Q", big - 8),
    }
    for name, data in broken.items():
        path = folder / f"x-{name}"
        path.write_bytes(data)
        found[path.name] = str(path)
    return found


@pytest.fixture(scope="module")
def console(boot, files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("named")
    paths = []
    for name, path in files.items():
        (folder / name).symlink_to(path)
        paths.append(folder / name)
    return boot(files=paths, memory="256M")


@pytest.mark.parametrize("options", OPTIONS)
def test_as_readelf(console, files, options):
    for name, path in files.items():
        if name.startswith("x-"):
            continue
        want = plain(readelf(path, "-hSrs" if options == "-a" else options).stdout)
        assert plain(console.ok(f"elf {options} {name}")) == want, name
        assert len(want) > (5 if options != "-r" else 1)


def test_modules_of_the_tree(console):
    for module in ("drivers/pci/pci", "examples/export/visitor", "examples/hello/hello"):
        path = f"{harness.BUILD}/modules/{module}.ko"
        name = f"/lib/modules/0.1.0/kernel/{module}.ko"
        # What is installed may be stripped; ask readelf of what the kernel has.
        size = int(console.ok(f"wc -c {name}").split()[0])
        if size == os.path.getsize(path):
            assert plain(console.ok(f"elf -a {name}")) == plain(readelf(path, "-hSrs").stdout)


@pytest.mark.parametrize("name", ["x-type", "x-version", "x-name", "x-shstrndx", "x-rela-type", "x-rela-none"])
def test_odd_but_readable_as_readelf(console, files, name):
    """What readelf shows of a wrong number, in the part that has it."""
    options = {"x-type": "-h", "x-version": "-h", "x-shstrndx": "-h", "x-name": "-S"}.get(name, "-r")
    assert plain(console.run(f"elf {options} {name}").output) == plain(readelf(files[name], options).stdout)


@pytest.mark.parametrize("name, options, said", [
    ("x-empty", "-h", "Not an ELF file"), ("x-text", "-a", "Not an ELF file"),
    ("x-tiny", "-a", "header is cut off: 4 bytes of 64"), ("x-cut", "-S", "is it cut off?"),
    ("x-half", "-a", "is it cut off?"), ("x-class", "-a", "only 64-bit little-endian"),
    ("x-endian", "-a", "only 64-bit little-endian"), ("x-shoff", "-S", "section headers at 0x7fff"),
    ("x-shentsize", "-S", "have 40 bytes, expected 64"), ("x-shnum", "-S", "65279 section headers"),
    ("x-symbols-outside", "-s", "reach beyond the file's"), ("x-symbols-long", "-s", "reach beyond the file's"),
    ("x-symbols-rows", "-s", "rows of 0 bytes, expected 24"), ("x-rela-rows", "-r", "rows of 23 bytes, expected 24"),
    ("x-rela-symbol", "-r", "bad symbol index"), ("x-rela-outside", "-r", "reach beyond the file's")])
def test_broken_files_say_what_is_wrong(console, name, options, said):
    result = console.run(f"elf {options} {name}")
    assert result.status == 1 and said in result.output, result


def test_names_that_are_not_there(console):
    assert "<corrupt>" in console.ok("elf -s x-symbol-name")
    assert "<corrupt>" in console.ok("elf -s x-symbols-link")
    assert "There are no sections in this file." in console.ok("elf -S x-shnum0")
    assert console.run("elf -r x-rela-link").status == 1
    for text in ("<processor specific>: 15", "[<other>: 0xfc]", "RSV[0xff7f]"):
        assert text in console.ok("elf -s x-symbol-info")
    assert "00012345: <unknown>" in console.ok("elf -S x-kind")


def test_no_file_takes_the_kernel_down_or_memory(console, files):
    for name in files:
        console.run(f"elf -a {name} > /dev/null")
    before = console.counts()
    for name in files:
        console.run(f"elf -a {name} > /dev/null")
    assert console.counts() == before


def test_several_files_and_usage(console):
    text = console.ok("elf -h ok_empty.ko main.o")
    assert re.findall(r"^\nFile: (.*)$", text, re.M) == ["ok_empty.ko", "main.o"]
    assert console.ok("elf -h < main.o -") == console.ok("elf -h main.o")
    for words, said in (("ok_empty.ko", "nothing to print: -h, -S, -s, -r or -a was expected"),
                        ("-h", "Nothing to do"), ("-x main.o", "invalid option -- 'x'"),
                        ("-h nosuch", "elf: Error: 'nosuch': No such file")):
        result = console.run(f"elf {words}")
        assert result.status == 1 and said in result.output, result
