# SPDX-License-Identifier: MIT
"""printk and dmesg: levels, stamps, what reaches the console and what is kept."""

import re

import pytest

# Linux's levels: what KERN_* means, and which of them are below a console's level.
LEVELS = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"]


@pytest.fixture(scope="module")
def speak(built):
    """A module whose init says a line at each level."""
    return str(built("speak") / "speak.ko")


@pytest.fixture(scope="module")
def console(boot, speak):
    console = boot(modules=[speak])
    console.ok("insmod speak.ko; rmmod speak")  # what is said only once is said
    return console


def levels_heard(console):
    """Which levels reach the console."""
    console.ok("dmesg -C")
    heard = [line.split()[-1] for line in console.run("insmod speak.ko").log]
    console.ok("rmmod speak")
    return heard


def test_all_but_debug_reach_the_console(console):
    assert levels_heard(console) == LEVELS[:7]


@pytest.mark.parametrize("level, count", [
    ("1", 1), ("4", 4), ("8", 8), ("emerg", 1), ("err", 4), ("info", 7), ("debug", 8), ("7", 7)])
def test_dmesg_n_sets_the_consoles_level(console, level, count):
    console.ok(f"dmesg -n {level}")
    assert levels_heard(console) == LEVELS[:count]
    # The log keeps all of them.
    assert [line.split()[-1] for line in console.run("dmesg").log
            if line.startswith("speak: ")] == LEVELS
    console.ok("dmesg -n 7")


@pytest.mark.parametrize("level", ["0", "9", "-1", "loud", "4x", ""])
def test_dmesg_n_refuses_what_is_no_level(console, level):
    result = console.run(f"dmesg -n '{level}'")
    assert result.status == 1
    assert result.output == f"dmesg: unknown level '{level}'\n"
    assert levels_heard(console) == LEVELS[:7]


def test_dmesg_c_prints_and_clears(console):
    console.ok("dmesg -C")
    assert console.run("dmesg").text == ""
    console.ok("insmod speak.ko; rmmod speak")
    first = console.run("dmesg -c")
    assert [line.split()[-1] for line in first.log] == LEVELS
    assert console.run("dmesg").text == ""
    console.ok("insmod speak.ko; rmmod speak")
    assert len(console.run("dmesg").log) == len(LEVELS)


def test_dmesg_into_a_pipe(console):
    console.ok("dmesg -C; insmod speak.ko; rmmod speak")
    assert console.ok("dmesg | wc -l") == "8\n"
    assert re.fullmatch(r"\[ *\d+\.\d{6}\] speak: a line at level warn\n",
                        console.run("dmesg | grep warn").text)


def test_dmesg_says_what_it_does_not_know(console):
    result = console.run("dmesg -z")
    assert result.status == 1
    assert "invalid option -- 'z'" in result.output
    assert console.run("dmesg extra").status == 1


@pytest.mark.parametrize("words, count", [
    ("loglevel=3", 3), ("loglevel=8", 8), ("quiet", 4), ("quiet loglevel=6", 6)])
def test_loglevel_on_the_command_line(boot, speak, words, count):
    console = boot(modules=[speak], append=words)
    assert levels_heard(console) == (["kernel."] if count > 4 else []) + LEVELS[:count]


@pytest.mark.parametrize("value", ["loud", "0", "99", ""])
def test_a_wrong_loglevel_is_told_and_changes_nothing(boot, speak, value):
    console = boot(modules=[speak], append=f"loglevel={value}")
    assert any("loglevel" in line and value in line for line in console.run("dmesg").log)
    assert levels_heard(console)[1:] == LEVELS[:7]


def test_the_log_keeps_the_newest(boot, speak):
    """More than fits: the oldest lines go, whole lines stay."""
    console = boot(modules=[speak], append="loglevel=1")
    for _ in range(40):
        console.ok("; ".join(["insmod speak.ko; rmmod speak"] * 10))
    lines = console.run("dmesg").text.splitlines()
    assert 100 < len(lines) < 40 * 10 * 8
    stamps = [float(line[1:13]) for line in lines]
    assert stamps == sorted(stamps)
    assert lines[-1].endswith("level debug")
    assert all(re.fullmatch(r"\[ *\d+\.\d{6}\] speak: a line at level \w+", line) for line in lines)
