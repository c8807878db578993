# SPDX-License-Identifier: MIT
"""Types commands at the prompt and prints the transcript: prompt, command, output.

A command is typed when the output ends with a prompt. Should that be a command's own words, the
line is typed early, and waits in the guest until its shell reads: the transcript is the same.
"""

import re
import secrets
import time

from .errors import EXIT_MACHINE, EXIT_PANIC, EXIT_TIMEOUT, TimeOut
from .terminal import Cleaner

ANY_PROMPT = re.compile(rb"koan[#$] ")
PROMPT = re.compile(ANY_PROMPT.pattern + rb"\Z")  # nothing has come after it
FIRST_MESSAGE = re.compile(rb"^\[ +0\.\d{6}\] ", re.MULTILINE)  # before it, firmware speaks
TAIL_LINES = 12


class Ended(Exception):
    """The machine is off."""


class Session:
    """One boot. `out` takes bytes; `say` takes a line for the user."""

    def __init__(self, machine, out, say, timeout):
        self._machine = machine
        self._out = out
        self._say = say
        self._timeout = timeout
        self._deadline = None
        self._cleaner = Cleaner()
        self._booted = False
        self._held = b""  # read, not printed: the boot, or the last line, which may be a prompt
        self._fresh = False  # something was read since the last line was typed
        self._tail = b""
        self._waiting_for = "the first prompt"
        self._typed = b""
        self.extend()

    def extend(self):
        """The time that is left counts from now."""
        if self._timeout is not None:
            self._deadline = time.monotonic() + self._timeout

    # --- the whole ---

    def run(self, commands):
        """Types each of `commands`, bytes, which may come as they are typed elsewhere.

        Returns the exit status.
        """
        todo = iter(commands)
        try:
            self._wait_for_prompt()
            for command in todo:
                self._type(command)
                self._wait_for_prompt()
            return self._finish()
        except Ended:
            return self._explain_end(list(todo) if isinstance(commands, list) else [])
        except TimeOut as err:
            self._explain_time_out(err)
            return EXIT_TIMEOUT

    # --- reading ---

    def _read(self):
        data = self._machine.read(self._deadline)
        if data is None:
            raise TimeOut(f"time-out after {self._timeout:g} s, waiting for {self._waiting_for}")
        if not data:
            raise Ended
        data = self._cleaner.feed(data)
        self._fresh = self._fresh or bool(data)
        self._held += data
        self._tail = (self._tail + data)[-4096:]

    def _wait_for_prompt(self):
        while not (self._fresh and PROMPT.search(self._held)):
            self._read()
            if self._booted:
                self._print_lines()
        if not self._booted:
            self._booted = True
            self._held = PROMPT.search(self._held).group()

    def _print_lines(self):
        end = self._held.rfind(b"\n") + 1
        self._print(self._held[:end])
        self._held = self._held[end:]

    def _print(self, data):
        self._out.write(data)
        self._out.flush()

    # --- typing ---

    def _type(self, command):
        # A tab would ask the guest's line editor to complete a word.
        self._typed = command.replace(b"\t", b" ")
        self._waiting_for = "the prompt after: " + command.decode(errors="replace")
        self._fresh = False
        self._machine.write(self._typed + b"\r")

    # --- the end ---

    def _finish(self):
        """Asks for the last command's status, unseen, and ends the machine."""
        mark = b"status-" + secrets.token_hex(8).encode()
        question = b"echo " + mark + b"=$?; poweroff"
        answer = re.compile(rb"^" + mark + rb"=(\d+)\n", re.MULTILINE)
        self._type(question)
        self._waiting_for = "the last command's status"
        while not answer.search(self._held):
            self._read()
        found = answer.search(self._held)
        # The last prompt before the answer is the one at which it was asked for.
        asked = list(ANY_PROMPT.finditer(self._held, 0, found.start()))[-1]
        self._print(self._held[:asked.start()])
        self._held = self._held[found.end():]
        return self._power_off(int(found.group(1)))

    def _power_off(self, status):
        """Waits for the end; a user who may not power off gets a prompt instead."""
        self._waiting_for = "the machine to power off"
        try:
            while not PROMPT.search(self._held):
                self._read()
            return status
        except Ended:
            end = self._machine.wait()
            if end.powered_off:
                return status
            self._print(self._held)
            self._say(f"at power-off: {end.describe()}")
            return end.status

    def _explain_end(self, todo):
        end = self._machine.wait()
        if not self._booted:
            start = FIRST_MESSAGE.search(self._held)
            self._held = self._held[start.start() if start else 0:]
        self._print(self._held)
        asked_for = self._booted and end.powered_off  # QEMU's own status 1 looks the same
        if asked_for or end.reset and self._typed.split()[-1:] == [b"reboot"]:
            if todo:
                self._say("not run, since the machine was off: "
                          + "; ".join(c.decode(errors="replace") for c in todo))
            return end.status if asked_for else 0
        self._say(end.describe() + ("" if self._booted else ", before the first prompt"))
        if self._machine.stderr():
            self._say(self._machine.stderr())
        return EXIT_PANIC if end.panic else EXIT_MACHINE

    def _explain_time_out(self, err):
        if self._booted:
            self._print(self._held)
        lines = self._tail.rstrip(b"\n").split(b"\n")[-TAIL_LINES:]
        text = b"\n".join(lines).decode(errors="replace")
        self._say(f"{err}; the last output was:\n{text}" if text
                  else f"{err}; nothing came over the serial line")
        if self._machine.stderr():
            self._say(self._machine.stderr())
