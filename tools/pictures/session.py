# SPDX-License-Identifier: MIT
"""One session with a live Koan: everything that the pictures show is asked for here.

Drivers as after every boot, and two modules of modules/examples/export, of which one needs the
other. The console is asked what a person would ask; nothing is known beforehand but the names.
"""

import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.append(os.path.join(TOP, "tools"))
from koanlib import elf, find_modules  # noqa: E402

LOADED = "visitor"  # modprobe brings what it needs
SHOWN = "greeter"  # whose file is shown beside its memory
RANGE = re.compile(r"0x([0-9a-f]{16})-0x([0-9a-f]{16}) +\d+K (r[w-][x-]) (.+)")
PROMPT = "koan# "


class Range:
    """A line of ptdump."""

    def __init__(self, start, end, permissions, who):
        self.start, self.end = int(start, 16), int(end, 16)
        self.permissions, self.who = permissions, who


class Session:
    """What the console said, taken apart."""

    def __init__(self):
        files = find_modules.index(find_modules.DEFAULT_FOLDERS)
        sections = f"/sys/module/{SHOWN}/sections"
        said = _type(f"modprobe {LOADED}", "ptdump", "cat /proc/modules", "cat /proc/kallsyms",
                     f"grep '' {sections}/.[a-z]* {sections}/*")
        *ranges, self.verdict = said[1]
        self.ranges = [Range(*RANGE.fullmatch(line).groups()) for line in ranges]
        self.modules = [line.split()[0] for line in said[2]]
        self.files = {name: elf.Elf(files[name][0]) for name in self.modules}
        self.kallsyms = [_symbol(line) for line in said[3]]
        self.sections = {line.split(":")[0].rsplit("/", 1)[1]: int(line.split(":")[1], 16)
                         for line in said[4]}

    def address(self, name):
        """Of a symbol of the kernel."""
        return next(address for address, _, symbol, module in self.kallsyms
                    if symbol == name and not module)

    def exporters(self):
        """{exported name: its module; "kernel" for the kernel}: who has a row for it."""
        prefix = "__ksymtab_"
        return {name[len(prefix):]: module or "kernel" for _, _, name, module in self.kallsyms
                if name.startswith(prefix)}


def _symbol(line):
    address, letter, name, *module = line.split()
    return int(address, 16), letter, name, module[0].strip("[]") if module else ""


def _type(*commands):
    """[[line]] of what each command printed."""
    words = [os.path.join(TOP, "tools", "koan"), "exec", "--drivers"]
    for command in commands:
        words += ["-c", command]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    parts = done.stdout.split(PROMPT)[1:]
    if done.returncode or len(parts) != len(commands):
        last = "\n".join(done.stdout.splitlines()[-20:])
        raise SystemExit(f"pictures: the session went wrong (status {done.returncode}):\n{last}")
    return [part.splitlines()[1:] for part in parts]
