# SPDX-License-Identifier: MIT
"""Does what a page tells its reader to do, in the page's order, and keeps what came out.

Lines `$ ...` are typed into a shell on this machine, in a new home folder in which `koan` is the
repository, so that ~/koan means to the tests what it means to the reader. Lines `koan# ...` under
such a command are its input: so `make run` is tested as it is written. Other `koan# ` lines are
typed, all that belong to one boot together, through tools/koan; so are lines `koan$ ...`. `make debug`
begins a session with gdb, which debug_session.py types, with lines `(gdb) ...`.
"""

import os
import re
import shlex
import subprocess
import tempfile

from debug_session import DebugSession
from markdown import Boot

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
HOME = "/home/you"  # what pages say for the reader's home folder
HOST, GUEST = "$ ", ("koan# ", "koan$ ")  # root's and student's
STARTS_DEBUGGING = re.compile(re.escape(HOST) + r"make .*\bdebug\b")
SECONDS = 300  # for one host command


def clean_environment():
    """The environment without what an outer `make V=1 test` leaves in it."""
    return {key: value for key, value in os.environ.items()
            if "MAKE" not in key and key not in ("MFLAGS", "M", "V", "W", "MODULES", "APPEND")}


class Reader:
    """Plays one page. Use with `with`: the end removes the home folder."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="koan-docs-")
        self._home = os.path.realpath(self._folder.name)
        self._cwd = self._home
        self._status = 0
        self._files, self._guest = [], []
        self._debugging = []  # blocks from `make debug` on
        self.outcome = {}  # Block: the lines that it should hold
        os.symlink(TOP, os.path.join(self._home, "koan"))

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._folder.cleanup()

    def play(self, page_events):
        """Fills self.outcome."""
        for event in page_events:
            if isinstance(event, Boot):
                self._run_debugger()
                self._run_guest()
                self._files = [self._path(name) for name in event.files]
            elif "file" in event.directives:
                self._write(event)
            elif event.language == "console":
                self._console(event)
        self._run_debugger()
        self._run_guest()

    def _path(self, name):
        return os.path.join(self._home, name)

    def _write(self, block):
        path = self._path(block.directives["file"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(block.lines) + "\n")

    # --- the reader's own machine ---

    def _console(self, block):
        first = block.lines[0] if block.lines else ""
        if self._debugging and first.startswith(HOST) and not first.startswith(HOST + "gdb "):
            self._run_debugger()
        if self._debugging or STARTS_DEBUGGING.match(first):
            self._debugging.append(block)
            return
        if first.startswith(GUEST):
            self._guest.append(block)
            return
        outcome, commands = [], []
        for line in block.lines:
            if line.startswith(HOST):
                commands.append((line, []))
            elif line.startswith(GUEST) and commands:
                commands[-1][1].append(_typed(line))
        for line, typed in commands:
            outcome += [line] + self._host(line[len(HOST):], typed)
        self.outcome[block] = outcome

    def _host(self, command, typed):
        """The output of `command`, typed where the last one ended, as lines."""
        where = os.path.join(self._home, ".where")
        script = (f"(exit {self._status})\n{command}\n"
                  f"koan_status=$?\npwd >{where}\nexit $koan_status")
        env = {**clean_environment(), "HOME": self._home, "LC_ALL": "C", "PWD": self._cwd}
        done = subprocess.run(
            ["bash", "-c", script], cwd=self._cwd, env=env, timeout=SECONDS, check=False,
            input="".join(line + "\n" for line in typed).encode(),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self._status = done.returncode
        with open(where, encoding="utf-8") as file:
            self._cwd = file.read().rstrip("\n")
        return self._as_reader(done.stdout)

    def _as_reader(self, output):
        """Lines as they look when the repository is ~/koan."""
        text = output.decode("utf-8", "backslashreplace")
        text = text.replace(os.path.join(self._home, "koan"), f"{HOME}/koan")
        text = text.replace(self._home, HOME).replace(TOP, f"{HOME}/koan")
        return text.splitlines()

    # --- the machine, with gdb ---

    def _run_debugger(self):
        """Plays all blocks that wait for it in one session."""
        if not self._debugging:
            return
        env = {**clean_environment(), "HOME": self._home, "LC_ALL": "C", "PWD": self._cwd}
        with DebugSession(self._cwd, env) as session:
            for block, text in session.play(self._debugging).items():
                self.outcome[block] = self._as_reader(text.encode())
        self._debugging = []

    # --- the guest ---

    def _run_guest(self):
        """Boots once, types what all the waiting blocks type, deals the transcript out to them."""
        if not self._guest:
            return
        typed = [_typed(line) for block in self._guest for line in block.lines
                 if line.startswith(GUEST)]
        options = [word for name in self._files for word in ("--module", name)]
        options += [word for line in typed for word in ("-c", line)]
        lines = self._host(shlex.join([os.path.join(TOP, "tools", "koan"), "exec", "--drivers"] + options), [])
        rest = iter(_split(lines, typed))
        for block in self._guest:
            count = sum(line.startswith(GUEST) for line in block.lines)
            self.outcome[block] = [line for _ in range(count) for line in next(rest, [])]
        self._guest = []


def _typed(line):
    """What stands behind the prompt, whosever it is."""
    return line[len(GUEST[0]):]


def _split(lines, typed):
    """The transcript as one list of lines for each command typed."""
    parts = []
    for line in lines:
        if len(parts) < len(typed) and line.startswith(GUEST) \
                and _typed(line).rstrip() == typed[len(parts)].rstrip():
            parts.append([])
        if parts:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def play(page_events):
    """{Block: lines} of what the page's commands do today."""
    with Reader() as reader:
        reader.play(page_events)
        return reader.outcome
