# SPDX-License-Identifier: MIT
"""As much of a 64-bit little-endian ELF file as the tools want: sections, symbols, notes.

The numbers are those of the System V ABI, chapters 4 and 5. What is no such file, or is cut off, is a
Malformed with a sentence; nothing else is raised.
"""

import struct

SHT_SYMTAB, SHT_NOTE, SHT_NOBITS = 2, 7, 8
SHF_WRITE, SHF_ALLOC, SHF_EXECINSTR = 1, 2, 4
STT_OBJECT, STT_FUNC, STT_SECTION, STT_FILE = 1, 2, 3, 4
SHN_UNDEF, SHN_LORESERVE = 0, 0xff00
NT_GNU_BUILD_ID = 3

EHDR = struct.Struct("<16sHHIQQQIHHHHHH")
SHDR = struct.Struct("<IIQQQQIIQQ")
SYM = struct.Struct("<IBBHQQ")
NHDR = struct.Struct("<III")


class Malformed(Exception):
    """The file is not what it should be."""


class Section:
    """A section header; `index` is its number."""

    def __init__(self, index, fields):
        (self._name, self.type, self.flags, self.address, self.offset, self.size, self.link,
         self.info, self.align, self.entry_size) = fields
        self.index = index
        self.name = ""

    @property
    def loaded(self):
        """It takes memory when the program runs."""
        return bool(self.flags & SHF_ALLOC)


class Symbol:
    """A row of the symbol table; `section` is a number."""

    def __init__(self, name, info, section, value, size):
        self.name, self.section, self.value, self.size = name, section, value, size
        self.type, self.binding = info & 15, info >> 4


class Elf:
    """`path`, read at once."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            self._data = file.read()
        try:
            self._read()
        except (struct.error, IndexError, OverflowError) as err:
            raise Malformed(f"{path}: cut off, or damaged") from err

    def _read(self):
        if self._data[:6] != b"\x7fELF\x02\x01":
            raise Malformed(f"{self.path}: not a 64-bit little-endian ELF file")
        header = EHDR.unpack_from(self._data)
        table, count, names = header[6], header[12], header[13]
        self.sections = [Section(i, SHDR.unpack_from(self._data, table + i * SHDR.size))
                         for i in range(count)]
        for section in self.sections:
            section.name = self._string(self.sections[names], section._name)
        self.symbols = [symbol for section in self.sections if section.type == SHT_SYMTAB
                        for symbol in self._symbols(section)]

    def _string(self, table, offset):
        start = table.offset + offset
        end = self._data.find(b"\0", start, table.offset + table.size)
        if end < 0:
            raise Malformed(f"{self.path}: a name does not end")
        return self._data[start:end].decode("utf-8", "surrogateescape")

    def _symbols(self, table):
        strings = self.sections[table.link]
        for at in range(table.offset, table.offset + table.size, SYM.size):
            name, info, _, section, value, size = SYM.unpack_from(self._data, at)
            yield Symbol(self._string(strings, name), info, section, value, size)

    def section(self, name):
        """The first section of that name, or None."""
        return next((section for section in self.sections if section.name == name), None)

    def bytes(self, section):
        """What the file has of a section; nothing of .bss."""
        if section.type == SHT_NOBITS:
            return b""
        return self._data[section.offset:section.offset + section.size]

    def strings(self, section):
        """Those of a section of strings, such as .modinfo."""
        return [text.decode("utf-8", "surrogateescape")
                for text in self.bytes(section).split(b"\0") if text]

    def build_id(self):
        """As hexadecimal digits; "" when it has none."""
        for section in self.sections:
            if section.type == SHT_NOTE:
                found = build_id_of_note(self.bytes(section))
                if found:
                    return found
        return ""


def build_id_of_note(data):
    """The build id in the bytes of a note section, as hexadecimal digits, or ""."""
    if len(data) < NHDR.size:
        return ""
    name_size, size, kind = NHDR.unpack_from(data)
    if kind != NT_GNU_BUILD_ID or data[NHDR.size:NHDR.size + name_size] != b"GNU\0":
        return ""
    start = NHDR.size + (name_size + 3) // 4 * 4
    return data[start:start + size].hex()
