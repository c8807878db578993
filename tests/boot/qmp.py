# SPDX-License-Identifier: MIT
"""A look at the machine from outside: QEMU's monitor (QMP), the screen, and the keyboard."""

import contextlib
import json
import os
import socket
import time

import harness

TEXT_MEMORY = 0xb8000  # where a VGA adapter in text mode has its cells
ROWS, COLUMNS = 25, 80

# Characters that a US keyboard has, by the names QEMU gives the keys; then those that need Shift.
KEYS = dict(zip("-=[]\\;'`,./ \t\n", ["minus", "equal", "bracket_left", "bracket_right", "backslash",
                                     "semicolon", "apostrophe", "grave_accent", "comma", "dot",
                                     "slash", "spc", "tab", "ret"]))
KEYS.update({c: c for c in "abcdefghijklmnopqrstuvwxyz0123456789"})
SHIFTED = dict(zip("_+{}|:\"~<>?", "-=[]\\;'`,./"))
SHIFTED.update(zip("!@#$%^&*()", "1234567890"))
SHIFTED.update((c.upper(), c) for c in "abcdefghijklmnopqrstuvwxyz")


class Monitor:
    """QMP over a socket. `arguments(folder)` are what QEMU has to be started with."""

    def __init__(self, folder):
        self._folder = str(folder)
        deadline = time.monotonic() + harness.HANG_SECONDS
        self._socket = socket.socket(socket.AF_UNIX)
        while True:
            try:
                self._socket.connect(os.path.join(self._folder, "qmp"))
                break
            except (FileNotFoundError, ConnectionRefusedError):
                assert time.monotonic() < deadline, "QEMU does not open its monitor"
                time.sleep(0.02)
        self._file = self._socket.makefile("rw", encoding="utf-8")
        assert "QMP" in json.loads(self._file.readline())
        self.call("qmp_capabilities")

    @staticmethod
    def arguments(folder):
        """For the launcher's --qemu-arg."""
        return ["-qmp", f"unix:{folder}/qmp,server=on,wait=off"]

    def close(self):
        """The machine goes on, unless it is off already: then what was not sent is lost."""
        with contextlib.suppress(ConnectionError):
            self._file.close()
        self._socket.close()

    def call(self, command, **arguments):
        """The answer of one command."""
        json.dump({"execute": command, "arguments": arguments}, self._file)
        self._file.write("\n")
        self._file.flush()
        while True:
            answer = json.loads(self._file.readline())
            if "event" not in answer:
                assert "return" in answer, (command, answer)
                return answer["return"]

    # --- the screen ---

    def cells(self):
        """[[(character, colours)]] of the adapter's memory, as it is."""
        path = os.path.join(self._folder, "cells")
        self.call("pmemsave", val=TEXT_MEMORY, size=ROWS * COLUMNS * 2, filename=path)
        with open(path, "rb") as file:
            data = file.read()
        cells = [(chr(data[i]), data[i + 1]) for i in range(0, len(data), 2)]
        return [cells[i:i + COLUMNS] for i in range(0, len(cells), COLUMNS)]

    def text(self):
        """The screen's lines, without blanks at their ends, and without empty lines at the end."""
        lines = ["".join(c for c, _ in row).replace("\0", " ").rstrip() for row in self.cells()]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def wait_for_line(self, wanted):
        """Until the last line on the screen is `wanted`; returns the lines."""
        deadline = time.monotonic() + harness.HANG_SECONDS
        while True:
            lines = self.text()
            if lines and lines[-1] == wanted.rstrip():
                return lines
            assert time.monotonic() < deadline, f"waiting for {wanted!r}\n" + "\n".join(lines)
            time.sleep(0.01)

    def picture(self):
        """(width, height, pixels) of what a person would see: three bytes a pixel."""
        path = os.path.join(self._folder, "screen.ppm")
        self.call("screendump", filename=path)
        with open(path, "rb") as file:
            kind, size, depth, pixels = file.read().split(b"\n", 3)
        assert (kind, depth) == (b"P6", b"255")
        width, height = map(int, size.split())
        assert len(pixels) == width * height * 3
        return width, height, pixels

    # --- the keyboard ---

    def keys(self, *names):
        """Presses these keys one after the other while those before are down; releases them."""
        for down in (True, False):
            for name in names if down else reversed(names):
                self.call("input-send-event", events=[
                    {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": name}}}])

    def press_last(self, name):
        """A key that ends the machine, which then may not answer any more."""
        try:
            self.keys(name)
        except (ConnectionError, ValueError):
            pass

    def type(self, text):
        """What a person would press for `text`."""
        for c in text:
            if c in SHIFTED:
                self.keys("shift", KEYS[SHIFTED[c]])
            else:
                self.keys(KEYS[c])
            time.sleep(0.002)  # the keyboard holds 16 codes; a person is slower anyway
