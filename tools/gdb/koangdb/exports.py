# SPDX-License-Identifier: MIT
"""koan-exports: walks the export tables, the kernel's and those of all modules."""

import gdb

from . import memory
from .module import modules

# (kind, table of the kernel, field of struct module, or of its private part)
TABLES = [("EXPORT_SYMBOL", "__ksymtab", "syms"),
          ("EXPORT_SYMBOL_GPL", "__ksymtab_gpl", "gpl_syms"),
          ("EXPORT_SYMBOL_GPL_FUTURE", "__ksymtab_gpl_future", "gpl_future_syms"),
          ("EXPORT_UNUSED_SYMBOL", "__ksymtab_unused", "unused_syms"),
          ("EXPORT_UNUSED_SYMBOL_GPL", "__ksymtab_unused_gpl", "unused_gpl_syms")]


def tables():
    """[(owner, kind, first row, number of rows)], the kernel's first, then by module, newest first."""
    found = []
    row = gdb.lookup_type("struct kernel_symbol")
    for kind, section, _ in TABLES:
        start = int(memory.variable(f"(unsigned long)&__start_{section}"))
        stop = int(memory.variable(f"(unsigned long)&__stop_{section}"))
        found.append(("vmlinux", kind, gdb.Value(start).cast(row.pointer()),
                      (stop - start) // row.sizeof))
    for module in modules():
        if module.state == "being linked":
            continue  # its tables may not be relocated yet
        for kind, _, field in TABLES:
            holder = module.struct["priv"] if field.startswith("unused") else module.struct
            found.append((module.name, kind, holder[field], int(holder["num_" + field])))
    return found


class Exports(memory.Command):
    """koan-exports [PREFIX]: lists the exported symbols whose names begin with PREFIX.

A line for each: its address, name, owner (vmlinux is the kernel), kind and, if it is in one, its
namespace. The order is that of the tables: each is sorted by name."""

    def run(self, words):
        self.at_most(words, 1)
        memory.require_kernel()
        prefix = words[0] if words else ""
        count = 0
        for owner, kind, rows, size in tables():
            for i in range(size):
                name = memory.text(rows[i]["name"])
                if not name.startswith(prefix):
                    continue
                count += 1
                fields = [f"0x{int(rows[i]['value']):016x}", name, owner, kind,
                          memory.text(rows[i]["namespace"])]
                print("\t".join(fields).rstrip("\t"))
        if not count:
            raise gdb.GdbError(f"{self.name}: nothing is exported that begins with `{prefix}'; "
                               "static functions and those without EXPORT_SYMBOL are not")


def register():
    Exports("koan-exports")
