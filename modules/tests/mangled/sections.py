# SPDX-License-Identifier: MIT
"""What is not even an ELF file, and wrong headers of files and sections."""

import struct

from .elf import E_MACHINE, E_TYPE


# --- not even an ELF file ---

def bad_not_elf(_):
    """refused ENOEXEC; log "Invalid ELF header magic: != " """
    return b"not a module\n" * 10


def bad_empty(_):
    """refused ENOEXEC; log "Invalid ELF header len 0" """
    return b""


def bad_truncated(good):
    """refused ENOEXEC; log "Invalid ELF section header overflow" """
    elf = good("ok_exports")
    return elf.data[:elf.shoff]


def bad_machine(good):
    """refused ENOEXEC; log "Invalid architecture in ELF header: 3" """
    elf = good("ok_empty")
    struct.pack_into("<H", elf.data, E_MACHINE, 3)
    return elf.data


def bad_type(good):
    """refused ENOEXEC; log "Invalid ELF header type: 2 != 1" """
    elf = good("ok_empty")
    struct.pack_into("<H", elf.data, E_TYPE, 2)
    return elf.data


# --- sections ---

def bad_section(good):
    """refused ENOEXEC; log "Invalid ELF section in module (section 1 type " """
    elf = good("ok_empty")
    elf.set_header(1, type=1, size=len(elf.data))
    return elf.data


def bad_align(good):
    """refused ENOEXEC; log "ok_bss: section .init.text has alignment 3, not a power of two" """
    elf = good("ok_bss")
    elf.set_header(elf.find(".init.text"), align=3)
    return elf.data


def ok_align0(good):
    """loads; name ok_relocations; log "ok_relocations: all 6 agree" """
    elf = good("ok_relocations")
    for index in range(elf.count):
        if index != elf.find(".gnu.linkonce.this_module"):
            elf.set_header(index, align=0)
    return elf.data


def bad_memory(good):
    """refused ENOMEM; log "ok_bss: no memory for "; log " bytes are free" """
    elf = good("ok_bss")
    elf.set_header(elf.find(".bss"), size=1 << 40)
    return elf.data


def bad_wrap(good):
    """refused ENOEXEC; log "ok_bss: section .bss.second (18446744073709551615 bytes, alignment" """
    elf = good("ok_bss")
    elf.set_header(elf.find(".bss.second"), size=2 ** 64 - 1)
    return elf.data


def bad_ksymtab(good):
    """refused ENOEXEC; log "ok_exports: section __ksymtab has 25 bytes, not rows of 24" """
    elf = good("ok_exports")
    elf.set_header(elf.find("__ksymtab"), size=25)
    return elf.data
