# SPDX-License-Identifier: MIT
"""Wrong pointers and numbers in the rows of parameters and exports: what relocations put there."""

import struct

from .elf import RELA, SHT_SYMTAB, SYM

FAR = 1 << 40  # from any address of the kernel to one that is none


def row_relocation(elf, symbol, field):
    """Where in the file the relocation is that fills a field of the row (or constant) at a symbol."""
    _, _, _, section, start, _ = SYM.unpack_from(elf.data, elf.symbol(symbol))
    header = elf.header(elf.find(".rela" + elf.string(elf.names + elf.header(section)["name"])))
    for at in range(header["offset"], header["offset"] + header["size"], RELA.size):
        if struct.unpack_from("<Q", elf.data, at)[0] == start + field:
            return at
    raise LookupError(f"nothing is relocated at {symbol}+{field}")


def lead_away(good, module, symbol, field):
    """A module in which that pointer leads nowhere."""
    elf = good(module)
    at = row_relocation(elf, symbol, field) + 16
    struct.pack_into("<q", elf.data, at, struct.unpack_from("<q", elf.data, at)[0] + FAR)
    return elf.data


def lead_to(good, symbol, field, target):
    """ok_params, in which that pointer leads to a symbol."""
    elf = good("ok_params")
    at = row_relocation(elf, symbol, field)
    table = elf.header(elf.find_type(SHT_SYMTAB))["offset"]
    struct.pack_into("<I", elf.data, at + 12, (elf.symbol(target) - table) // SYM.size)
    struct.pack_into("<q", elf.data, at + 16, 0)
    return elf.data


def change_constant(good, symbol, field, value):
    """ok_params, with another number in a field of the constant at a symbol."""
    elf = good("ok_params")
    _, _, _, section, start, _ = SYM.unpack_from(elf.data, elf.symbol(symbol))
    struct.pack_into("<I", elf.data, elf.header(section)["offset"] + start + field, value)
    return elf.data


# struct kernel_param: name 0, mod 8, ops 16, arg 32; struct kparam_string: maxlen 0, string 8;
# struct kparam_array: max 0, elemsize 4, num 8, ops 16, elem 24.

def bad_param_name(good):
    """refused ENOEXEC; log " of __param has no name" """
    return lead_away(good, "ok_params", "__param_num", 0)


def bad_param_type(good):
    """refused ENOEXEC; log "ok_params: parameter `num' has its type at 0x"; \
    log ", where no module has data" """
    return lead_away(good, "ok_params", "__param_num", 16)


def bad_param_init_type(good):
    """refused ENOEXEC; log "ok_params: parameter `num' has its type at 0x" """
    return lead_to(good, "__param_num", 16, "init_module")


def bad_param_code(good):
    """refused ENOEXEC; log "ok_params: parameter `num' is of a type whose functions are no code" """
    return lead_to(good, "__param_num", 16, "__param_num")


def bad_param_variable(good):
    """refused ENOEXEC; log "ok_params: parameter `big' leads to 0x"; \
    log ", where no module has 8 bytes of data" """
    return lead_away(good, "ok_params", "__param_big", 32)


def bad_param_constant(good):
    """refused ENOEXEC; log "ok_params: parameter `flag' leads to 0x" """
    return lead_to(good, "__param_flag", 32, "__param_flag")


def bad_param_header(good):
    """refused ENOEXEC; log "ok_params: parameter `num' leads to 0x"; \
    log ", where no module has 4 bytes of data" """
    return lead_to(good, "__param_num", 32, "__this_module")


def bad_param_text(good):
    """refused ENOEXEC; log "ok_params: parameter `buffer' leads to 0x"; \
    log ", where no module has 16 bytes of data" """
    return lead_away(good, "ok_params", "__param_buffer", 32)


def bad_param_room(good):
    """refused ENOEXEC; log "ok_params: parameter `buffer' leads to 0x"; \
    log ", where no module has 8 bytes of data" """
    return lead_away(good, "ok_params", "__param_string_buffer", 8)


def bad_param_large_room(good):
    """refused ENOEXEC; log ", where no module has 4294967295 bytes of data" """
    return change_constant(good, "__param_string_buffer", 0, 2 ** 32 - 1)


def bad_param_no_room(good):
    """refused ENOEXEC; log "ok_params: parameter `buffer' is a text of no bytes" """
    return change_constant(good, "__param_string_buffer", 0, 0)


def bad_param_list(good):
    """refused ENOEXEC; log "ok_params: parameter `arr' leads to 0x"; \
    log ", where no module has 16 bytes of data" """
    return lead_away(good, "ok_params", "__param_arr_arr", 24)


def bad_param_long_list(good):
    """refused ENOEXEC; log ", where no module has 17179869180 bytes of data" """
    return change_constant(good, "__param_arr_arr", 0, 2 ** 32 - 1)


def bad_param_count(good):
    """refused ENOEXEC; log "ok_params: parameter `arr' leads to 0x"; \
    log ", where no module has 4 bytes of data" """
    return lead_away(good, "ok_params", "__param_arr_arr", 8)


def bad_param_elements(good):
    """refused ENOEXEC; log "ok_params: parameter `arr' has its type at 0x" """
    return lead_away(good, "ok_params", "__param_arr_arr", 16)


def bad_param_element(good):
    """refused ENOEXEC; log "ok_params: parameter `arr' is an array of what is no element" """
    return change_constant(good, "__param_arr_arr", 4, 2)


def bad_param_lists(good):
    """refused ENOEXEC; log "ok_params: parameter `arr' is an array of what is no element" """
    return lead_to(good, "__param_arr_arr", 16, "param_array_ops")


def bad_export_place(good):
    """refused ENOEXEC; log "ok_no_init: __ksymtab exports ok_no_init_value, at 0x"; \
    log ", which is not in what stays of the module: is it marked __init?" """
    return lead_away(good, "ok_no_init", "__ksymtab_ok_no_init_value", 0)


def bad_export_name(good):
    """refused ENOEXEC; log "ok_no_init: row 0 of __ksymtab has no name of at most 511 characters" """
    return lead_away(good, "ok_no_init", "__ksymtab_ok_no_init_value", 8)


def bad_export_namespace(good):
    """refused ENOEXEC; log "ok_no_init: row 0 of __ksymtab has no name of at most 511 characters" """
    return lead_away(good, "ok_no_init", "__ksymtab_ok_no_init_value", 16)
