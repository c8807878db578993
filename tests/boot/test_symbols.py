# SPDX-License-Identifier: MIT
"""Exports and symbols: the kernel's tables, System.map, /proc/kallsyms, and what nm says of them."""

import re

import pytest

import image
from harness import BUILD

KERNEL_BASE = 0xffffffff80000000
TABLES = {"EXPORT_SYMBOL": "", "EXPORT_SYMBOL_GPL": "_gpl",
          "EXPORT_SYMBOL_GPL_FUTURE": "_gpl_future", "EXPORT_UNUSED_SYMBOL": "_unused",
          "EXPORT_UNUSED_SYMBOL_GPL": "_unused_gpl"}


@pytest.fixture(scope="module")
def tables(system_map):
    """{kind of export: [(name as bytes, address, namespace)]} as they lie in the kernel's image."""
    kernel = image.Image(f"{BUILD}/koan.elf")
    found = {}
    for kind, suffix in TABLES.items():
        words = kernel.words(system_map[f"__start___ksymtab{suffix}"],
                             system_map[f"__stop___ksymtab{suffix}"])
        assert len(words) % 3 == 0
        found[kind] = [(kernel.string(words[i + 1]), words[i], kernel.string(words[i + 2]))
                       for i in range(0, len(words), 3)]
    return found


def read_map():
    with open(f"{BUILD}/System.map", encoding="utf-8") as file:
        return file.read()


# --- the kernel's exports ---

@pytest.mark.parametrize("kind", TABLES)
def test_export_tables_are_sorted(tables, kind):
    names = [name for name, _, _ in tables[kind]]
    assert names == sorted(set(names))
    assert kind != "EXPORT_SYMBOL" or len(names) > 50


def test_exports_have_the_addresses_of_their_symbols(tables, system_map):
    for rows in tables.values():
        for name, address, _ in rows:
            assert system_map[name.decode()] == address


def test_every_export_in_the_sources_is_in_a_table(tables):
    """EXPORT_SYMBOL leaves a local symbol: as many of those as rows, under the same names."""
    left = sorted(name[len("__ksymtab_"):] for _, _, name in image.nm(f"{BUILD}/koan.elf")
                  if name.startswith("__ksymtab_"))
    assert left == sorted(name.decode() for rows in tables.values() for name, _, _ in rows)


def test_module_symvers_lists_the_same(tables):
    with open(f"{BUILD}/Module.symvers", encoding="utf-8") as file:
        listed = sorted((line.split("\t")[3], line.split("\t")[1], line.rstrip("\n").split("\t")[4])
                        for line in file)
    assert listed == sorted((kind, name.decode(), namespace.decode())
                            for kind, rows in tables.items() for name, _, namespace in rows)


# --- System.map and /proc/kallsyms ---

def test_kallsyms_is_system_map(bare):
    text = bare.ok("cat /proc/kallsyms")
    assert text == read_map()
    assert int(bare.ok("cat /proc/kallsyms | wc -l")) == len(read_map().splitlines())


def test_system_map_is_what_nm_says():
    """Addresses and letters are nm's, in the order of addresses; all code and data is there."""
    rows = [line.split() for line in read_map().splitlines()]
    listed = [(int(address, 16), letter, name) for address, letter, name in rows]
    assert [row[0] for row in listed] == sorted(row[0] for row in listed)
    known = set(image.nm(f"{BUILD}/koan.elf"))
    assert set(listed) <= known
    missing = {name for address, letter, name in known - set(listed)
               if address >= KERNEL_BASE and letter in "tTdDbBrR"}
    # Assembly's local labels are no symbols of their own, and those of versions are for modpost.
    assert all("." in name or name.startswith("__crc_") for name in missing), missing


# --- a module's ---

def ours(console, name):
    """[(address, letter, symbol)] that /proc/kallsyms has of a module, in its order."""
    text = console.ok(f"grep '\\[{name}\\]$' /proc/kallsyms")
    return [(int(row[0], 16), row[1], row[2].split("\t")[0]) for row in
            (line.split(" ") for line in text.splitlines())]


