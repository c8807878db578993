# SPDX-License-Identifier: MIT
"""docs/messages.md has every message of the loader's sources, and no other."""

import glob
import os
import re

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
PAGE = os.path.join(TOP, "docs", "messages.md")

STRING = r'"(?:[^"\\]|\\.)*"'
CALL = re.compile(r"\b(load_fail|load_fail_unnamed|pr_err|pr_warn|pr_notice)\(\s*"
                  rf"(?:ld,\s*(E\w+),\s*)?((?:{STRING}|[A-Z_]+|\s)+)[,)]")
MACRO = re.compile(rf"#define ([A-Z_]+)\s+({STRING})$", re.MULTILINE)
CONVERSION = re.compile(r"(?:0x)?%[-+ #0]*\d*(?:\.\*)?(?:hh|h|ll|l|z)?(?:p[SsBx]|[a-z])")
# What modules register with, and what is told when they go without taking it back.
REGISTRIES = ["kernel/log/console.c", "kernel/shell/register_command.c", "kernel/dev/irq.c",
              "kernel/dev/ioport.c", "kernel/fs/proc_forget.c"]
NOT_OF_A_LOAD = {"Modules linked in:"}  # a line of an oops


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def _join(pieces, macros):
    """What the compiler makes of string literals, and macros for them, in a row."""
    words = re.findall(rf"{STRING}|[A-Z_]+", pieces)
    return "".join(macros.get(word, word)[1:-1] for word in words)


def messages_of_sources():
    """{message: its error, or None when the call does not name one}."""
    folder = os.path.join(TOP, "kernel", "module")
    macros = dict(MACRO.findall(_read(os.path.join(folder, "load.h"))))
    found = {}
    others = [os.path.join(TOP, path) for path in REGISTRIES]
    for path in sorted(glob.glob(os.path.join(folder, "*.c"))) + others:
        for call, error, pieces in CALL.findall(_read(path)):
            text = _join(pieces, macros).replace('\\"', '"').removesuffix("\\n")
            text = CONVERSION.sub("…", text)
            if call.startswith("pr_"):
                text = text.removeprefix("…: ")  # the module's name, which load_fail() adds itself
            found[text] = error or None
    return {text: error for text, error in found.items() if text not in NOT_OF_A_LOAD}


def messages_of_page():
    """[(message, second cell)] of the tables whose first column is headed `message`."""
    found, wanted = [], False
    for line in _read(PAGE).splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)][1:-1]
        if not cells:
            wanted = False
        elif cells[0] == "message":
            wanted = True
        elif wanted and not cells[0].startswith("---"):
            ticks = "``" if cells[0].startswith("``") else "`"
            message = cells[0].replace("\\|", "|").removeprefix(ticks).removesuffix(ticks).strip()
            found.append((message, cells[1]))
    return found


def test_all_messages_are_on_the_page():
    said = {message for message, _ in messages_of_page()}
    assert sorted(set(messages_of_sources()) - said) == []


def test_the_page_invents_nothing():
    assert sorted({message for message, _ in messages_of_page()} - set(messages_of_sources())) == []


def test_errors_agree():
    """Where the source names the error beside the message, the page has the same."""
    errors = messages_of_sources()
    wrong = [(message, cell, errors[message]) for message, cell in messages_of_page()
             if errors.get(message) and errors[message] != cell]
    assert wrong == []


def test_what_insmod_says():
    """The words of insmod's own table are in its source, or are a libc text of the errno."""
    rows = re.findall(r"^\| `([^`]*)` \| (E\w+) \|", _read(PAGE).split("\n## ")[1], re.MULTILINE)
    source = _read(os.path.join(TOP, "kernel", "shell", "cmd_insmod.c"))
    own = dict((error, text) for error, text in
               re.findall(r'case -(E\w+):\s*return "([^"]*)";', source))
    texts = dict(re.findall(r'\b(E\w+)\b[^"\n]*"([^"]*)"',
                            _read(os.path.join(TOP, "kernel", "lib", "errno.c"))
                            + _read(os.path.join(TOP, "include", "linux", "errno.h"))))
    assert len(rows) >= 7
    assert [(text, error) for text, error in rows if own.get(error, texts.get(error)) != text] == []
