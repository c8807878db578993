# SPDX-License-Identifier: MIT
"""Configurations as files: .config and its like, in the format that all Kconfig tools share.

    CONFIG_KALLSYMS=y
    # CONFIG_PRINTK_TIME is not set
    CONFIG_LOG_BUF_SHIFT=16
    CONFIG_DEFAULT_HOSTNAME="koan"
"""

import difflib
import re

from syntax import Menu, Wrong
from values import Values, complaint

SET = re.compile(r"CONFIG_(\w+)=(.*)")
UNSET = re.compile(r"# CONFIG_(\w+) is not set")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unquote(text):
    """The text of a string literal; None when it is none."""
    found = STRING.fullmatch(text)
    return re.sub(r"\\(.)", r"\1", found.group(1)) if found else None


def quote(text):
    """And back."""
    return '"' + re.sub(r'([\\"])', r"\\\1", text) + '"'


def parse(path):
    """{name: (value as written, line number)} of a file; a line that is none is an error."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            match = SET.fullmatch(line)
            unset = UNSET.fullmatch(line)
            if match:
                found[match.group(1)] = (match.group(2), number)
            elif unset:
                found[unset.group(1)] = ("n", number)
            elif line.strip() and not line.startswith("#"):
                raise Wrong(path, number, f"CONFIG_NAME=VALUE was expected, not: {line}")
    return found


def unknown(options, name):
    """What to say of an option that is not in Kconfig."""
    near = difflib.get_close_matches(name, options, 1)
    return f"CONFIG_{name}: Kconfig has no such option" + (f"; is CONFIG_{near[0]} meant?" if near else "")


def read(reader, path, lenient=False):
    """(values by name, warnings). Lenient: what nobody knows is warned of, not refused."""
    chosen, warnings = {}, []
    written = parse(path)
    for name, (text, number) in written.items():
        option = reader.options.get(name)
        if not option:
            if not lenient:
                raise Wrong(path, number, unknown(reader.options, name))
            warnings.append(f"{path}:{number}: {unknown(reader.options, name)}")
            continue
        chosen[name] = unquote(text) if option.type == "string" else text
        if chosen[name] is None:
            raise Wrong(path, number, f"CONFIG_{name}={text}: a text in double quotes was expected")
    values = Values(reader.options, chosen)
    for name, value in chosen.items():
        option, number = reader.options[name], written[name][1]
        why = complaint(option, value, values.range(option))
        if why:
            raise Wrong(path, number, f"CONFIG_{name}={written[name][0]}: {why}")
        if option.prompt and (values[name] or "n") != value and value not in ("n", ""):
            warnings.append(f"{path}:{number}: CONFIG_{name}={written[name][0]} has no effect: "
                            "what it depends on is not so")
    return chosen, warnings


def line_of(option, value):
    """One line of a configuration."""
    if value == "n" and option.type in ("bool", "tristate"):
        return f"# CONFIG_{option.name} is not set"
    return f"CONFIG_{option.name}={quote(value) if option.type == 'string' else value}"


def full(reader, values):
    """A configuration that leaves nothing to defaults."""
    lines = ["#", "# Koan's configuration. Change it with `make menuconfig`, or here.", "#"]
    for entry in reader.entries:
        if isinstance(entry, Menu):
            lines += ["", "#", f"# {entry.title}", "#"]
        elif values[entry.name] is not None and (values[entry.name] != "n" or values.is_asked(entry)):
            lines.append(line_of(entry, values[entry.name]))
    return "\n".join(lines) + "\n"


def minimal(reader, values):
    """Only what differs from the defaults."""
    lines = [line_of(option, values[option.name]) for option in reader.options.values()
             if values.is_asked(option) and values[option.name] != values.default(option)]
    return "".join(f"{line}\n" for line in lines)
