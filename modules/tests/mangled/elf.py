# SPDX-License-Identifier: MIT
"""A relocatable file whose bytes can be changed in place."""

import struct

SHT_SYMTAB = 2
SHN_COMMON = 0xFFF2
SHDR = struct.Struct("<IIQQQQIIQQ")
SYM = struct.Struct("<IBBHQQ")
RELA = struct.Struct("<QQq")
FIELDS = ("name", "type", "flags", "addr", "offset", "size", "link", "info", "align", "entsize")
E_TYPE, E_MACHINE = 16, 18


class Elf:
    """A relocatable file in memory; changes go straight into its bytes."""

    def __init__(self, path):
        self.data = bytearray(path.read_bytes())
        self.shoff, = struct.unpack_from("<Q", self.data, 40)
        self.count, strings = struct.unpack_from("<HH", self.data, 60)
        self.names = self.header(strings)["offset"]

    def header(self, index):
        """The fields of a section header, by name."""
        return dict(zip(FIELDS, SHDR.unpack_from(self.data, self.shoff + index * SHDR.size)))

    def set_header(self, index, **changes):
        """Changes fields of a section header."""
        fields = {**self.header(index), **changes}
        SHDR.pack_into(self.data, self.shoff + index * SHDR.size, *fields.values())

    def string(self, at):
        """The NUL-terminated bytes at a file offset."""
        return self.data[at:self.data.index(0, at)].decode()

    def find(self, name):
        """The index of a section."""
        for index in range(self.count):
            if self.string(self.names + self.header(index)["name"]) == name:
                return index
        raise LookupError(f"no section {name}")

    def find_type(self, kind):
        """The index of the first section of a type."""
        return next(i for i in range(self.count) if self.header(i)["type"] == kind)

    def replace(self, section, old, new):
        """Overwrites text in a section by text that is no longer; the rest becomes NULs."""
        header = self.header(self.find(section))
        at = self.data.index(old, header["offset"], header["offset"] + header["size"])
        self.data[at:at + len(old)] = new.ljust(len(old), b"\0")

    def symbol(self, name):
        """Where in the file the entry of a symbol is."""
        table = self.header(self.find_type(SHT_SYMTAB))
        strings = self.header(table["link"])["offset"]
        for at in range(table["offset"], table["offset"] + table["size"], SYM.size):
            if self.string(strings + SYM.unpack_from(self.data, at)[0]) == name:
                return at
        raise LookupError(f"no symbol {name}")

    def symbol_name_at(self, name):
        """Where in the file the name of a symbol is."""
        strings = self.header(self.header(self.find_type(SHT_SYMTAB))["link"])["offset"]
        return strings + SYM.unpack_from(self.data, self.symbol(name))[0]

    def relocation(self, section, index=0):
        """Where in the file a relocation of a section is."""
        return self.header(self.find(".rela" + section))["offset"] + index * RELA.size
