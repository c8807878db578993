# SPDX-License-Identifier: MIT
"""koan-dmesg: the kernel's log, read from its ring (kernel/log/ring.h)."""

from . import memory

NS_PER_S = 10 ** 9


def records():
    """[(nanoseconds since boot, text)], oldest first: all that the ring still has."""
    ring = memory.variable("ring", "printk.c")
    size, slots = int(ring["text_size"]), int(ring["slot_count"])
    ring_text = memory.read(int(ring["text"]), size)
    found = []
    for seq in range(int(ring["first"]), int(ring["next"])):
        slot = ring["slots"][seq % slots]
        start = int(slot["start"]) % size
        data = (ring_text[start:] + ring_text[:start])[:int(slot["len"])]
        found.append((int(slot["time_ns"]), data.decode("utf-8", "backslashreplace")))
    return found


class Dmesg(memory.Command):
    """koan-dmesg: prints the kernel's log.

As dmesg, but also what no console shows: messages of a low level, those that are held back while a
module is loaded, and what `dmesg -c` has cleared, as long as the ring has it."""

    def run(self, words):
        self.at_most(words, 0)
        memory.require_kernel()
        for time, text in records():
            print(f"[{time // NS_PER_S:5}.{time % NS_PER_S // 1000:06}] {text}")


def register():
    Dmesg("koan-dmesg")
