# SPDX-License-Identifier: MIT
"""What the tests of modules/life share."""

TAINT = {"P": 0, "F": 1, "R": 3, "D": 7, "C": 10, "O": 12, "N": 18}


def tainted(console):
    """The letters of the taints that the kernel has."""
    number = int(console.ok("cat /proc/sys/kernel/tainted"))
    return "".join(letter for letter, bit in TAINT.items() if number >> bit & 1)


def refused(result, command, words):
    assert (result.status, result.lines[0]) == (1, f"insmod: ERROR: could not insert module "
                                                f"{command.split()[1]}: {words}"), result


def states(console, name):
    """(word and flags in /proc/modules, the word in /sys)"""
    row = console.ok(f"grep '^{name} ' /proc/modules").split()
    return row[-3], row[-1], console.ok(f"cat /sys/module/{name}/initstate").strip()
