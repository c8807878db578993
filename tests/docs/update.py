#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""update.py PAGE...: plays the pages' transcripts and writes what came out into the pages.

Blocks that are still true are left as they are, so that `git diff` shows what changed. Read it:
the system may be wrong, and the prose around a block may have become so. A block with a line "..."
is only reported: nobody but its author knows what it leaves out.
"""

import os
import sys

sys.dont_write_bytecode = True

import compare  # noqa: E402
import markdown  # noqa: E402
import reader  # noqa: E402


def update(page):
    """Returns the blocks that a person must look at."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    lines = text.splitlines()
    outcome = reader.play(markdown.events(os.path.relpath(page, reader.TOP), text))
    left = []
    for block, done in sorted(outcome.items(), key=lambda item: -item[0].line):
        difference = compare.difference(block.lines, done, block.directives)
        if difference and compare.GAP in block.lines:
            left.append(f"{block}\n{difference}")
        elif difference:
            lines[block.line:block.line + len(block.lines)] = [line.rstrip() for line in done]
    with open(page, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return left


if __name__ == "__main__":
    todo = [entry for page in sys.argv[1:] for entry in update(os.path.realpath(page))]
    print("\n\n".join(todo), end="\n" if todo else "")
    sys.exit(1 if todo or not sys.argv[1:] else 0)
