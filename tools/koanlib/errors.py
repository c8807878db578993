# SPDX-License-Identifier: MIT
"""Exit statuses that are the launcher's own, and the exceptions that end in one."""

EXIT_USAGE = 2
EXIT_PANIC = 70
EXIT_MACHINE = 71  # QEMU did not start, or died of something that is not the guest's wish
EXIT_TIMEOUT = 124  # as timeout(1)


class Failure(Exception):
    """Ends the launcher with a message for the user."""

    status = EXIT_MACHINE


class Refusal(Failure):
    """What the user asked for cannot be done."""

    status = EXIT_USAGE


class TimeOut(Failure):
    """The guest did not get to where it should in time."""

    status = EXIT_TIMEOUT
