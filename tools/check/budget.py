#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""budget.py: how long functions and files are, and how much is said about them.

A function of more than 60 lines fails the check; those above 40, and files above 300, are listed.
In this project's format a function's body is what stands between a line "{" and a line "}".
"""

import glob
import os
import re
import statistics
import sys

LISTED, FAILING = 40, 60
FILE_LISTED = 300
FOLDERS = ("kernel", "include", "modules", "tools", "tests")
NAME = re.compile(r"(\w+)\(")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def functions(lines):
    """(name, lines of the body) of each function."""
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield name_before(lines, start), number - start - 1
            start = None


def name_before(lines, start):
    """The function whose body starts there: the first name( of its, maybe long, first line."""
    for number in range(start - 1, max(start - 12, -1), -1):
        found = NAME.search(lines[number])
        if found and not lines[number][0].isspace():
            return found.group(1)
    return "?"


def comment_ratio(text):
    """(lines with a comment, lines with code)."""
    commented = sum(c.count("\n") + 1 for c in COMMENT.findall(text))
    code = sum(1 for line in COMMENT.sub("", text).split("\n") if line.strip())
    return commented, code


def main():
    """Prints the report; the exit status."""
    os.chdir(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", ".."))
    paths = sorted(path for folder in FOLDERS
                   for path in glob.glob(f"{folder}/**/*.[ch]", recursive=True)
                   if not path.endswith(".mod.c"))
    lengths, too_long, said = [], 0, [0, 0]
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        lines = text.split("\n")
        if len(lines) - 1 > FILE_LISTED:
            print(f"budget: {path}: {len(lines) - 1} lines")
        for name, length in functions(lines):
            lengths.append(length)
            if length > LISTED:
                print(f"budget: {path}: {name}() has {length} lines"
                      + (f", more than {FAILING}: split it" if length > FAILING else ""))
            too_long += length > FAILING
        said = [a + b for a, b in zip(said, comment_ratio(text))]
    if lengths:
        print(f"budget: {len(lengths)} functions, median {statistics.median(lengths):g} lines, "
              f"{sum(n > LISTED for n in lengths)} above {LISTED}; "
              f"{said[0] / said[1]:.2f} comment lines for each line of code")
    return 1 if too_long else 0


sys.exit(main())
