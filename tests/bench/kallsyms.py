#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kallsyms.py [FILE]: what the symbol table of a list takes, and what looking up in it costs.

tools/kallsyms makes the table as it makes the kernel's. The assembler's object is linked to the
kernel's own objects table.o and names.o and to kallsyms_lookups.c, which looks up every symbol by
its name and by its address and checks each answer against the list. callgrind counts the
instructions between the call of a lookup and its return, and nothing else: the figures do not
depend on the machine.

FILE holds `nm` lines or /proc/kallsyms of any system, read by a user who may see addresses; rows
of modules are left out. It may be compressed with gzip. Without FILE: a made-up list, of
kallsyms_list.py. Run by `make bench-kallsyms LIST=FILE`, which builds what is needed here.
"""

import functools
import gzip
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

from kallsyms_list import made_up_list  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.join(TOP, "build")
KALLSYMS = os.path.join(BUILD, "tools", "kallsyms")
OBJECTS = [os.path.join(BUILD, name) for name in
           ("bench/kallsyms_lookups.o", "kernel/sym/table.o", "kernel/sym/names.o")]
QUESTIONS = {"names": "name_to_address", "addresses": "address_to_name"}


class Failed(Exception):
    """A step failed; the message is what it said."""


def run(command, text=b""):
    result = subprocess.run(command, input=text, capture_output=True, check=False)
    if result.returncode:
        raise Failed(result.stderr.decode(errors="replace").strip())
    return result.stdout


def figures(text):
    """{part: bytes}, and "symbols", as the tool tells them."""
    rows = run([KALLSYMS, "--all", "--figures"], text).decode().splitlines()[1:]
    return {row[:16].strip(): int(row[16:].split()[0]) for row in rows}


def link(text, folder):
    """A program that has the table of this list; and the list as the table has it."""
    source, table, program = (os.path.join(folder, name) for name in ("t.S", "t.o", "lookups"))
    with open(source, "wb") as out:
        out.write(run([KALLSYMS, "--all"], text))
    run(["gcc", "-c", "-o", table, source])
    run(["gcc", "-no-pie", "-z", "noexecstack", "-Wl,-S", "-o", program, *OBJECTS, table])
    return program, run([KALLSYMS, "--all", "--map"], text)


def section_size(folder):
    rows = run(["size", "-A", os.path.join(folder, "t.o")]).decode()
    return int(re.search(r"^\.kallsyms\s+(\d+)", rows, re.MULTILINE).group(1))


def instructions(program, listed, question):
    """(instructions of all lookups, how many lookups) for one of QUESTIONS."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               f"--toggle-collect={QUESTIONS[question]}", program, question]
    result = subprocess.run(command, input=listed, capture_output=True, check=False)
    said = result.stderr.decode(errors="replace")
    counted = re.search(r"Collected : (\d+)", said)
    if result.returncode or not counted:
        raise Failed(said)
    return int(counted.group(1)), int(result.stdout)


def measure(text):
    """{figure: number} of the list with these lines."""
    parts = figures(text)
    with tempfile.TemporaryDirectory() as folder:
        program, listed = link(text, folder)
        if section_size(folder) != parts["all"]:
            raise Failed(f"{parts['all']} bytes were added up, {section_size(folder)} are there")
        result = {"parts": parts, "symbols": parts["symbols"],
                  "bytes": parts["all"] / parts["symbols"]}
        with ThreadPoolExecutor() as pool:  # both at once: counting is slow
            answers = pool.map(functools.partial(instructions, program, listed), QUESTIONS)
        for question, (counted, lookups) in zip(QUESTIONS, answers):
            result[question] = counted / lookups
    return result


def read_list(path):
    with open(path, "rb") as stream:
        data = stream.read()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def main():
    if len(sys.argv) > 2:
        sys.exit("usage: kallsyms.py [FILE]")
    try:
        result = measure(read_list(sys.argv[1]) if len(sys.argv) == 2 else made_up_list())
    except (Failed, OSError, EOFError) as error:
        sys.exit(f"kallsyms.py: {error}")
    for part, size in result["parts"].items():
        if part not in ("all", "symbols"):
            print(f"{part:16} {size:9} bytes {size / result['symbols']:8.3f} a symbol")
    print(f"{'the table':16} {result['parts']['all']:9} bytes {result['bytes']:8.3f} a symbol")
    print(f"{'symbols':16} {result['symbols']:9}, each found by its name and by its address")
    print(f"name to address  {result['names']:9.0f} instructions on average")
    print(f"address to name  {result['addresses']:9.0f} instructions on average")


if __name__ == "__main__":
    main()
