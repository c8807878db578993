# SPDX-License-Identifier: MIT
"""From what a terminal gets to what a reader wants: no control sequences, no carriage returns."""

import re

# ECMA-48, 5.3 to 5.6: CSI sequences, strings such as OSC up to BEL or ST, two-byte escapes.
SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-OQ-WYZ\\`-~])")
DROPPED = bytes([0x00, 0x07, 0x0d])
LONGEST = 256  # bytes; an escape that has not ended by then is no sequence


class Cleaner:
    """Cleans a stream that arrives in pieces, which may end inside a sequence."""

    def __init__(self):
        self._rest = b""

    def feed(self, data):
        """The clean bytes that are certain after `data` has come in."""
        data = SEQUENCE.sub(b"", self._rest + data)
        start = data.find(b"\x1b")
        if start >= 0 and len(data) - start < LONGEST:
            data, self._rest = data[:start], data[start:]
        else:
            data, self._rest = data.replace(b"\x1b", b""), b""
        return data.translate(None, DROPPED)
