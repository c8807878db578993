# SPDX-License-Identifier: MIT
"""What binutils say of a file on this machine: the outside judge of symbols and sections."""

import struct

import harness


def nm(path, *options):
    """[(address, letter, name)] of what is defined, in nm's order."""
    rows = []
    for line in harness.run(["nm", *options, path]).stdout.splitlines():
        words = line.split()
        if len(words) == 3:
            rows.append((int(words[0], 16), words[1], words[2]))
    return rows


def sections(path):
    """{index: (name, flags, address, file offset, size, alignment)} as readelf tells them."""
    table = {}
    for line in harness.run(["readelf", "-SW", path]).stdout.splitlines():
        left, bracket, right = line.partition("]")
        if not bracket or not left.strip(" [").isdigit():
            continue
        words = right.split()
        if len(words) < 9:  # section 0 has neither name nor flags
            continue
        flags = words[6] if len(words) == 10 else ""
        table[int(left.strip(" ["))] = (words[0], flags, int(words[2], 16), int(words[3], 16),
                                        int(words[4], 16), int(words[-1]))
    return table


def symbols(path):
    """[(value, kind, section index or None, name)] in the order of the file's table."""
    rows = []
    for line in harness.run(["readelf", "-sW", path]).stdout.splitlines():
        words = line.split()
        if len(words) >= 7 and words[0].rstrip(":").isdigit():
            index = int(words[6]) if words[6].isdigit() else None
            rows.append((int(words[1], 16), words[3], index, words[7] if len(words) > 7 else ""))
    return rows


class Image:
    """The bytes of a linked program, by address."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.sections = [row for row in sections(path).values() if "A" in row[1]]

    def at(self, address, size):
        for _, _, start, offset, length, _ in self.sections:
            if start <= address and address + size <= start + length:
                return self.data[offset + address - start:offset + address - start + size]
        raise LookupError(f"{address:#x}")

    def words(self, start, end):
        """The 64-bit words of [start, end)."""
        return struct.unpack(f"<{(end - start) // 8}Q", self.at(start, end - start))

    def string(self, address):
        text = b""
        while not text.endswith(b"\0"):
            text += self.at(address + len(text), 1)
        return text[:-1]
