# SPDX-License-Identifier: MIT
"""The unusual ways to come and go: by force, with a name that is not believed, and not at all.

The modules are modules/life/. The usual ways are in test_linking.py and test_modules.py; what others
see of a module is in test_states.py, what a crash leaves in test_crashes.py.
"""

import gzip
import os
import re

import pytest

import harness
from life import refused, tainted

PAGE = 4096


# --- by force ---

def test_insmod_by_force(start, life):
    """What does not fit is loaded after all, once it is insisted; it and the kernel are marked."""
    console = start(modules=[life["stranger"]])
    refused(console.run("insmod stranger.ko"), "insmod stranger.ko", "Invalid module format")
    assert tainted(console) == ""
    result = console.run("insmod -f stranger.ko")
    assert (result.status, result.output) == (0, "")
    # Told to look at neither versions nor version magic, the loader names what it meets first.
    assert result.log == ["keeper: module_layout: kernel tainted.",
                          "Disabling lock debugging due to kernel taint",
                          "keeper: loading out-of-tree module taints kernel."]
    assert tainted(console) == "FO"
    assert console.ok("cat /proc/modules").endswith(" (FO)\n")
    console.ok("rmmod -f keeper")
    # Said once; the second time only the module is marked.
    assert console.run("insmod -f stranger.ko").log == []
    assert console.ok("cat /sys/module/keeper/taint") == "FO\n"


def test_rmmod_by_force(start, life, own_modules):
    """What nobody gives back does not count any more, nor that there is no exit."""
    console = start(modules=[life["keeper"], life["victim"], life["needy"],
                            own_modules["ok_no_exit"]])
    console.ok("insmod keeper.ko; insmod ok_no_exit.ko; insmod victim.ko; insmod needy.ko")
    assert console.run("rmmod keeper").output == "rmmod: ERROR: Module keeper is in use\n"
    assert "R" not in tainted(console)
    result = console.run("rmmod -f keeper")
    assert (result.status, result.log) == (0, ["Disabling lock debugging due to kernel taint",
                                               "keeper: gone"])
    assert "R" in tainted(console)
    console.ok("rmmod -f ok_no_exit")
    # But what another module is linked to stays: its code would call into nothing.
    result = console.run("rmmod -f victim")
    assert result.lines[-1] == ("rmmod: ERROR: could not remove module victim: "
                                "Resource temporarily unavailable")
    assert sorted(line.split()[0] for line in console.ok("cat /proc/modules").splitlines()) == [
        "needy", "victim"]


def test_force_that_is_not_needed(start, life):
    """Who tells the loader not to look cannot know what it would have seen; removal can."""
    console = start(modules=[life["victim"]])
    console.ok("insmod -f victim.ko; rmmod -f victim")
    assert tainted(console) == "FCO"


# --- how it went ---

def stats(console):
    """({row: number}, [the list of duplicates]) of /sys/kernel/debug/modules/stats."""
    text = console.ok("cat /sys/kernel/debug/modules/stats")
    head, _, tail = text.partition("Duplicate failed modules:\n")
    rows = {}
    for line in head.splitlines():
        assert re.fullmatch(r"(?=.{25}\t) *\S[^\t]*\t\d+", line), line
        rows[line[:25].strip()] = int(line[26:])
    return rows, [line.split() for line in tail.splitlines()]


