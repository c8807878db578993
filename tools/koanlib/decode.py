# SPDX-License-Identifier: MIT
"""From NAME+0xOFFSET/0xSIZE [MODULE], as the kernel prints addresses, to files and lines.

A name alone may stand for several functions, and a file may be of another build than what ran. The
size tells: it is the distance to the next symbol in memory, so it has to be that in the file. For
the last symbol of a module's section the file does not say what comes next in memory; then the size
has to be enough for the rest of the section. A file is believed when all sizes of a transcript fit.

An address in a call trace is where a function returns to, which may be a line further than the
call, or in another function: the byte before it is looked up. What a trap interrupted, which is
what RIP says, and what follows trap_common in a trace, is looked up as it is.
"""

import argparse
import functools
import os
import re
import shutil
import signal
import subprocess
import sys

from . import elf, find_modules
from .image import BUILD, TOP

PLACE = re.compile(r"(?P<name>[A-Za-z_][\w.$]*)\+0x(?P<offset>[0-9a-f]+)/0x(?P<size>[0-9a-f]+)"
                   r"(?: \[(?P<module>[\w-]+)\])?")
# A line of a call trace: nothing but a place, perhaps with a time before it.
TRACE_LINE = re.compile(r"(?:\[ *\d+\.\d{6}\])? +" + PLACE.pattern + r"\s*")
# The same without names, of a kernel without CONFIG_KALLSYMS; where modules were, nothing tells.
RAW = re.compile(r"(?:(?:\[ *\d+\.\d{6}\])? +|.*RIP: [0-9a-f]{4}:)(?P<address>0xffffffff[89ab][0-9a-f]{7})\s*")
TRAP_ENTRY = "trap_common"  # kernel/cpu/traps_entry.asm

EPILOG = """\
Modules are looked for by name, in the folders given, with all that is below them, and in
build/modules. The status is 0 when all was found, 1 when something was not (why is told on the
standard error), 2 when there was nothing to read.
"""


class Trouble(Exception):
    """A place that cannot be decoded, and why: `short` for its line, the whole for the user."""

    def __init__(self, short, whole):
        super().__init__(whole)
        self.short = short


class Symbols:
    """The functions of one ELF file, and what follows each of them."""

    def __init__(self, path):
        self.path = path
        self._elf = elf.Elf(path)
        self._is_module = self._elf.sections and not any(s.address for s in self._elf.sections)
        self._named = {}
        addresses = {}
        for symbol in self._elf.symbols:
            if symbol.name and elf.SHN_UNDEF < symbol.section < elf.SHN_LORESERVE \
                    and symbol.type not in (elf.STT_SECTION, elf.STT_FILE):
                self._named.setdefault(symbol.name, []).append(symbol)
                addresses.setdefault(self._space(symbol), set()).add(symbol.value)
        self._addresses = {space: sorted(values) for space, values in addresses.items()}

    def _space(self, symbol):
        """Symbols with the same number follow each other in memory."""
        return symbol.section if self._is_module else 0

    def _size_fits(self, symbol, size):
        after = [value for value in self._addresses[self._space(symbol)] if value > symbol.value]
        if size == symbol.size or after and size == after[0] - symbol.value:
            return True
        section = self._elf.sections[symbol.section]
        return not after and size >= section.address + section.size - symbol.value

    def find(self, name, size):
        """The symbols of that name and size: one, as a rule. A Trouble when there is none."""
        symbols = self._named.get(name, [])
        if not symbols:
            raise Trouble("another build", f"{self.path} is another build than what ran: "
                          f"it has no {name}")
        fitting = [symbol for symbol in symbols if self._size_fits(symbol, size)]
        if not fitting:
            raise Trouble("another build", f"{self.path} is another build than what ran: "
                          f"{name} has 0x{symbols[0].size:x} bytes there, and not 0x{size:x}")
        return fitting

    def lines(self, name, offset, size):
        """[[(file, line)]]: a list for each function of that name and size, innermost inlined
        function first."""
        places = {(symbol.section, symbol.value) for symbol in self.find(name, size)}
        return [self._addr2line(section, value + offset) for section, value in sorted(places)]

    def lines_at(self, address):
        """The same for an address of the kernel."""
        return self._addr2line(0, address)

    def _addr2line(self, section, address):
        words = ["addr2line", "--inlines", "--exe", self.path]
        if self._is_module:
            words += ["--section", self._elf.sections[section].name]
        done = subprocess.run(words + [hex(address)], stdout=subprocess.PIPE, text=True, check=True)
        found = [re.sub(r" \(discriminator \d+\)$", "", line).rsplit(":", 1)
                 for line in done.stdout.splitlines()]
        if found[0][0] == "??" or found[0][1] in ("?", "0"):
            raise Trouble("no line", f"{self.path} has no debugging information for this: was it "
                          "stripped?")
        return [(shorter(file), line) for file, line in found]


def shorter(path):
    """As a reader in Koan's folder, or in the current one, would name it."""
    path = os.path.normpath(path)
    for folder in (os.getcwd(), TOP):
        if path.startswith(folder + os.sep):
            return os.path.relpath(path, folder)
    return path


