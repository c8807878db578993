#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""builtin_ranges.py MAP: modules.builtin.ranges, which says where in the kernel each built-in module is.

MAP is what ld wrote with -Map; which module an object belongs to is in the command that compiled it.
Lines are those of Linux 6.12: for each section that has any, one that ties it to a symbol, and then
ranges, in ascending order, of offsets from the section's start (hexadecimal; END is not in it):

    .text 00000000-00000000 = __text_start
    .text 00022f50-00022fa6 builtin

An object that is part of several modules has all their names behind its ranges. Strings that ld
may share out among objects (.rodata.str1.1 and the like, names of exports) belong to nobody.
"""

import os
import re
import sys

SECTION = re.compile(r"(\.\S+) +0x([0-9a-f]+) +0x[0-9a-f]+ load address \S+")
# What an object gives to it; a long name has a line of its own, above.
PIECE = re.compile(r" (?:[._]\S+ +| {15})0x([0-9a-f]+) +0x([0-9a-f]+) (\S.*)")
SYMBOL = re.compile(r" {16}0x([0-9a-f]+) {16}([A-Za-z_]\w*)(?: = \.)?")
SHARED = re.compile(r" (?:\.rodata\S*\.(?:str|cst)\d\S*|__ksymtab_strings)\b")
MODFILE = re.compile(r"-DKBUILD_MODFILE='\"([^\"]+)\"'")


def modules_of(path, known):
    """The names of the modules that an object is part of, as a line has them; "" for the kernel's own."""
    if path not in known:
        command = os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.cmd")
        found = None
        if os.path.exists(command):
            with open(command, encoding="utf-8") as file:
                found = MODFILE.search(file.read())
        name = os.path.basename(found[1]) if found else ""
        known[path] = name.replace("-", "_").replace(":", " ")
    return known[path]


def sections(lines):
    """[(name, base, [(start, end, object)], (address, symbol) or None)] of a map, as the sections lie there."""
    found, current, shared = [], None, False
    for line in lines:
        section, piece, symbol = SECTION.fullmatch(line), PIECE.fullmatch(line), SYMBOL.fullmatch(line)
        if section:
            current = [section[1], int(section[2], 16), [], None]
            found.append(current)
        elif line and not line[0].isspace():
            current = None  # not loaded, or empty
        elif current and piece:
            start, size = int(piece[1], 16), int(piece[2], 16)
            if size and not shared and not SHARED.match(line):
                current[2].append((start, start + size, piece[3]))
        elif current and symbol and not current[3]:
            current[3] = (int(symbol[1], 16), symbol[2])
        shared = SHARED.fullmatch(line.rstrip())  # a long name: the rest is on the next line
    return found


def ranges(pieces, known):
    """[(start, end, modules)]; neighbours of one module are one range."""
    found, open_range = [], False
    for start, end, path in sorted(pieces):
        names = modules_of(path, known)
        if names and open_range and found[-1][2] == names:
            found[-1] = (found[-1][0], end, names)
        elif names:
            found.append((start, end, names))
        open_range = bool(names)
    return found


def main():
    """Writes the lines to standard output."""
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    known = {}
    for name, base, pieces, anchor in sections(lines):
        rows = ranges(pieces, known)
        if rows and not anchor:
            sys.exit(f"{sys.argv[1]}: section {name} has no symbol that its ranges could be told by")
        if rows:
            at = anchor[0] - base
            print(f"{name} {at:08x}-{at:08x} = {anchor[1]}")
        for start, end, names in rows:
            print(f"{name} {start - base:08x}-{end - base:08x} {names}")


if __name__ == "__main__":
    main()