def test_statistics(start, life, tmp_path):
    """What Linux counts: loads and their memory, and the bytes of those that failed, by when."""
    console = start(modules=[life[name] for name in ("victim", "needy", "stranger")])
    rows, duplicates = stats(console)
    assert set(rows.values()) == {0} and not duplicates
    size = {name: os.path.getsize(life[name]) for name in life}
    # Before it has memory: for another kernel, and the name is taken, three times.
    console.run("insmod stranger.ko")
    console.ok("insmod victim.ko")
    whole = int(console.ok("cat /sys/module/victim/coresize"))
    for _ in range(3):
        console.run("insmod victim.ko")
    # Afterwards: a wrong argument; a symbol that nobody has.
    console.ok("rmmod victim")
    console.run("insmod victim.ko fail=x")
    console.run("insmod needy.ko")
    # What init returns is counted nowhere.
    console.run("insmod victim.ko fail=-5")
    rows, duplicates = stats(console)
    wasted = {"Failed becoming bytes": size["stranger"] + 3 * size["victim"],
              "Failed kmod bytes": 2 * size["victim"] + 2 * size["needy"]}
    init = rows["Total module size"] - whole  # one page of code, as everything of the module
    assert init in (PAGE, 2 * PAGE)
    assert rows == {
        "Mods ever loaded": 1, "Mods failed on decompress": 0, "Mods failed on becoming": 4,
        "Mods failed on load": 2, "Total module size": whole + init,
        "Total mod text size": 2 * PAGE, "Failed decompress bytes": 0, **wasted,
        "Virtual mem wasted bytes": sum(wasted.values()), "Average mod size": whole + init,
        "Average mod text size": 2 * PAGE,
        "Avg fail becoming bytes": -(-wasted["Failed becoming bytes"] // 4),
        "Average fail load bytes": wasted["Failed kmod bytes"] // 2}
    assert duplicates == [["Module-name", "How-many-times", "Reason"], ["victim", "3", "Becoming"]]
    assert console.run("ls -l /sys/kernel/debug/modules").output.split("\n")[1][:10] == "-r--------"


def test_statistics_of_what_cannot_be_unpacked(start, life, tmp_path):
    """Be that seen by the size that it claims, or when it is unpacked by its checksum."""
    packed = gzip.compress(open(life["victim"], "rb").read())
    paths = [tmp_path / "short.ko.gz", tmp_path / "sum.ko.gz"]
    paths[0].write_bytes(packed[:-20])
    paths[1].write_bytes(packed[:-8] + bytes([packed[-8] ^ 1]) + packed[-7:])
    console = start(files=paths)
    for path in paths:
        assert console.run(f"insmod {path.name}").status == 1
    rows, _ = stats(console)
    assert rows["Mods failed on decompress"] == 2
    assert rows["Failed decompress bytes"] == 2 * len(packed) - 20
    assert rows["Mods failed on becoming"] == 0


# --- by name ---

OFFENDER = """#include <linux/module.h>
int init_module(void) {{ return {}; }}
void cleanup_module(void) {{ }}
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Says GPL");
"""


@pytest.fixture(scope="module")
def offenders(tmp_path_factory):
    """Modules with the names of three that Linux does not believe; one of them uses a GPL symbol."""
    folder = tmp_path_factory.mktemp("offenders")
    names = ("ndiswrapper", "driverloader", "lve")
    for name in names:
        (folder / f"{name}.c").write_text(OFFENDER.format(
            "__symbol_get(\"x\") != NULL" if name == "ndiswrapper" else "0"))
    (folder / "Kbuild").write_text("obj-m := " + " ".join(f"{name}.o" for name in names) + "\n")
    harness.build_modules(folder)
    return [folder / f"{name}.ko" for name in names]


def test_names_that_are_not_believed(start, offenders):
    """Proprietary whatever they say; ndiswrapper only makes the kernel so, and may go on."""
    for first in offenders:
        console = start(modules=offenders)
        assert "P" not in tainted(console)
        assert f"{first.stem}: module license taints kernel." in console.run(
            f"insmod {first.name}").log
        assert "P" in tainted(console)
        for other in offenders:
            if other != first:
                assert console.run(f"insmod {other.name}").log == []
        flags = {row.split()[0]: row.split()[-1]
                 for row in console.ok("cat /proc/modules").splitlines()}
        assert flags == {"ndiswrapper": "(O)", "driverloader": "(PO)", "lve": "(PO)"}


def test_asynchronous_probing_is_known(start, life):
    console = start(modules=[life["victim"]], append="module.async_probe=1")
    assert console.ok("cat /sys/module/module/parameters/async_probe") == "Y\n"
    assert console.run("insmod victim.ko async_probe").status == 0


def test_staging_and_test_modules(start, life):
    """One is told of each time, the other once; both keep their letters."""
    console = start(modules=[life["victim"], life["needy"]])
    staging = ("victim: module is from the staging directory, the quality is unknown, you have "
               "been warned.")
    for _ in range(2):
        assert staging in console.run("insmod victim.ko").log
        says = "needy: loading test module taints kernel."
        assert (says in console.run("insmod needy.ko").log) == (_ == 0)
        flags = [row.split()[-1] for row in console.ok("cat /proc/modules").splitlines()]
        assert flags == ["(ON)", "(CO)"]
        assert console.ok("cat /sys/module/needy/taint") == "ON\n"
        console.ok("rmmod needy victim")
    assert tainted(console) == "CON"


# --- not at all ---

def test_blacklist(start, life):
    """By name, `-` and `_` alike; a name that only begins so is another."""
    console = start(modules=[life["victim"], life["keeper"]],
                   append="module_blacklist=nobody,vict,victim,no-one")
    before = console.counts()
    result = console.run("insmod victim.ko")
    refused(result, "insmod victim.ko", "Operation not permitted")
    assert result.log == ["Module victim is blacklisted"]
    assert console.counts() == before
    assert tainted(console) == ""
    console.ok("insmod keeper.ko")


def test_long_blacklist(start, life):
    """As long as a command line can be: the last name counts as well."""
    names = ",".join([f"somebody_{i:03}" for i in range(70)] + ["victim"])
    console = start(modules=[life["victim"]], append=f"module_blacklist={names}")
    refused(console.run("insmod victim.ko"), "insmod victim.ko", "Operation not permitted")


NO_MORE = ("modules can neither come nor go any more (nomodule, or "
           "/proc/sys/kernel/modules_disabled)")


def test_no_modules(start, life):
    console = start(modules=[life["victim"]], append="nomodule")
    assert console.ok("cat /proc/sys/kernel/modules_disabled") == "1\n"
    result = console.run("insmod victim.ko")
    refused(result, "insmod victim.ko", "Operation not permitted")
    assert result.log == [NO_MORE]


def test_modules_are_disabled_for_ever(start, life):
    console = start(modules=[life["victim"], life["keeper"]])
    switch = "/proc/sys/kernel/modules_disabled"
    assert console.ok(f"cat {switch}") == "0\n"
    console.ok("insmod victim.ko")
    for wrong in ("0", "2", "x"):
        assert console.run(f"echo {wrong} > {switch}").output == (
            "koan: echo: write error: Invalid argument\n")
    assert console.ok(f"echo 1 > {switch}") == ""
    before = console.counts()
    refused(console.run("insmod keeper.ko"), "insmod keeper.ko", "Operation not permitted")
    result = console.run("rmmod victim")
    assert result.lines[-1] == ("rmmod: ERROR: could not remove module victim: "
                                "Operation not permitted")
    assert result.log == [NO_MORE]
    assert console.run(f"echo 0 > {switch}").status == 1
    assert console.ok(f"cat {switch}") == "1\n"
    assert console.counts() == before
