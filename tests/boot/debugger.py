# SPDX-License-Identifier: MIT
"""Two terminals side by side: `tools/koan debug` in one, gdb in the other.

Nothing waits for a time to pass: gdb's answer ends with its prompt, the machine's with its own.
After resume() gdb's prompt comes only when the machine stops again; stopped() waits for that.
"""

import os
import re
import select
import signal
import subprocess
import sys
import time

import harness

sys.path.append(os.path.join(harness.TOP, "tools"))
from koanlib.terminal import Cleaner  # noqa: E402

GDB_PROMPT = "(gdb) "
KOAN_PROMPT = "koan# "


class Terminal:
    """A program that answers each line it gets, and ends its answer with a prompt."""

    def __init__(self, words, prompt, **options):
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT, bufsize=0,
                                         start_new_session=True, **options)
        self._cleaner = Cleaner()
        self._prompt = prompt
        self._held = ""

    def _read(self, deadline):
        """More of the output; False at its end."""
        out = self._process.stdout
        wait = max(0, deadline - time.monotonic())
        assert select.select([out], [], [], wait)[0], f"hangs behind: {self._held!r}"
        data = os.read(out.fileno(), 65536)
        self._held += self._cleaner.feed(data).decode(errors="replace")
        return bool(data)

    def until(self, found):
        """What came up to where `found` (a pattern) begins; what is behind its end is kept."""
        deadline = time.monotonic() + harness.HANG_SECONDS
        while True:
            match = re.search(found, self._held)
            if match:
                text, self._held = self._held[:match.start()], self._held[match.end():]
                return text
            assert self._read(deadline), f"ended behind: {self._held!r}"

    def answer(self):
        """What came before the prompt that is the last thing there is."""
        return self.until(re.escape(self._prompt) + r"\Z")

    def pending(self):
        """What has come already, whole lines of it."""
        while select.select([self._process.stdout], [], [], 0)[0] and self._read(time.monotonic()):
            pass
        end = self._held.rfind("\n") + 1
        text, self._held = self._held[:end], self._held[end:]
        return text

    def type(self, line):
        """A line and Enter."""
        self._process.stdin.write(line.encode() + b"\n")

    def signal(self, number):
        """To the program."""
        self._process.send_signal(number)

    def end(self):
        """Ends the program and all that it started, if it has not ended yet."""
        self._process.stdin.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
        self._process.stdout.close()


def leave_breakpoint(gdb, stop):
    """Before the machine goes on from `stop`, which is what gdb said when it stopped.

    To go on from a breakpoint gdb takes one step without it. QEMU may count as that step that an
    interrupt came; then gdb meets the same breakpoint again, and a reader shrugs and types
    `continue` once more. Here the step is taken by hand, until the instruction is another one.
    """
    def place():
        gdb.type("output/x $pc")
        return gdb.answer()

    if not re.search(r"^Breakpoint \d+, ", stop, re.MULTILINE):
        return
    here = place()
    for _ in range(100):
        gdb.type("stepi")
        gdb.answer()
        if place() != here:
            return
    raise AssertionError(f"never leaves {here}")


class Debugger:
    """A machine that is paused before its first instruction, and gdb, which knows it."""

    def __init__(self, folder, modules=(), drivers=False, directory=None):
        self.gdbinit = os.path.join(str(folder), "gdbinit")
        self._options = harness.arguments(modules=modules, drivers=drivers)
        self._stop = ""
        self._directory = directory
        self._start_machine()
        self.terminal = Terminal(["gdb", "-q", "-nx", "-iex", "set width 0", "-x", self.gdbinit], GDB_PROMPT, cwd=directory,
                                 env={**os.environ, "TERM": "dumb", "LC_ALL": "C"})
        self.greeting = self.terminal.answer()

    def _start_machine(self):
        self.machine = Terminal([harness.KOAN, "debug", "--gdbinit", self.gdbinit] + self._options,
                                KOAN_PROMPT, cwd=self._directory)
        self.told = self.machine.until(r"Ctrl-A X quits[^\n]*\n")

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.terminal.end()
        self.machine.end()

    def restart_machine(self):
        """Another machine, which gdb does not know yet."""
        self.machine.end()
        self._start_machine()

    def gdb(self, command):
        """What gdb answers."""
        self.terminal.type(command)
        return self.terminal.answer()

    def resume(self, command="continue"):
        """The machine runs; gdb answers when it stops."""
        leave_breakpoint(self.terminal, self._stop)
        self._stop = ""
        self.terminal.type(command)
        self.terminal.until("Continuing\\.\n")

    def interrupt(self):
        """Ctrl-C: stops it wherever it is; returns what gdb says."""
        self.terminal.signal(signal.SIGINT)
        return self.stopped()

    def stopped(self):
        """What gdb says when the machine has stopped."""
        self._stop = self.terminal.answer()
        return self._stop

    def boot(self):
        """Runs it up to its prompt."""
        self.resume()
        self.machine.answer()

    def type(self, line):
        """At the machine's prompt, while it runs."""
        self.machine.type(line)

    def run(self, line):
        """As type(), and waits for the next prompt; returns what came before it."""
        self.type(line)
        self.machine.until(re.escape(line) + "\n")
        return self.machine.answer()
