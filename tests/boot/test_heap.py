# SPDX-License-Identifier: MIT
"""The heap, while an interrupt handler uses it as well."""

import re


def test_interrupt_handlers_may_allocate(boot, built):
    console = boot(modules=[built("interrupted") / "interrupted.ko"], append="noautoload")  # rtc_cmos has the chip
    counts = []
    for _ in range(2):
        log = console.run("insmod interrupted.ko; rmmod interrupted").log
        times, spoilt = re.fullmatch(r"interrupted: (\d+) times, (\d+) spoilt", log[-1]).groups()
        assert int(times) > 1000 and spoilt == "0"
        counts.append(console.counts())
    assert counts[0] == counts[1]
