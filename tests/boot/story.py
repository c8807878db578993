# SPDX-License-Identifier: MIT
"""The two views of a file: what readelf says of it, and what insmod -v tells of its load.

A story is a list of lines "PHASE STEP TEXT".
"""

import re

import harness

LINE = re.compile(r"^ *(?P<phase>\d*) +(?P<step>[a-z]+) +(?P<text>.*)$")
TAKES_MEMORY = "A"
FOR_LOADING_ONLY = {"__versions", "__version_ext_crcs", "__version_ext_names"}


class Elf:
    """What readelf says of a file."""

    def __init__(self, path):
        self.sections = [self._section(line) for line in self._lines("-SW", path)
                         if re.match(r"^ +\[ *\d+\]", line)]
        self.symbols = [line.split() for line in self._lines("-sW", path)
                        if re.match(r"^ *\d+: [0-9a-f]{16}", line)]
        self.relocations = list(self._relocations(path))

    @staticmethod
    def _lines(option, path):
        done = harness.run(["readelf", option, path])
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    @staticmethod
    def _section(line):
        """(name, type, flags, size, alignment): the columns stand where they stand."""
        index, rest = re.match(r"^ +\[ *(\d+)\] (.*)$", line).groups()
        if index == "0":
            return ("", "NULL", "", 0, 0)
        name, kind, _, _, size, _, *flags, _, _, align = rest.split()
        return (name, kind, flags[0] if flags else "", int(size, 16), int(align))

    def _relocations(self, path):
        """(section, offset, type, symbol's number, addend) of those that are in memory."""
        section = None
        for line in self._lines("-rW", path):
            head = re.match(r"^Relocation section '\.rela(.*)' at", line)
            row = re.match(r"^([0-9a-f]{16}) +([0-9a-f]{16}) (R_\S+)"
                           r"(?: .*? ([+-]))? +([0-9a-f]+)$", line)
            if head:
                section = head.group(1)
            elif row and self.is_loaded(section):
                addend = int(row.group(5), 16) * (-1 if row.group(4) == "-" else 1)
                yield (section, int(row.group(1), 16), row.group(3),
                       int(row.group(2), 16) >> 32, addend)

    def is_loaded(self, name):
        return any(row[0] == name and TAKES_MEMORY in row[2] and name not in FOR_LOADING_ONLY
                   for row in self.sections)

    def undefined(self):
        return {row[7] for row in self.symbols if row[6] == "UND" and len(row) > 7}


class Story:
    """What insmod -v says."""

    def __init__(self, text):
        self.rows = [LINE.match(line) for line in text.splitlines()]
        assert all(self.rows), text
        self.steps = [row["step"] for row in self.rows]

    def of(self, step):
        return [row["text"] for row in self.rows if row["step"] == step]

    def matches(self, step, pattern):
        return [found.groups() for found in map(pattern.match, self.of(step)) if found]
