# SPDX-License-Identifier: MIT
"""Damaged module files by the hundred: each is refused, or loads and goes again; nothing is lost.

The module (modules/rows) has every table that the loader walks and no code of its own, so no damage
can make the machine do anything but what the loader does. Each file differs from the good one in a
few fields, mostly in numbers that lead somewhere: offsets, sizes, indexes, addends.
"""

import os
import random
import struct

import pytest

FILES = 400
A_LINE = 8  # files that are tried in one line
ARGUMENTS = "small=-7 flag=y word=other numbers=1,2,3 text=hello later=9"

SHDR, SYM, RELA = 64, 24, 24
SHT_SYMTAB, SHT_RELA, SHT_NOBITS = 2, 4, 8


def sections(data):
    """[(offset of the header, type, offset, size)]"""
    shoff, = struct.unpack_from("<Q", data, 40)
    count, = struct.unpack_from("<H", data, 60)
    rows = []
    for at in range(shoff, shoff + count * SHDR, SHDR):
        kind, = struct.unpack_from("<I", data, at + 4)
        offset, size = struct.unpack_from("<QQ", data, at + 24)
        rows.append((at, kind, offset, 0 if kind == SHT_NOBITS else size))
    return rows


def fields(data):
    """[[(offset, width)]]: the numbers of the file, by what they belong to."""
    header = [(at, 2) for at in (16, 18, 58, 60, 62)] + [(24, 8), (40, 8)]
    headers, symbols, relocations, contents = [], [], [], []
    for at, kind, offset, size in sections(data)[1:]:
        headers += [(at + i, 4) for i in (0, 4, 40, 44)]
        headers += [(at + i, 8) for i in (8, 24, 32, 48, 56)]
        if kind == SHT_SYMTAB:
            for row in range(offset, offset + size, SYM):
                symbols += [(row, 4), (row + 4, 1), (row + 6, 2), (row + 8, 8)]
        elif kind == SHT_RELA:
            for row in range(offset, offset + size, RELA):
                relocations += [(row, 8), (row + 8, 4), (row + 12, 4), (row + 16, 8)]
        else:
            contents += [(i, 1) for i in range(offset, offset + size)]
    return [header, headers, headers, symbols, relocations, relocations, contents]


def other(dice, value, width, size):
    """A number that is likely to hurt."""
    most = (1 << 8 * width) - 1
    return dice.choice([
        0, 1, most, most >> 1, (most >> 1) + 1, value + 1, value - 1, value + dice.randrange(64),
        value - dice.randrange(64), value ^ 1 << dice.randrange(8 * width), size, size - 1,
        dice.randrange(size), dice.randrange(32), dice.randrange(most + 1), value + 4096]) & most


def damaged(dice, good, kinds):
    data = bytearray(good)
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        at, width = dice.choice(dice.choice(kinds))
        value = int.from_bytes(data[at:at + width], "little")
        data[at:at + width] = other(dice, value, width, len(data)).to_bytes(width, "little")
    if dice.randrange(20) == 0:
        del data[dice.randrange(len(data)):]
    return bytes(data)


@pytest.fixture(scope="module")
def rows(built):
    return built("rows") / "rows.ko"


def come_and_go(console, names):
    """Tries each; returns how many could be loaded."""
    tries = [f"insmod {name} {ARGUMENTS} && echo loaded && rmmod rows" for name in names]
    result = console.run("; ".join(tries))
    assert "rmmod: ERROR" not in result.output, result
    return result.output.splitlines().count("loaded")


def test_no_damage_costs_anything(boot, rows, tmp_path):
    good = rows.read_bytes()
    kinds = fields(good)
    seed = int(os.environ.get("SEED", "1"))
    paths = [rows]
    for i in range(FILES):
        path = tmp_path / f"{i:03}.ko"
        path.write_bytes(damaged(random.Random(seed * 1000000 + i), good, kinds))
        paths.append(path)
    console = boot(files=paths, append="loglevel=1")
    assert come_and_go(console, ["rows.ko"]) == 1
    before = console.counts()
    names = [path.name for path in paths[1:]]
    loaded = 0
    for i in range(0, FILES, A_LINE):
        loaded += come_and_go(console, names[i:i + A_LINE])
        assert console.counts() == before, names[i:i + A_LINE]
    assert FILES // 10 < loaded < FILES * 9 // 10  # or this is no test of both
    oopses = console.run("dmesg | grep 'Oops'")
    assert oopses.output == "", oopses
