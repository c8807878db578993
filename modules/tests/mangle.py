#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""mangle.py DIR: makes the test modules that no compiler makes, from good ones in DIR.

Each function of the files in mangled/ makes one; what is to be expected of it is said there, and in
the `expect:` lines of the sources beside this file. All of that is written to DIR/expect: a line
`file: expectation` each.
"""

import inspect
import pathlib
import re
import sys

from mangled import identity, relocations, rows, sections, symbols
from mangled.elf import Elf

CONFIG = pathlib.Path("build/include/config/auto.conf")  # seen from Koan's folder


def makers():
    """(name, function, expectation on one line) of each module that this kernel's options allow."""
    chosen = set(re.findall(r"^(CONFIG_\w+) := y$", CONFIG.read_text(), re.MULTILINE))
    for file in (sections, identity, symbols, relocations, rows):
        for name, function in vars(file).items():
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
    for name, function, text in makers():
        (folder / f"{name}.ko").write_bytes(
            function(lambda good: Elf(folder / f"{good}.ko")))
        expect.append(f"{name}: {text}\n")
    (folder / "expect").write_text("".join(sorted(expect)))


if __name__ == "__main__":
    main()
