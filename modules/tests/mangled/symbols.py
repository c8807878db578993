# SPDX-License-Identifier: MIT
"""Wrong symbol tables, and wrong exports, licences and namespaces, which modpost would refuse."""

import struct

from .elf import SHN_COMMON, SHT_SYMTAB


# --- symbols ---

def bad_stripped(good):
    """refused ENOEXEC; log "ok_empty: module has no symbols (stripped?)" """
    elf = good("ok_empty")
    elf.set_header(elf.find_type(SHT_SYMTAB), type=1)
    return elf.data


def bad_symbol(good):
    """refused ENOEXEC; log "ok_no_init: Symbol ok_no_init_value has an invalid section index " """
    elf = good("ok_no_init")
    struct.pack_into("<H", elf.data, elf.symbol("ok_no_init_value") + 6, elf.count)
    return elf.data


def bad_value(good):
    """refused ENOEXEC; log "ok_no_init: symbol ok_no_init_value lies at 0x1000 of section .data" """
    elf = good("ok_no_init")
    struct.pack_into("<Q", elf.data, elf.symbol("ok_no_init_value") + 8, 0x1000)
    return elf.data


def bad_common(good):
    """refused ENOEXEC; log "ok_no_init: please compile with -fno-common" """
    elf = good("ok_no_init")
    struct.pack_into("<H", elf.data, elf.symbol("ok_no_init_value") + 6, SHN_COMMON)
    return elf.data


def bad_undefined(good):
    """refused ENOENT; after ok_exports; log "ok_imports: Unknown symbol lost_plain (err -2)"; \
    log "ok_imports: Unknown symbol lost_gpl (err -2)"; \
    log "ok_imports: is test_" """
    elf = good("ok_imports")
    for name in ("test_plain", "test_gpl"):
        at = elf.symbol_name_at(name)
        elf.data[at:at + 4] = b"lost"
    return elf.data


def bad_missing(good):
    """refused ENOENT; log "ok_imports: Unknown symbol test_plain (err -2)"; \
    log "is exported by ok_exports, which is not loaded: insmod /root/ok_exports.ko first" """
    return good("ok_imports").data


# --- exports, licences, namespaces ---

def bad_duplicate(good):
    """refused ENOEXEC; log "ok_no_init: exports duplicate symbol printk (owned by kernel)" """
    elf = good("ok_no_init")
    elf.replace("__ksymtab_strings", b"ok_no_init_value", b"printk")
    return elf.data


def bad_refmodule(good):
    """refused ENOEXEC; after ok_exports; \
    log "bad_export: exports duplicate symbol test_" """
    elf = good("ok_exports")
    elf.replace(".gnu.linkonce.this_module", b"ok_exports", b"bad_export")
    elf.replace(".modinfo", b"name=ok_exports", b"name=bad_export")
    return elf.data


def bad_license(good):
    """refused ENOENT; after ok_exports; log "ok_imports: module license 'BSD' taints kernel."; \
    log "Disabling lock debugging due to kernel taint"; \
    log "ok_imports: Unknown symbol test_gpl (err -2)"; \
    log "ok_imports: test_gpl is there, in ok_exports, but only for modules that say" """
    elf = good("ok_imports")
    elf.replace(".modinfo", b"license=GPL", b"license=BSD")
    return elf.data


def bad_namespace(good):
    """refused EINVAL; after ok_exports; log "ok_imports: module uses symbol (test_in_namespace) \
from namespace KOAN_TEST, but does not import it."; \
    log "ok_imports: Unknown symbol test_in_namespace (err -22)"; \
    log "ok_imports: test_in_namespace, in ok_exports, is for modules that say MODULE_IMPORT_NS" """
    elf = good("ok_imports")
    elf.replace(".modinfo", b"import_ns=KOAN_TEST", b"import_ns=KOAN_NONE")
    return elf.data


def prop_plain(good):
    """loads; after ok_exports; name ok_plain; log "Symbol test_gpl_future is being used by a \
non-GPL module, which will not be allowed in the future" """
    elf = good("ok_plain")
    elf.replace(".modinfo", b"license=GPL", b"license=BSD")
    return elf.data


def ok_inherit(good):
    """loads; after ok_exports prop_plain; name ok_user; log "ok_user: module uses symbols \
plain_export from proprietary module ok_plain, inheriting taint." """
    return good("ok_user").data


def bad_mixed(good):
    """refused ENOENT; after ok_exports prop_plain; log "from proprietary module ok_plain" """
    return good("ok_mixed").data
