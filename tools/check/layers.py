#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""layers.py: folders have ranks, and includes point down.

A file of the kernel may include its own folder, folders of a lower rank, and include/; a header in
include/, which is the promise to modules, only include/. A .c file includes a header of its own
folder first, which proves that the header needs nothing before it.
"""

import glob
import os
import re
import sys

RANKS = {"include": 0, "boot": 1, "lib": 1, "cpu": 2, "crypto": 2, "dev": 3, "sym": 3, "log": 4, "mm": 5,
         "sched": 6, "fs": 7, "module": 8, "modprobe": 9, "shell": 10}
MAIN_RANK = 11  # kernel/main.c
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
PUBLIC = ("linux/", "asm/", "koan/", "generated/")  # what lies in include/ and build/include/


def rank(folder):
    """A folder's rank; "" is kernel/ itself."""
    return MAIN_RANK if folder == "" else RANKS.get(folder)


def folder_of(path):
    """"mm" for kernel/mm/heap.c, "" for kernel/main.c, "include" for include/linux/module.h."""
    parts = path.split("/")
    if parts[0] == "include":
        return "include"
    return parts[1] if len(parts) > 2 else ""


def target_folder(path, bracket, name):
    """The folder that an #include of `path` leads to."""
    if name.startswith(PUBLIC):
        return "include"
    if bracket == '"' and "/" not in name:
        return folder_of(path)
    return name.split("/")[0]


def complaints(path):
    """What is wrong with the includes of one file."""
    with open(path, encoding="utf-8") as file:
        includes = INCLUDE.findall(file.read())
    own = folder_of(path)
    short = path[len("kernel/"):] if own != "include" else path
    if rank(own) is None:
        yield f"{path}: the folder {own} has no rank: give it one in tools/check/layers.py"
        return
    for bracket, name in includes:
        target = target_folder(path, bracket, name)
        if rank(target) is None:
            yield f"{short} ({rank(own)}) must not include {name}: no such layer"
        elif target != own and rank(target) >= rank(own):
            yield f"{short} ({rank(own)}) must not include {name} ({rank(target)})"
    if path.endswith(".c") and own:
        first = target_folder(path, *includes[0]) if includes else None
        if first != own:
            yield f"{short}: the first include must be a header of {own}/"


def main():
    """The exit status."""
    os.chdir(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", ".."))
    paths = sorted(glob.glob("kernel/**/*.[ch]", recursive=True)
                   + glob.glob("include/**/*.h", recursive=True))
    found = [text for path in paths for text in complaints(path)]
    for text in found:
        print(f"layers: {text}")
    return 1 if found else 0


sys.exit(main())
