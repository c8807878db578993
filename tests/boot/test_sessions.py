# SPDX-License-Identifier: MIT
"""Sessions typed again: what the tools and the kernel say must be what the record says.

The records are facts about Linux and kmod, in sessions/; the tutorial's says how to read one.
"""

import os
import re

import pytest

from conftest import HERE

STATUS = re.compile(r"\[status (\d+)\]")


def read_session(name):
    """[(command, output, status, log)] of a record."""
    blocks = []
    with open(os.path.join(HERE, "sessions", name), encoding="utf-8") as file:
        text = file.read()
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        at = next(i for i, line in enumerate(lines) if STATUS.fullmatch(line))
        status = int(STATUS.fullmatch(lines[at]).group(1))
        log = [line.strip() for line in lines[at + 1:] if line.startswith("    ")]
        blocks.append((command, lines[:at], status, log))
    return blocks


def without_particulars(lines):
    """As the records are written: no addresses, no sizes, no version magic."""
    out = []
    for line in lines:
        line = re.sub(r"\b[0-9a-f]{16}\b", "ADDR", line)
        line = re.sub(r"\b0x[0-9a-f]{16}\b", "0xADDR", line)
        line = re.sub(r"\+0x[0-9a-f]+/0x[0-9a-f]+", "+OFF", line)
        line = re.sub(r"^(\w+ +)\d+(  \d+.*)$", r"\1SIZE\2", line)
        line = re.sub(r"^(\w+ )\d+( \d+ \S+ \w+ 0xADDR.*)$", r"\1SIZE\2", line)
        line = re.sub(r"version magic '[^']*' should be '[^']*'$",
                      "version magic 'OTHER' should be 'RELEASE'", line)
        line = re.sub(r"^(srcversion: +)[0-9A-F]+$", r"\1VERSION", line)
        out.append(re.sub(r"^(vermagic: +)\S.*$", r"\1RELEASE", line))
    return out


# Of an oops, what differs from machine to machine, and the kernel's own part of the trace.
OF_AN_OOPS = re.compile(r"CPU: |Code:|Call Trace:|---\[|(R(?!IP)\w\w|CR\d): | .*\+0x[0-9a-f]+/0x[0-9a-f]+$")


def without_registers(lines):
    return [line.strip() for line in lines if not OF_AN_OOPS.match(line)]


# Lines whose order among each other is the compiler's: the file's symbols and tags.
ANY_ORDER = re.compile(r"^ADDR . |: Unknown symbol |^(license|depends|name|vermagic): ")


def comparable(lines):
    """lsmod pads its columns by the size's width, which the records do not tell; of lines that may
    come in any order, all stand where the first stood, sorted. (test_symbols.py looks at the order
    of symbols, tests/kit at that of tags.)"""
    lines = [re.sub(r" +SIZE", " SIZE", line) for line in lines]
    first = next((i for i, line in enumerate(lines) if ANY_ORDER.search(line)), 0)
    return [line for _, line in sorted(
        (first, line) if ANY_ORDER.search(line) else (i + 0.5, line)
        for i, line in enumerate(lines))]


def agree(want, got):
    """Whether two lists of lines are the same; "+ WORDS" stands for a line with these words."""
    return len(want) == len(got) and all(
        all(word in b for word in a[2:].split()) if a.startswith("+ ") else a == b
        for a, b in zip(want, got))


def replay(console, blocks):
    """Types every command; returns what differed, as text."""
    wrong = []
    for command, output, status, log in blocks:
        result = console.run(command)
        want = comparable(output), comparable(log), status
        log = without_particulars(without_registers(result.log))
        got = comparable(without_particulars(result.lines)), comparable(log), result.status
        if not (agree(want[0], got[0]) and agree(want[1], got[1]) and want[2] == got[2]):
            wrong.append(f"# {command}\nexpected {want}\ngot      {got}")
    return "\n\n".join(wrong)


def test_tutorial(boot, tutorial):
    blocks = read_session("tutorial.txt")
    assert len(blocks) == 26
    console = boot(modules=tutorial.values())
    before = console.counts()
    wrong = replay(console, blocks)
    assert not wrong, wrong
    console.ok("rm bad.ko trunc.ko")
    assert console.counts() == before


def test_errors(boot, errors):
    blocks = read_session("errors.txt")
    assert len(blocks) == 40
    wrong = replay(boot(modules=errors.values()), blocks)
    assert not wrong, wrong


def test_a_record_that_differs_is_seen(plain):
    """The judge itself: each of the three parts of a block counts."""
    right = ("echo one", ["one"], 0, [])
    assert not replay(plain, [right])
    for wrong in (("echo one", ["two"], 0, []), ("echo one", ["one"], 1, []),
                  ("echo one", ["one"], 0, ["a message"])):
        assert replay(plain, [wrong])


@pytest.mark.parametrize("line, want", [
    ("ffffffffc020b000 T f\t[m]", "ADDR T f\t[m]"),
    ("lender                 16384  1 borrower", "lender                 SIZE  1 borrower"),
    ("vermagic:       0.1.0 mod_unload ", "vermagic:       RELEASE"),
])
def test_particulars(line, want):
    assert without_particulars([line]) == [want]
