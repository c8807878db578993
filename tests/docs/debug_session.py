# SPDX-License-Identifier: MIT
"""A reader with three terminals: `make debug` in one, gdb in the next, and this shell.

What is typed in a page after a line `$ make ... debug ...` goes where its prompt says: `(gdb) ` to
gdb, `koan# ` to the machine. A line that lets the machine run is answered when it stops again, if
the page's next line is gdb's, and by what the machine prints up to its prompt otherwise. So the
page's order is all that decides, and never how long something takes.
"""

import os
import re
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.realpath(__file__)), os.pardir, "boot"))
from debugger import GDB_PROMPT, KOAN_PROMPT, Terminal, leave_breakpoint  # noqa: E402

HOST = "$ "
RESUMES = re.compile(r"c|continue|finish|until .*|detach")


class DebugSession:
    """From `make debug` to the next command for the shell. Use with `with`."""

    def __init__(self, cwd, env):
        self._options = {"cwd": cwd, "env": {**env, "TERM": "dumb", "COLUMNS": "100"}}
        self._machine = self._gdb = None
        self._stop = ""  # what gdb said when the machine stopped

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        for terminal in (self._gdb, self._machine):
            if terminal:
                terminal.end()

    def play(self, blocks):
        """{block: what it should hold, as text} for blocks in their order."""
        typed = [(block, line) for block in blocks for line in block.lines
                 if line.startswith((HOST, GDB_PROMPT, KOAN_PROMPT))]
        said = {block: "" for block in blocks}
        for (block, line), (_, after) in zip(typed, typed[1:] + [(None, KOAN_PROMPT)]):
            said[block] += line + "\n" + self._type(line, after.startswith(GDB_PROMPT))
        return said

    def _type(self, line, stops):
        """The answer to a line; `stops`: the machine stops at gdb's prompt before it ends."""
        if line.startswith(HOST):
            return self._start(line[len(HOST):])
        if line.startswith(KOAN_PROMPT):
            self._machine.type(line[len(KOAN_PROMPT):])
            self._machine.until(re.escape(line[len(KOAN_PROMPT):]) + "\n")
            return self._run(stops)
        command = line[len(GDB_PROMPT):]
        if command in ("c", "continue"):
            leave_breakpoint(self._gdb, self._stop)
            self._stop = ""
        self._gdb.type(command)
        if not RESUMES.fullmatch(command):
            return self._gdb.answer()
        if command == "detach":
            return self._gdb.answer() + self._machine.answer()
        return self._gdb.until(r"\n") + "\n" + self._run(stops)

    def _run(self, stops):
        """What comes while it runs."""
        if not stops:
            return self._machine.answer()
        self._stop = self._gdb.answer()
        return self._machine.pending() + self._stop

    def _start(self, command):
        words = ["bash", "-c", "exec " + command]
        if not self._machine:
            self._machine = Terminal(words, KOAN_PROMPT, **self._options)
            return self._machine.until(r"(?<=monitor\n)")
        self._gdb = Terminal(words, GDB_PROMPT, **self._options)
        return self._gdb.answer()
