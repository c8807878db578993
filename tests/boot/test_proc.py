# SPDX-License-Identifier: MIT
"""The files of /proc: Linux's formats, and the exact counters that Koan adds."""

import re

import pytest


def test_version(plain):
    release = plain.ok("uname -r").strip()
    assert re.fullmatch(rf"Koan version {re.escape(release)} \((gcc|clang) [0-9.]+\) #\d+\n",
                        plain.ok("cat /proc/version"))


def test_cmdline(plain, boot):
    assert plain.ok("cat /proc/cmdline") == "\n"
    words = "loglevel=7 one=1 two words"
    assert boot(append=words, drivers=True).ok("cat /proc/cmdline") == words + "\n"


def test_uptime(plain):
    assert re.fullmatch(r"\d+\.\d\d\n", plain.ok("cat /proc/uptime"))


def test_meminfo(bare):
    """Linux's rows in Linux's columns, then the counters, in which nothing is rounded."""
    lines = bare.ok("cat /proc/meminfo").splitlines()
    rows = {}
    for line in lines:
        name, value = re.fullmatch(r"(\w+): +(\d+)(?: kB)?", line).groups()
        assert re.fullmatch(r"\w+: +\d+( kB)?", line) and len(line) in (24, 27)
        rows[name] = int(value)
    assert [line.split(":")[0] for line in lines[:3]] == ["MemTotal", "MemFree", "MemAvailable"]
    assert rows["MemTotal"] == rows["FramesTotal"] * 4
    assert rows["MemFree"] == rows["FramesFree"] * 4
    assert rows["MemTotal"] > rows["MemFree"] > rows["MemTotal"] // 2
    assert rows["HeapObjects"] > 0 and rows["HeapBytes"] > rows["HeapObjects"]
    assert rows["ModulePages"] == 0


def test_counters_see_a_module(boot, own_modules):
    """The counters count: a module takes memory, and what it took is in /proc/modules."""
    console = boot(modules=[own_modules["ok_bss"]])
    before = console.counts()
    console.ok("insmod ok_bss.ko")
    after = console.counts()
    size = int(console.ok("cat /proc/modules").split()[1])
    assert after["ModulePages"] - before["ModulePages"] == size // 4096 > 0
    assert before["FramesFree"] - after["FramesFree"] >= size // 4096
    assert after["HeapObjects"] > before["HeapObjects"]
    assert after["modules"] == before["modules"] + 1


@pytest.fixture(scope="module")
def console(boot, own_modules, tutorial):
    console = boot(modules=[own_modules["ok_exports"], own_modules["ok_imports"],
                            own_modules["ok_no_exit"], tutorial["lender.ko"]])
    console.ok("insmod ok_exports.ko; insmod ok_imports.ko; insmod ok_no_exit.ko; insmod lender.ko")
    return console


def test_modules(console):
    """name size users who state address (taints)"""
    lines = console.ok("cat /proc/modules").splitlines()
    rows = [re.fullmatch(r"(\w+) (\d+) (\d+) (\S+) (Live|Loading|Unloading) "
                         r"(0x[0-9a-f]{16})( \([A-Z]+[+-]?\))?", line).groups() for line in lines]
    # An untainted row ends behind the address; out-of-tree modules have their O.
    assert [(name, users, who, state, taints) for name, _, users, who, state, _, taints in rows] == [
        ("lender", "0", "-", "Live", " (O)"),
        ("ok_no_exit", "0", "[permanent],", "Live", None),
        ("ok_imports", "0", "-", "Live", None),
        ("ok_exports", "1", "ok_imports,", "Live", None)]
    for _, size, _, _, _, address, _ in rows:
        assert int(size) % 4096 == 0 and int(size) > 0
        assert 0xffffffffc0000000 <= int(address, 16) < 0xffffffffff000000


def test_lsmod_is_proc_modules_in_columns(console):
    """kmod's header and columns, whose first is 19 wide, and the second 8."""
    table = console.ok("lsmod").splitlines()
    assert table[0] == "Module                  Size  Used by"
    rows = [line.split() for line in console.ok("cat /proc/modules").splitlines()]
    for line, (name, size, users, who, *_) in zip(table[1:], rows):
        names = "" if who in ("-", "[permanent],") else " " + who.rstrip(",")
        assert line == f"{name:<19} {size:>8}  {users}{names}"
    assert len(table) == len(rows) + 1


@pytest.mark.parametrize("path", ["version", "cmdline", "uptime", "meminfo", "modules", "kallsyms"])
def test_they_cannot_be_written(plain, path):
    result = plain.run(f"echo x > /proc/{path}")
    assert result.status == 1
    assert "Permission denied" in result.output
    assert plain.run(f"rm /proc/{path}").status == 1
    assert plain.run("touch /proc/new").status == 1
