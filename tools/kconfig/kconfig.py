#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kconfig.py: Koan's configuration, for those who have no Kconfig tools, and for the build.

    kconfig.py sync CONFIG OUT              what the build reads, from CONFIG (or defaults without it):
                                            OUT/config/auto.conf for make, OUT/generated/autoconf.h for C
    kconfig.py write CONFIG [FROM]          writes CONFIG anew: from itself, or from another file;
                                            what FROM does not say is as by default ("-": all of it)
    kconfig.py save CONFIG FILE             only what differs from the defaults

Files are written only when their contents change: all objects depend on autoconf.h.
"""

import os
import sys

sys.dont_write_bytecode = True

# pylint: disable=wrong-import-position
from dotconfig import full, minimal, quote, read  # noqa: E402
from syntax import Reader, Wrong  # noqa: E402
from values import Values  # noqa: E402

KCONFIG = "Kconfig"


def update(path, text):
    """Makes the file at path hold text; True when it did not."""
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return False
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.new", path)
    return True


def load(path, lenient=False):
    """(reader, values) of a configuration; with defaults only when path is None."""
    reader = Reader(KCONFIG)
    chosen, warnings = read(reader, path, lenient) if path else ({}, [])
    for text in warnings:
        print(f"warning: {text}", file=sys.stderr)
    return reader, Values(reader.options, chosen)


def set_options(reader, values):
    """(option, value) of all that is not off."""
    return [(option, values[option.name]) for option in reader.options.values()
            if values[option.name] is not None
            and not (option.type in ("bool", "tristate") and values[option.name] == "n")]


def sync(config, out):
    """See above."""
    there = os.path.exists(config)
    reader, values = load(config if there else None)
    make = [f"# Made from {config if there else KCONFIG}.", f"config-source := {config if there else ''}"]
    header = ["/* Made from the configuration. */"]
    for option, value in set_options(reader, values):
        if option.type == "string":
            value = quote(value)
        # To make, $ and # mean something.
        make.append(f"CONFIG_{option.name} := " + value.replace("$", "$$").replace("#", "\\#"))
        if option.type in ("bool", "tristate"):
            header.append(f"#define CONFIG_{option.name}{'_MODULE' if value == 'm' else ''} 1")
        else:
            header.append(f"#define CONFIG_{option.name} {value}")
    update(f"{out}/generated/autoconf.h", "\n".join(header) + "\n")
    path = f"{out}/config/auto.conf"
    update(path, "\n".join(make) + "\n")
    os.utime(path)  # it has been looked at


def write(config, source=None):
    """See above."""
    if source is None and os.path.exists(config):
        source = config
    reader, values = load(None if source in (None, "-") else source, lenient=source == config)
    if update(config, full(reader, values)):
        print(f"  {'CONFIG':7} {config}")


def save(config, target):
    """See above."""
    reader, values = load(config if os.path.exists(config) else None)
    update(target, minimal(reader, values))
    print(f"  {'CONFIG':7} {target}")


def main():
    """The exit status."""
    commands = {"sync": (sync, 2, 2), "write": (write, 1, 2), "save": (save, 2, 2)}
    name, arguments = (sys.argv + [""])[1], sys.argv[2:]
    if name not in commands or not commands[name][1] <= len(arguments) <= commands[name][2]:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        commands[name][0](*arguments)
    except (Wrong, ValueError, OSError) as why:
        print(f"config: {why}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
