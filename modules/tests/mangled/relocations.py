# SPDX-License-Identifier: MIT
"""Wrong relocations, and those that put a wrong place into struct module or the constructors."""

import struct

from . import needs
from .elf import RELA, SHT_SYMTAB, SYM


def bad_reloc_offset(good):
    """refused ENOEXEC; log "ok_rodata: relocation 0 in .rela.init.text writes 4 bytes at" """
    elf = good("ok_rodata")
    size = elf.header(elf.find(".init.text"))["size"]
    struct.pack_into("<Q", elf.data, elf.relocation(".init.text"), size - 3)
    return elf.data


def bad_reloc_symbol(good):
    """refused ENOEXEC; log "ok_rodata: relocation 0 in .rela.init.text names symbol " """
    elf = good("ok_rodata")
    symtab = elf.header(elf.find_type(SHT_SYMTAB))
    struct.pack_into("<I", elf.data, elf.relocation(".init.text") + 12,
                     symtab["size"] // SYM.size)
    return elf.data


def bad_nonzero(good):
    """refused ENOEXEC; log "x86/modules: Invalid relocation target, existing value is nonzero" """
    elf = good("ok_rodata")
    offset, = struct.unpack_from("<Q", elf.data, elf.relocation(".init.text"))
    elf.data[elf.header(elf.find(".init.text"))["offset"] + offset] = 1
    return elf.data


def module_relocation(elf, symbol):
    """Where in the file the relocation is that puts a symbol's address into struct module."""
    section = elf.find(".rela.gnu.linkonce.this_module")
    at = elf.relocation(".gnu.linkonce.this_module")
    table = elf.header(elf.header(section)["link"])["offset"]
    wanted = (elf.symbol(symbol) - table) // SYM.size
    while struct.unpack_from("<I", elf.data, at + 12)[0] != wanted:
        at += RELA.size
    return at


def bad_reloc_module(good):
    """refused ENOEXEC; log " of 'init_module'+0, in section .gnu.linkonce.this_module at 0x0" """
    elf = good("ok_rodata")
    struct.pack_into("<Q", elf.data, module_relocation(elf, "init_module"), 0)
    return elf.data


def bad_init_place(good):
    """refused ENOEXEC; log "ok_rodata: init, at 0x"; log ", is not in the module's code" """
    elf = good("ok_rodata")
    struct.pack_into("<q", elf.data, module_relocation(elf, "init_module") + 16, 1 << 40)
    return elf.data


@needs("CONFIG_MODULE_UNLOAD")  # struct module has no exit without it
def bad_exit_place(good):
    """refused ENOEXEC; log "ok_rodata: exit, at 0x"; log ", is not in the module's code" """
    elf = good("ok_rodata")
    symbol = module_relocation(elf, "init_module") + 12  # exit would be gone before it is called
    at = module_relocation(elf, "cleanup_module") + 12
    elf.data[at:at + 4] = elf.data[symbol:symbol + 4]
    return elf.data


def bad_constructor_place(good):
    """refused ENOEXEC; log "ok_obsolete: constructor 0, at 0x"; log ", is not in the module's code" """
    elf = good("ok_obsolete")
    struct.pack_into("<q", elf.data, elf.relocation(".ctors") + 16, 1 << 40)
    return elf.data


def bad_constructor_rows(good):
    """refused ENOEXEC; log "ok_obsolete: section .ctors has 9 bytes, not rows of 8" """
    elf = good("ok_obsolete")
    elf.set_header(elf.find(".ctors"), size=9)
    return elf.data
