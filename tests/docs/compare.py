# SPDX-License-Identifier: MIT
"""When a transcript is still true: what may differ from one run, or one build, to the next."""

import difflib
import re

PROMPTS = ("$ ", "koan# ", "koan$ ", "(gdb) ")
GAP = "..."  # a line of a page: any number of lines

STAMP = re.compile(r"\[ *\d+\.\d{6}\]")
ADDRESS = re.compile(r"\b(?:0x)?(?:ffff[0-9a-f]{12}|[0-9a-f]{16})\b")
OFFSET = re.compile(r"\+0x[0-9a-f]+/0x[0-9a-f]+")
MAKE_LINE = re.compile(r"(\.mk|Makefile):\d+:")  # in make's "*** [FILE:LINE: TARGET] Error 1"
USECS = re.compile(r"\bafter \d+ usecs\b")  # of initcall_debug
SOURCE_LINE = re.compile(r"^\d+(?=\t)|(?<=\bkernel/)([\w/]+\.[ch]):\d+", re.MULTILINE)  # as gdb prints them
KERNEL_LINE = re.compile(r"(\bfile kernel/[\w/]+\.[ch], line )\d+")
KSYM_COUNTS = re.compile(r"\b\d+(?= of the (?:names of symbols|kernel's exports)\b)")  # probes of ksym
KSYM_SIZE = re.compile(r"\b0x[0-9a-f]+(?= bytes to the next symbol)")
PROBES = re.compile(r"\b(__ksymtab\w*|modules) \(\d+\)")  # the same, as insmod -v says it
CRC = re.compile(r"(?<=CRC |ted |re, )0x[0-9a-f]{8}\b(?=,| in the file|$)", re.MULTILINE)  # in its lines: other types
BUILD_ID = re.compile(r"\b[0-9a-f]{40}\b")


def normal(lines, exact):
    """Time stamps, times taken, build ids, lines of the kernel and code offsets are all alike. Each
    address becomes its number in order of appearance: it may change, but where one stands twice it
    must do so again."""
    numbers = {}

    def number(match):
        return "@" + str(numbers.setdefault(match.group().removeprefix("0x"), len(numbers)))

    text = STAMP.sub("[    0.000000]", "\n".join(line.rstrip() for line in lines))
    text = KSYM_SIZE.sub("0xSIZE", KSYM_COUNTS.sub("N", text))
    text = USECS.sub("after N usecs", text)
    text = CRC.sub("0xCRC", PROBES.sub(r"\1 (N)", text))
    text = MAKE_LINE.sub(r"\1:LINE:", BUILD_ID.sub("BUILD-ID", text))
    text = SOURCE_LINE.sub(lambda match: f"{match.group(1)}:LINE" if match.group(1) else "LINE", text)
    text = KERNEL_LINE.sub(r"\1LINE", text)
    if not exact:
        text = ADDRESS.sub(number, OFFSET.sub("+0xOFFSET/0xSIZE", text))
    return text.split("\n")


def matches(said, done):
    """Do the lines `done` fit the lines `said`, in which GAP stands for any lines?"""
    if GAP not in said:
        return said == done
    at = said.index(GAP)
    if done[:at] != said[:at]:
        return False
    rest = said[at + 1:]
    return any(matches(rest, done[start:]) for start in range(at, len(done) + 1))


def typed(lines):
    """The lines that a reader types, and no answers."""
    return [line for line in lines if line.startswith(PROMPTS)]


def difference(said, done, directives):
    """None when the page tells the truth, else what differs, as text."""
    exact = "exact" in directives
    if "sample" in directives:
        said, done = typed(said), typed(done)
    if GAP in said:
        # What is left out may have addresses, so numbers would not agree.
        numbered = [[ADDRESS.sub("@", line) for line in normal(lines, True)]
                    for lines in (said, done)]
        plain = [[OFFSET.sub("+0xOFFSET/0xSIZE", line) for line in lines] for lines in numbered]
    else:
        plain = [normal(said, exact), normal(done, exact)]
    if matches(*plain):
        return None
    return "\n".join(difflib.unified_diff(*plain, "the page", "the system", lineterm="", n=3))
