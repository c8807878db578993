#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""compile_commands.py OUT: a compilation database (clang's JSON format) of all that is built.

Every compilation leaves a file .OBJECT.cmd beside its object, with make assignments
"cmd_OBJECT := COMMAND" and "source_OBJECT := SOURCE"; so the database is complete although make
compiled only a part this time. Entries of sources that are gone are left out.
"""

import json
import os
import re
import sys

LINE = re.compile(r"^(cmd|source)_\S+ := (.*)$", re.MULTILINE)
MAKE_ESCAPES = [("$(hash)", "#"), ("$$", "$")]


def entry(path):
    """The database entry of one .cmd file; None when it is no compilation, or is out of date."""
    with open(path, encoding="utf-8") as file:
        fields = dict(LINE.findall(file.read()))
    if "source" not in fields or not os.path.exists(fields["source"]):
        return None
    command = fields["cmd"]
    for escaped, plain in MAKE_ESCAPES:
        command = command.replace(escaped, plain)
    return {"directory": os.getcwd(), "file": fields["source"], "command": command}


def main():
    """Reads all of build/; an OUT that would stay the same is not touched."""
    entries = []
    for folder, _, files in os.walk("build"):
        for name in files:
            if name.startswith(".") and name.endswith(".o.cmd"):
                entries.append(entry(os.path.join(folder, name)))
    found = sorted((e for e in entries if e), key=lambda e: (e["file"], e["command"]))
    text = json.dumps(found, indent=1) + "\n"
    path = sys.argv[1]
    if not os.path.exists(path) or open(path, encoding="utf-8").read() != text:
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)


main()
