# SPDX-License-Identifier: MIT
"""A console on a machine whose screen and buses are looked at as well, through QEMU's monitor."""

import harness
from qmp import Monitor

FOLDER = "/lib/modules/0.1.0/kernel/drivers"
PROMPT = "koan# "


class Watched(harness.Console):
    """A Console that can be looked at."""

    def __init__(self, folder, qemu=(), **options):
        super().__init__(drivers=True, qemu=Monitor.arguments(folder) + list(qemu), **options)
        self.monitor = Monitor(folder)

    def close(self):
        self.monitor.close()
        return super().close()


def screen(monitor):
    """The screen once the next prompt is on it."""
    return monitor.wait_for_line(PROMPT)


def load(name):
    """The command that loads a driver."""
    return f"insmod {FOLDER}/{name}/{name}.ko"
