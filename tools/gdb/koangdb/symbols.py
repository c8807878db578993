# SPDX-License-Identifier: MIT
"""koan-symbols: gives gdb the names and lines of modules, as they come and go.

The kernel calls debugger_module_linked() once in each load, when everything is in its place and
nothing has run (kernel/module/debugger.c). A breakpoint there that never stops looks at all
modules again. So a breakpoint in a module's init works: set before the load it is pending, and gdb
puts it in as soon as it knows the name, which is before init runs.

A module's init sections are given back after init, and the next module may be put there. So what a
module has no longer is taken from gdb, too, before anything new is added.
"""

import os

import gdb

from koanlib import elf, find_modules

from . import memory
from .module import modules

HOOK = "debugger_module_linked"
NOWHERE = 0xffffff0000000000  # nothing is ever mapped from here to 512 GiB further: kernel/mm/mm.h


def say(words):
    """A line that is no answer to a command."""
    gdb.write(f"koan: {words}\n")


class Hook(gdb.Breakpoint):
    """Never stops: it only looks."""

    def __init__(self, symbols):
        super().__init__(f"*{HOOK}", internal=True)
        self.silent = True
        self._symbols = symbols

    def stop(self):
        try:
            self._symbols.update()
        except gdb.error as err:  # an exception would stop the machine
            say(f"no symbols for this module: {err}")
        return False


class Known:
    """What gdb was told about a module; two that are equal are the same to gdb."""

    def __init__(self, path, sections):
        self.path = path
        self.sections = sections
        self._key = (path, os.stat(path).st_mtime_ns, tuple(sections.items()))

    def __eq__(self, other):
        return isinstance(other, Known) and self._key == other._key

    def tell(self):
        """Sections that are in the file and have no memory go where nothing is: gdb would put them
        at 0, where it would find them for every null pointer."""
        words = ["add-symbol-file", quoted(self.path)]
        for section in elf.Elf(self.path).sections:
            if section.loaded:
                address = self.sections.get(section.name, NOWHERE + section.offset)
                words += ["-s", quoted(section.name), hex(address)]
        gdb.execute(" ".join(words), to_string=True)

    def announce(self):
        """For the user, when the module is a new one."""
        say(f"symbols of {os.path.relpath(self.path)} at {min(self.sections.values()):#x}")
        if not elf.Elf(self.path).section(".debug_info"):
            say(f"{self.path} has no debugging information, so there are names, but no lines")

    def forget(self):
        """What to do before something else is put there."""
        try:
            gdb.execute(f"remove-symbol-file {quoted(self.path)}", to_string=True)
        except gdb.error:
            pass  # somebody else has removed it


class Symbols:
    """All that gdb was told, and where to look for more."""

    def __init__(self):
        self.places = list(find_modules.DEFAULT_FOLDERS)
        self._known = {}  # by the address of struct module
        self._hook = None

    def watch(self):
        """Looks at every load from now on."""
        memory.variable("modules")  # or say that there are no symbols
        if not (self._hook and self._hook.is_valid()):
            self._hook = Hook(self)

    def forget(self):
        """There is no kernel: it is another machine, or this one was reset."""
        for key in list(self._known):
            self._known.pop(key).forget()

    def update(self):
        """Makes gdb know what is loaded, all of it and no more; returns how many modules."""
        wanted = self._wanted()
        files = {known.path for known in self._known.values()}
        gone = [key for key in self._known if self._known[key] != wanted.get(key)]
        for key in gone:
            self._known.pop(key).forget()
        for key in [key for key in wanted if key not in self._known]:
            wanted[key].tell()
            self._known[key] = wanted[key]
            if wanted[key].path not in files:
                wanted[key].announce()
        return len(wanted)

    def _wanted(self):
        """{address of struct module: Known} of what is loaded and linked."""
        files = find_modules.index(self.places)
        wanted = {}
        for module in modules():
            sections = module.sections()
            path = self._choose(module, files.get(module.name, [])) if sections else None
            if path:
                wanted[int(module.struct.address)] = Known(path, sections)
        return wanted

    def _choose(self, module, candidates):
        """The file that it was loaded from, or None and a sentence for the user."""
        if not candidates:
            say(f"{module.name} is loaded, but there is no {module.name}.ko in "
                f"{', '.join(self.places)}: type koan-symbols and its folder")
            return None
        build_id = module.build_id()
        for path in candidates:
            try:
                if elf.Elf(path).build_id() == build_id:
                    return path
            except (OSError, elf.Malformed):
                continue
        say(f"{module.name} is loaded, and {', '.join(candidates)} is another build of it: type "
            "koan-symbols and the folder of the one that was loaded, or boot again")
        return None


def quoted(word):
    """As gdb's own argument parser reads it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


class SymbolsCommand(memory.Command):
    """koan-symbols [FOLDER]...: loads the symbols of modules.

Of those that are loaded now, and from here on of each module that comes, before its init runs: a
breakpoint in it can be set before it is loaded, and is pending until then.

Looks for NAME.ko in the FOLDERs (or they are .ko files), then in those named before, then in
build/modules, each with all that is below it. A file of another build than the module in memory,
told by its build id, is not used."""

    _symbols = Symbols()  # one, also when koan.py is sourced again for the next machine

    def run(self, words):
        places = [os.path.realpath(os.path.expanduser(word)) for word in words]
        for word, place in zip(words, places):
            if not os.path.exists(place):
                raise gdb.GdbError(f"{self.name}: {word}: there is no such folder or file")
        old = [place for place in self._symbols.places if place not in places]
        self._symbols.places = places + old
        self._symbols.watch()
        if not memory.has_booted():
            self._symbols.forget()
            say("the kernel is not there yet; modules get their symbols as they are loaded")
        elif not self._symbols.update():
            say("no module is loaded yet; modules get their symbols as they are loaded")

    def complete(self, text, word):
        return gdb.COMPLETE_FILENAME


def register():
    SymbolsCommand("koan-symbols")
