# SPDX-License-Identifier: MIT
"""The heap, while an interrupt handler uses it as well."""

import os
import re

import harness
from conftest import HERE


def test_interrupt_handlers_may_allocate(tmp_path, boot):
    tree = tmp_path / "interrupted"
    harness.copy_sources(os.path.join(HERE, "modules", "interrupted"), tree)
    harness.build_modules(tree)
    console = boot(modules=[str(tree / "interrupted.ko")], append="noautoload")  # rtc_cmos has the chip
    counts = []
    for _ in range(2):
        log = console.run("insmod interrupted.ko; rmmod interrupted").log
        times, spoilt = re.fullmatch(r"interrupted: (\d+) times, (\d+) spoilt", log[-1]).groups()
        assert int(times) > 1000 and spoilt == "0"
        counts.append(console.counts())
    assert counts[0] == counts[1]
