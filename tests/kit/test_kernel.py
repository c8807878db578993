# SPDX-License-Identifier: MIT
"""build/Module.symvers against the kernel's image."""

from conftest import KOAN, run


def rows():
    return [line.split("\t") for line in (KOAN / "build/Module.symvers").read_text().splitlines()]


def test_lists_every_row_of_the_export_tables():
    symbols = run("nm", KOAN / "build/koan.elf").stdout.splitlines()
    exported = sorted(line.split()[2].replace("__ksymtab_", "", 1) for line in symbols if " __ksymtab_" in line)
    assert sorted(row[1] for row in rows()) == exported
    assert "printk" in exported


def test_columns():
    for row in rows():
        assert len(row) == 5 and row[2] == "vmlinux" and row[3] in ("EXPORT_SYMBOL", "EXPORT_SYMBOL_GPL", "EXPORT_SYMBOL_GPL_FUTURE")


def test_each_table_is_sorted():
    for kind in {row[3] for row in rows()}:
        names = [row[1] for row in rows() if row[3] == kind]
        assert names == sorted(names)


def test_everything_exported_is_global():
    symbols = run("nm", "-g", KOAN / "build/koan.elf").stdout.splitlines()
    assert {row[1] for row in rows()} <= {line.split()[2] for line in symbols}
