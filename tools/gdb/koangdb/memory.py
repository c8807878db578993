# SPDX-License-Identifier: MIT
"""The kernel's memory through its debugging information, and what to do when that does not work."""

import gdb

NO_SYMBOLS = ("gdb knows no symbols of the kernel: start it with `gdb -x build/gdbinit`, "
              "or type: file build/koan.elf")
AGAIN = "for another machine type `make debug` in another terminal, and then here: source build/gdbinit"
NO_MACHINE = "gdb is not connected to a machine; " + AGAIN
NOT_BOOTED = ("the kernel is not there yet: the machine is still in its firmware or in GRUB; "
              "type: break kernel_main, then: continue")


class NotBooted(gdb.GdbError):
    """There is no kernel in memory so far."""

    def __init__(self):
        super().__init__(NOT_BOOTED)


class Command(gdb.Command):
    """A command whose help is its class's doc string. run(words) does it; trouble becomes words."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_DATA)
        self.name = name

    def invoke(self, argument, from_tty):
        try:
            self.run(gdb.string_to_argv(argument))
        except gdb.MemoryError as err:
            raise gdb.GdbError(f"{self.name}: the kernel's lists lead nowhere ({err}): "
                               "stopped while they change, or something is broken") from err
        except gdb.GdbError:
            raise
        except gdb.error as err:  # the machine has ended, for one
            raise gdb.GdbError(f"{self.name}: {err}\n{AGAIN}") from err

    def run(self, words):
        """To be overridden."""
        raise NotImplementedError

    def at_most(self, words, count):
        """Refuses more words than that."""
        if len(words) > count:
            raise gdb.GdbError(f"{self.name}: `{words[count]}' is one word too many; "
                               f"type: help {self.name}")


def variable(name, file=None):
    """A variable of the kernel, of `file` when it is static there."""
    if not gdb.lookup_global_symbol("kernel_main"):
        raise gdb.GdbError(NO_SYMBOLS)
    if gdb.selected_inferior().pid == 0:
        raise gdb.GdbError(NO_MACHINE)
    return gdb.parse_and_eval(f"'{file}'::{name}" if file else name)


def has_booted():
    """Whether the list of modules is one: its head points to something from the first moment on."""
    try:
        return int(variable("modules")["next"]) != 0
    except gdb.MemoryError:
        return False


def require_kernel():
    """A sentence for the user unless there is a kernel to look at."""
    if not has_booted():
        raise NotBooted()


def each(head, kind, member):
    """The structures `struct kind` that are linked by `member` into the list at `head`."""
    struct = gdb.lookup_type(f"struct {kind}")
    offset = next(field.bitpos // 8 for field in struct.fields() if field.name == member)
    node = head["next"]
    while node != head.address:
        yield gdb.Value(int(node) - offset).cast(struct.pointer()).dereference()
        node = node["next"]


def text(value):
    """A C string of the kernel."""
    return value.string("utf-8", "backslashreplace")


def read(address, size):
    """Bytes."""
    return bytes(gdb.selected_inferior().read_memory(address, size))
