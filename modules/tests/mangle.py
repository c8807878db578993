#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mangle.py DIR: makes the test modules that no compiler makes, from good ones in DIR.

Each function below makes one .ko; its name is the file's, its docstring says what must come of it,
in the words that the sources beside it use in their `expect:` lines:

    loads | refused ERRNO     what insmod must say
    after A B                 modules to load first
    args "WORDS"              for insmod
    log "TEXT"                a line of the kernel log has this in it (exit-log: after rmmod)
    permanent                 rmmod must refuse it
    name NAME                 the module's name, when it is not the file's

Some can only be made for a kernel with a certain option: needs() in front of the function names it.

All of it, the sources' too, is written to DIR/expect: a line `file: expectation` each.
"""

import inspect
import pathlib
import re
import struct
import sys

CONFIG = pathlib.Path("build/include/config/auto.conf")  # seen from Koan's folder

SHT_SYMTAB, SHT_RELA = 2, 4
SHN_COMMON = 0xFFF2
SHDR = struct.Struct("<IIQQQQIIQQ")
SYM = struct.Struct("<IBBHQQ")
RELA = struct.Struct("<QQq")
FIELDS = ("name", "type", "flags", "addr", "offset", "size", "link", "info", "align", "entsize")
E_TYPE, E_MACHINE = 16, 18


def needs(option):
    """A decorator: without that option there is no such module, and nothing to expect."""
    def mark(function):
        function.option = option
        return function
    return mark


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


# --- who it says it is ---

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


# --- relocations ---

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


# --- what relocations put into the rows of parameters and exports ---

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


# --- all of them ---

def mangled():
    """Each function above that makes a module, with its expectation on one line."""
    chosen = set(re.findall(r"^(CONFIG_\w+) := y$", CONFIG.read_text(), re.MULTILINE))
    for name, function in sorted(globals().items()):
        if re.match("(ok|bad|prop)_", name) and inspect.isfunction(function):
            if getattr(function, "option", None) in chosen | {None}:
                yield name, function, " ".join(function.__doc__.split())


def main():
    """Writes the modules and the list of expectations into the folder of the good ones."""
    folder = pathlib.Path(sys.argv[1])
    expect = []
    for source in sorted(pathlib.Path(__file__).parent.glob("*.c")):
        for name, text in re.findall(r"/\* expect( \w+)?: (.*) \*/", source.read_text()):
            expect.append(f"{name.strip() or source.stem}: {text}\n")
    for name, function, text in mangled():
        (folder / f"{name}.ko").write_bytes(
            function(lambda good: Elf(folder / f"{good}.ko")))
        expect.append(f"{name}: {text}\n")
    (folder / "expect").write_text("".join(sorted(expect)))


if __name__ == "__main__":
    main()
