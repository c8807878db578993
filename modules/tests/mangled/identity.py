# SPDX-License-Identifier: MIT
"""Modules that do not say who they are, or say it wrongly: .modinfo and struct module."""


def bad_version(good):
    """refused ENOEXEC; log "ok_empty: version magic '"; log "' should be '" """
    elf = good("ok_empty")
    header = elf.header(elf.find(".modinfo"))
    at = elf.data.index(b"vermagic=", header["offset"], header["offset"] + header["size"])
    elf.data[elf.data.index(0, at) - 1] = ord("!")  # in the words for options: the release may differ
    return elf.data


def bad_no_version(good):
    """refused ENOEXEC; log "ok_empty: no version magic in .modinfo" """
    elf = good("ok_empty")
    elf.replace(".modinfo", b"vermagic=", b"vermagix=")
    return elf.data


def bad_modinfo(good):
    """refused ENOEXEC; log ".modinfo section isn't NUL terminated" """
    elf = good("ok_empty")
    header = elf.header(elf.find(".modinfo"))
    elf.data[header["offset"] + header["size"] - 1] = ord("x")
    return elf.data


def bad_name(good):
    """refused ENOEXEC; log "ok_empty: '../passw' cannot name a module" """
    elf = good("ok_empty")
    elf.replace(".gnu.linkonce.this_module", b"ok_empty", b"../passw")
    return elf.data


def bad_two_names(good):
    """refused ENOEXEC; log "ok_empty: struct module says that its name is 'no_empty'" """
    elf = good("ok_empty")
    elf.replace(".gnu.linkonce.this_module", b"ok_empty", b"no_empty")
    return elf.data


def bad_this_module(good):
    """refused ENOEXEC; log "module ok_empty: .gnu.linkonce.this_module section size must match" """
    elf = good("ok_empty")
    index = elf.find(".gnu.linkonce.this_module")
    elf.set_header(index, size=elf.header(index)["size"] - 8)
    return elf.data