def kept_symbols(path):
    """{symbol: (value, section name, alignment)} of what stays in memory after init. Local names
    that a file has several times are left out."""
    table = image.sections(path)
    found, twice = {}, set()
    for value, kind, index, name in image.symbols(path):
        if not index or kind in ("SECTION", "FILE") or "A" not in table[index][1]:
            continue
        section, _, _, _, _, alignment = table[index]
        if section.startswith(".init") or section in (".modinfo", "__versions"):
            continue
        if name in found:
            twice.add(name)
        found[name] = value, section, alignment
    return {name: row for name, row in found.items() if name not in twice}


@pytest.mark.parametrize("module", ["ok_exports", "ok_rodata", "ok_sections", "ok_params", "crash",
                                    "ok_multi", "ok_align_huge", "ok_bss"])
def test_addresses_of_a_modules_symbols(boot, own_modules, module):
    """All symbols of a section lie at the same distance from where nm puts them: that distance is
    the section's address, aligned as the section asks; .text's is the one in /proc/modules."""
    path = own_modules[module]
    console = boot(modules=[path])
    console.ok(f"insmod {module}.ko" + (" what=stale" if module == "crash" else ""))
    kept = kept_symbols(path)
    bases = {}
    for address, _, name in ours(console, module):
        if name in kept:
            value, section, alignment = kept[name]
            assert bases.setdefault(section, address - value) == address - value, name
            assert (address - value) % alignment == 0, (name, section)
    assert len(bases) >= 2
    if ".text" in bases:
        assert bases[".text"] == int(console.ok("cat /proc/modules").split()[5], 16)


def test_names_that_are_too_long_are_left_out(boot, own_modules):
    """Exports and lookups take 511 characters; sorting longer names would cost who knows what."""
    console = boot(modules=[own_modules["ok_long_names"]])
    console.ok("insmod ok_long_names.ko")
    assert sorted(len(name) for _, _, name in ours(console, "ok_long_names"))[-1] == 511
    assert max(len(name) for _, _, name in image.nm(own_modules["ok_long_names"])) == 512


@pytest.mark.parametrize("module", ["ok_exports", "ok_rodata", "ok_multi"])
def test_order_and_completeness_of_a_modules_symbols(boot, own_modules, module):
    """What nm -p says of the file, less what was for init only, in the same order."""
    path = own_modules[module]
    console = boot(modules=[path])
    console.ok(f"insmod {module}.ko")
    kept = kept_symbols(path)
    want = [name for _, _, name in image.nm(path, "-p") if name in kept]
    assert len(want) >= 4
    assert [name for _, _, name in ours(console, module) if name in kept] == want
    assert {name for _, _, name in ours(console, module)} == set(want)


def test_letters_of_exports(boot, tutorial):
    """Golden facts: upper case is for what EXPORT_SYMBOL gave to all, GPL-only exports are not."""
    console = boot(modules=tutorial.values())
    for file, function, variable in (("lender", "T", "D"), ("lender-gpl", "t", "D"),
                                     ("lender-noexport", "t", "d")):
        console.ok(f"insmod {file}.ko")
        letters = {name: letter for _, letter, name in ours(console, "lender")}
        assert (letters["take_book"], letters["bookshelf"]) == (function, variable), file
        assert (letters.get("__ksymtab_bookshelf") == "r") == (file != "lender-noexport")
        assert letters["lender_exit"] == "t"
        assert "lender_init" not in letters and "init_module" not in letters
        console.ok("rmmod lender")
    assert console.ok("cat /proc/kallsyms") == read_map()


def test_symbols_of_all_modules_come_after_the_kernels(boot, tutorial):
    console = boot(modules=tutorial.values())
    console.ok("insmod lender.ko; insmod borrower.ko")
    text = console.ok("cat /proc/kallsyms")
    assert text.startswith(read_map())
    rest = text[len(read_map()):].splitlines()
    assert rest and all(re.fullmatch(r"[0-9a-f]{16} [a-zA-Z] \S+\t\[(lender|borrower)\]", line)
                        for line in rest)
    # Module by module.
    owners = [line.split("\t")[1] for line in rest]
    assert len([i for i in range(1, len(owners)) if owners[i] != owners[i - 1]]) == 1