class Decoder:
    """Decodes the places of `text`; `troubles` collects what could not be."""

    def __init__(self, kernel, places, text):
        self._kernel = kernel
        self._places = places
        self._modules = find_modules.index(places)
        self._wanted = {}  # {module, None for the kernel: all names and sizes that it must have}
        for match in PLACE.finditer(text):
            name, _, size, module = match.groups()
            self._wanted.setdefault(module, set()).add((name, int(size, 16)))
        self.troubles = []
        self.found = 0

    def place(self, match, is_return):
        """What is to be added behind a place: " (file:line)"."""
        name, module = match.group("name"), match.group("module")
        offset, size = int(match.group("offset"), 16), int(match.group("size"), 16)
        return self._answer(lambda: self._decode(name, offset - is_return, size, module))

    def raw(self, match, is_return):
        """The same for an address."""
        address = int(match.group("address"), 16) - is_return
        return self._answer(lambda: _chain(_symbols(self._kernel).lines_at(address)))

    def _answer(self, decode):
        try:
            answer = decode()
        except Trouble as err:
            if str(err) not in self.troubles:
                self.troubles.append(str(err))
            return f" ({err.short})"
        self.found += 1
        return f" ({answer})"

    @functools.lru_cache(maxsize=None)
    def _decode(self, name, offset, size, module):
        chains = self._file_of(module).lines(name, offset, size)
        return " or ".join(map(_chain, chains))

    def _file_of(self, module):
        """The Symbols of the file that ran. A function that did not change is the same in another
        build, and its line is not: the file has to have all that the transcript names."""
        trouble = None
        for path in self._candidates(module):
            try:
                symbols = _symbols(path)
                for name, size in sorted(self._wanted[module]):
                    symbols.find(name, size)
                return symbols
            except Trouble as err:
                trouble = trouble or err
        raise trouble

    def _candidates(self, module):
        if not module:
            return [self._kernel]
        files = self._modules.get(module.replace("-", "_"))
        if not files:
            raise Trouble(f"no {module}.ko", f"there is no {module}.ko in "
                          f"{', '.join(self._places)}: name its folder with --modules")
        return files

    def line(self, line, after_trap):
        """A line of the transcript, decoded. `after_trap`: it follows TRAP_ENTRY in a trace."""
        raw = RAW.fullmatch(line)
        if raw:
            return line + self.raw(raw, "RIP:" not in line)
        is_return = bool(TRACE_LINE.fullmatch(line)) and not after_trap
        return PLACE.sub(lambda match: match.group() + self.place(match, is_return), line)


def _chain(lines):
    """From the innermost inlined function outwards."""
    return ", inlined at ".join(f"{file}:{line}" for file, line in lines)


@functools.lru_cache(maxsize=None)
def _symbols(path):
    try:
        return Symbols(path)
    except (OSError, elf.Malformed) as err:
        words = f"{path}: {err.strerror}" if isinstance(err, OSError) else str(err)
        raise Trouble("no file", words) from err


def say(text):
    """To the user, apart from the transcript."""
    sys.stdout.flush()
    print(f"decode: {text}", file=sys.stderr)


def _decode_text(decoder, text):
    after_trap = False
    for line in text.splitlines():
        print(decoder.line(line, after_trap))
        trace = TRACE_LINE.fullmatch(line)
        after_trap = bool(trace) and trace.group("name") == TRAP_ENTRY


def _parser():
    parser = argparse.ArgumentParser(
        prog="decode", description="Adds file:line to each NAME+0xOFFSET/0xSIZE [MODULE] of a "
        "saved transcript, as in an oops.", epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", "-k", metavar="F.elf", default=os.path.join(BUILD, "koan.elf"),
                        help="the kernel that ran; default: build/koan.elf")
    parser.add_argument("--modules", "-m", metavar="FOLDER", action="append", default=[],
                        help="where modules are, or a .ko file; may be given several times")
    parser.add_argument("transcript", nargs="?", default="-",
                        help="a file; default: the standard input")
    return parser


def _open(path):
    """The transcript, in which any byte may be."""
    if path == "-":
        sys.stdin.reconfigure(errors="backslashreplace")
        return sys.stdin
    return open(path, encoding="utf-8", errors="backslashreplace")


def _refuse_what_is_missing(options):
    """The open transcript; SystemExit when something that was named is not there."""
    for path in options.modules + [options.kernel]:
        if not os.path.exists(path):
            say(f"{path}: there is no such folder or file")
            sys.exit(2)
    if not shutil.which("addr2line"):
        say("addr2line is not installed: type `tools/setup build`")
        sys.exit(2)
    try:
        return _open(options.transcript)
    except OSError as err:
        say(f"{options.transcript}: {err.strerror}")
        sys.exit(2)


def main(argv):
    """Returns the exit status."""
    options = _parser().parse_args(argv)
    with _refuse_what_is_missing(options) as stream:
        text = stream.read()
    decoder = Decoder(options.kernel, options.modules + find_modules.DEFAULT_FOLDERS, text)
    try:
        _decode_text(decoder, text)
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        return 128 + signal.SIGPIPE
    for trouble in decoder.troubles:
        say(trouble)
    if not decoder.found and not decoder.troubles:
        say("no NAME+0xOFFSET/0xSIZE in it: is this the transcript of an oops?")
    return 0 if decoder.found and not decoder.troubles else 1
