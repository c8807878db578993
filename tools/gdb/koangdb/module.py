# SPDX-License-Identifier: MIT
"""The modules, as the kernel's list has them; koan-lsmod and $koan_module()."""

import gdb

from koanlib import elf

from . import memory

# enum module_state
STATES = {"MODULE_STATE_LIVE": "", "MODULE_STATE_COMING": "loading",
          "MODULE_STATE_GOING": "unloading", "MODULE_STATE_UNFORMED": "being linked"}
KEPT = 4  # kinds of memory that stay after init: MOD_TEXT to MOD_RO_AFTER_INIT
BUILD_ID_SECTION = ".note.gnu.build-id"


class Module:
    """One struct module."""

    def __init__(self, struct):
        self.struct = struct
        self.name = memory.text(struct["name"])
        self.state = STATES[str(struct["state"])]
        kinds = range(int(gdb.parse_and_eval("(int)MOD_MEM_NUM_TYPES")))
        self.blocks = [(int(struct["mem"][i]["base"]), int(struct["mem"][i]["size"])) for i in kinds]

    @property
    def address(self):
        """Of its code, or of struct module in a module without any."""
        return self.blocks[0][0] or int(self.struct.address)

    @property
    def size(self):
        """Bytes that it keeps as long as it is loaded: lsmod's size."""
        return sum(size for _, size in self.blocks[:KEPT])

    def users(self):
        """The names of the modules that use it, newest first."""
        return [memory.text(use["user"]["name"])
                for use in memory.each(self.struct["source_list"], "module_use", "source_list")]

    def sections(self):
        """{name: address}: those whose memory it still has. Nothing before it is linked."""
        private = self.struct["priv"]
        rows = [private["sections"][i] for i in range(int(private["section_count"]))]
        found = {}
        for row in rows:
            address = int(row["address"])
            if any(base <= address < base + size for base, size in self.blocks):
                found.setdefault(memory.text(row["name"]), address)
        return found

    def build_id(self):
        """Of the file that it was loaded from."""
        address = self.sections().get(BUILD_ID_SECTION)
        return elf.build_id_of_note(memory.read(address, 36)) if address else ""


def modules():
    """All of them, newest first."""
    memory.require_kernel()
    return [Module(struct) for struct in memory.each(memory.variable("modules"), "module", "list")]


class Lsmod(memory.Command):
    """koan-lsmod: lists the loaded modules.

As lsmod, with the address of each module's code before it, and its state behind it when it is not
live. Also shows a module that is being linked, which the kernel's own lsmod never can."""

    def run(self, words):
        self.at_most(words, 0)
        present = modules()
        print(f"{'Address':<18} {'Module':<19} {'Size':>8}  Used by")
        for module in present:
            users = ",".join(module.users())
            state = f" ({module.state})" if module.state else ""
            print(f"0x{module.address:016x} {module.name:<19} {module.size:>8}  "
                  f"{int(module.struct['refcnt']['counter']) - 1}{' ' + users if users else ''}{state}")


class FindModule(gdb.Function):
    """$koan_module("NAME"): the struct module of that name, for use in expressions.

For example: print $koan_module("hello")->mem"""

    def invoke(self, name):
        wanted = name.string().replace("-", "_")
        for module in modules():
            if module.name.replace("-", "_") == wanted:
                return module.struct.address
        names = ", ".join(module.name for module in modules()) or "none"
        raise gdb.GdbError(f"no module {wanted} is loaded; there are: {names}")


def register():
    Lsmod("koan-lsmod")
    FindModule("koan_module")
