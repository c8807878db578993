# SPDX-License-Identifier: MIT
"""Power-on to prompt: firmware, amounts of memory, and what is left behind."""

import re

import pytest

import harness
from harness import EXIT_PANIC, koan_exec

# The least with which GRUB still starts the kernel, which then has to say that it is too little;
# and around the limit: firmware keeps less than one MB for itself.
TOO_LITTLE, JUST_TOO_LITTLE, ENOUGH = "4M", "16M", "17M"


def frames(text):
    return int(re.search(r"^FramesTotal: +(\d+)$", text, re.MULTILINE).group(1))


@pytest.mark.parametrize("uefi", [False, True], ids=["BIOS", "UEFI"])
def test_boots(uefi):
    done = koan_exec("uname", uefi=uefi)
    assert done.stdout == "koan# uname\nKoan\n", done
    assert done.returncode == 0


@pytest.mark.parametrize("memory, megabytes", [("32M", 32), ("2G", 2048)])
def test_boots_with_little_and_much_memory(memory, megabytes):
    done = koan_exec("cat /proc/meminfo", memory=memory)
    assert done.returncode == 0, done
    # Firmware and the kernel's own image take some, never as much as 8 MB.
    assert 0 <= megabytes * 256 - frames(done.stdout) < 8 * 256


def test_uses_memory_above_four_gigabytes():
    done = koan_exec("cat /proc/meminfo", memory="5G")
    assert done.returncode == 0, done
    assert frames(done.stdout) > 4 * 1024 * 256


@pytest.mark.parametrize("memory", [TOO_LITTLE, JUST_TOO_LITTLE])
def test_too_little_memory_is_told_in_one_line(memory):
    done = koan_exec("true", memory=memory)
    assert done.returncode == EXIT_PANIC, done
    told, log = harness.split_log(done.stdout)
    assert told == "" and len(log) == 2, done.stdout
    assert log[0].startswith("Koan version ")
    assert re.search(r"\b\d+ MB of memory found, at least 16 MB needed", log[1]), log


def test_boots_with_the_memory_that_it_says_it_needs():
    assert koan_exec("true", memory=ENOUGH).returncode == 0


def test_nothing_but_a_prompt_stands_before_a_command():
    """Empty lines and comments are no commands."""
    done = harness.run([harness.KOAN, "run"], stdin=None, input="echo\n\n# no\n\necho done\n")
    assert done.stdout == "koan# echo\n\nkoan# \nkoan# # no\nkoan# \nkoan# echo done\ndone\n"


def test_boot_messages_are_stamped_and_in_order(plain):
    log = plain.ok("true; dmesg")  # stamped lines are the kernel's, in any command's output
    assert log == ""
    result = plain.run("dmesg")
    lines = result.text.splitlines()
    stamps = [float(re.match(r"\[ *(\d+\.\d{6})\] \S", line).group(1)) for line in lines]
    assert stamps and stamps == sorted(stamps)
    assert stamps[0] == 0.0
    assert lines[0].startswith("[    0.000000] Koan version ")


def test_memory_of_the_boot_is_given_back(exhaust, system_map, boot):
    """All memory is taken: the pages of boot/, which nobody needs any more, must be among it."""
    start, end = system_map["__boot_phys"], system_map["__boot_end_phys"]
    assert end > start
    console = boot(modules=[exhaust], memory="32M")
    before = console.counts()
    direct = 0xffff800000000000  # kernel/mm/mm.h: DIRECT_MAP
    command = f"insmod exhaust.ko start={direct + start:#x} end={direct + end:#x}; rmmod exhaust"
    for _ in range(2):
        log = console.run(command).log
        taken = re.fullmatch(r"exhaust: (\d+) blocks, (\d+) pages inside", log[-1])
        # A few of them the shell and the module itself have taken already.
        assert int(taken.group(2)) > (end - start) // 4096 // 2, log
        assert int(taken.group(1)) * 1024 > before["FramesFree"] * 4096 * 2 // 3
    assert console.counts() == before
