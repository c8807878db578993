# SPDX-License-Identifier: MIT
"""The unusual ways to come and go: by force, not at all, in the middle of a load, and by a crash.

The modules are modules/life/. The usual ways are in test_linking.py and test_modules.py.
"""

import gzip
import os
import re
import shutil

import pytest

import harness
from conftest import HERE, rewrite
from test_modprobe import LIB, depmod, pack

PAGE = 4096
TAINT = {"P": 0, "F": 1, "R": 3, "D": 7, "C": 10, "O": 12, "N": 18}


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """{name: path} of modules/life, and stranger.ko: keeper, as if built with other options."""
    tree = tmp_path_factory.mktemp("life") / "life"
    harness.copy_sources(os.path.join(HERE, "modules", "life"), tree)
    harness.build_modules(tree)
    rewrite(tree / "keeper.ko", tree / "stranger.ko", b" mod_unload ", b" mod_onload ")
    return {path.stem: str(path) for path in tree.glob("*.ko")}


@pytest.fixture(scope="module")
def built_kinds(tmp_path_factory):
    """The path of modules/parameters' kinds.ko."""
    tree = tmp_path_factory.mktemp("parameters") / "parameters"
    harness.copy_sources(os.path.join(HERE, "modules", "parameters"), tree)
    harness.build_modules(tree)
    return str(tree / "kinds.ko")


@pytest.fixture(scope="module")
def console(boot, life):
    """Has told its taints once, so that no test depends on being the first."""
    machine = boot(modules=list(life.values()))
    machine.ok("insmod victim.ko; insmod needy.ko; rmmod needy; rmmod victim")
    return machine


@pytest.fixture
def start():
    """start(**options) gives a machine for this test only."""
    machines = []

    def new(**options):
        machines.append(harness.Console(**options))
        return machines[-1]

    yield new
    for machine in machines:
        machine.close()


def tainted(console):
    """The letters of the taints that the kernel has."""
    number = int(console.ok("cat /proc/sys/kernel/tainted"))
    return "".join(letter for letter, bit in TAINT.items() if number >> bit & 1)


def refused(result, command, words):
    assert (result.status, result.lines[0]) == (1, f"insmod: ERROR: could not insert module "
                                                f"{command.split()[1]}: {words}"), result


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


def test_weak_dependencies_are_for_others(console):
    """modinfo shows them; nobody here loads anything for them."""
    assert console.ok("modinfo -F weakdep requester.ko") == "victim\n"


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


# --- asked for by name ---

def test_symbol_get(console):
    """It holds the module; by name or by address it lets go."""
    console.ok("insmod victim.ko")
    for put in ("", "by_address=1"):
        result = console.run(f"insmod getter.ko name=victim_value {put}")
        assert result.log == ["getter: victim_value is there"]
        assert console.run("rmmod victim").output == "rmmod: ERROR: Module victim is in use\n"
        console.ok("rmmod getter")
    console.ok("rmmod victim")


def test_symbol_request(with_victim):
    """The module that has it is loaded, and held; a name that nobody has stays a name."""
    console = with_victim
    assert "victim" not in console.ok("lsmod")
    assert console.run("insmod requester.ko").log[-1] == "requester: victim_value is 7"
    assert console.run("rmmod victim").output == "rmmod: ERROR: Module victim is in use\n"
    console.ok("rmmod requester victim")


@pytest.mark.parametrize("name, says", [
    ("victim_plain", ["failing symbol_get of non-GPLONLY symbol victim_plain."]),
    ("printk", ["failing symbol_get of non-GPLONLY symbol printk."]),
    ("nobody_has_this", []),
])
def test_symbol_get_refuses(console, name, says):
    console.ok("insmod victim.ko")
    assert console.run(f"insmod getter.ko name={name}").log == says + [
        f"getter: {name} is not there"]
    console.ok("rmmod getter victim")


def test_the_kernels_symbols_hold_nobody(console):
    assert console.run("insmod getter.ko name=__symbol_get by_address=1").log == [
        "getter: __symbol_get is there"]
    assert console.run("rmmod getter").log == []


# --- one at a time ---

USE = "/sys/module/locker/parameters/use"


def test_mutex(console):
    console.ok("insmod locker.ko")
    result = console.run(f"echo -n well > {USE}")
    assert result.log == ["locker: locked 1, again 0", "locker: locked 0, again 1",
                          "locker: locked 0"] and result.status == 0
    console.ok("rmmod locker")


def test_mutex_that_nobody_will_unlock(start, life):
    """A deadlock kills its task; whoever comes next takes over what the dead one held."""
    console = start(modules=[life["locker"]])
    console.ok("insmod locker.ko")
    result = console.run(f"echo -n twice > {USE}")
    assert (result.status, result.output) == (137, "Killed\n")
    assert re.match(r"BUG: task \d+ waits for mutex door\b.* \[locker\], which task \d+ holds: "
                    "this is a deadlock", result.log[0])
    for _ in range(2):
        result = console.run(f"echo -n well > {USE}")
        assert result.log[-3:] == ["locker: locked 1, again 0", "locker: locked 0, again 1",
                                   "locker: locked 0"]
        taken = [line for line in result.log if "takes it over" in line]
        assert len(taken) == (1 if _ == 0 else 0), result
    assert console.run(f"echo -n crash > {USE}").status == 137
    assert any("takes it over" in line for line in console.run(f"echo -n well > {USE}").log)
    # Giving back what is not held is told, and harms nobody.
    assert any("WARNING: " in line for line in console.run(f"echo -n unlock > {USE}").log)
    console.ok("rmmod locker")


# --- what others see, and when ---

@pytest.fixture(scope="module")
def with_victim(boot, life, tmp_path_factory):
    """modprobe finds victim: nobody holds the log back when the kernel itself loads it."""
    tree = tmp_path_factory.mktemp("tree") / "tree"
    shutil.copytree(os.path.join(harness.BUILD, "initrd", LIB), tree / LIB)
    (tree / LIB / "extra").mkdir()
    shutil.copy(life["victim"], tree / LIB / "extra")
    depmod(tree)
    return boot(initrds=[pack(tree)], modules=[life["watcher"], life["victim"],
                                                       life["needy"], life["requester"]])


def told(result):
    """Without what the loader says itself."""
    return [line for line in result.log
            if re.match("watcher: (coming|live|going|asked)|victim: (init|exit)", line)]


def test_states(with_victim):
    """Its name is taken before it is to be seen; its exports are of use when init has returned."""
    console = with_victim
    result = console.run("insmod watcher.ko ask=1")
    assert told(result) == [
        "watcher: coming: found 1, held 1, symbol 0, users 2",
        "victim: init",
        "watcher: live: found 1, held 1, symbol 1, users 3",
        "watcher: asked: 0; unformed: heard 1, found 0"]
    assert console.run("rmmod victim").log == [
        "victim: exit", "watcher: going: found 1, held 0, symbol 0, users -1"]
    # One whose init fails goes the same way.
    result = console.run("insmod victim.ko fail=-19")
    assert result.status == 1
    assert told(result) == [
        "watcher: coming: found 1, held 1, symbol 0, users 2", "victim: init",
        "watcher: going: found 1, held 0, symbol 0, users 0"]
    console.ok("insmod victim.ko; rmmod victim; rmmod watcher")


def states(console, name):
    """(word and flags in /proc/modules, the word in /sys)"""
    row = console.ok(f"grep '^{name} ' /proc/modules").split()
    return row[-3], row[-1], console.ok(f"cat /sys/module/{name}/initstate").strip()


def test_states_that_a_crash_leaves(start, life):
    """As on Linux: a module whose init or exit was killed stays as it is then, and can be seen."""
    console = start(modules=[life[name] for name in ("broken", "victim", "getter", "needy",
                                                    "late")])
    console.ok("insmod victim.ko; insmod needy.ko")
    assert states(console, "victim") == ("Live", "(CO)", "live")
    assert states(console, "needy") == ("Live", "(ON)", "live")
    assert console.run("insmod broken.ko").status == 137
    assert states(console, "broken") == ("Loading", "(O+)", "coming")
    # Nobody can have what it exports, or load it once more; and it holds what it uses.
    assert console.run("insmod getter.ko name=broken_value").log == [
        "getter: broken_value is not there"]
    result = console.run("insmod late.ko")
    refused(result, "insmod late.ko", "Device or resource busy")
    assert result.log == ["late: gave up waiting for init of module broken.",
                          "late: Unknown symbol broken_value (err -16)"]
    refused(console.run("insmod broken.ko"), "insmod broken.ko", "Device or resource busy")
    assert console.run("rmmod victim").output == (
        "rmmod: ERROR: Module victim is in use by: broken needy\n")
    assert console.run("rmmod broken").output == "rmmod: ERROR: Module broken is in use\n"
    result = console.run("rmmod -f broken")
    assert result.lines[-1] == ("rmmod: ERROR: could not remove module broken: "
                                "Device or resource busy")
    assert tainted(console) == "DCON"


def test_exit_that_crashes(start, life):
    console = start(modules=[life["broken"], life["victim"], life["needy"]])
    console.ok("insmod victim.ko; insmod broken.ko in_exit=1; insmod needy.ko; rmmod needy")
    result = console.run("rmmod broken")
    assert (result.status, result.output) == (137, "Killed\n")
    assert "Modules linked in: broken(O-) victim(CO) [last unloaded: needy(ON)]" in result.log
    assert states(console, "broken") == ("Unloading", "(O-)", "going")
    refused(console.run("insmod broken.ko"), "insmod broken.ko", "Device or resource busy")


# --- what a crash costs ---


def cost(console, command, status):
    """How much less there is of everything when the command has ended."""
    before = console.counts()
    assert console.run(command).status == status
    after = console.counts()
    return {name: after[name] - before[name] for name in before}


@pytest.fixture
def broken(start, life):
    """Two machines on which nothing that is needed comes for the first time."""
    def new():
        console = start(modules=[life[name] for name in ("victim", "broken", "getter")])
        console.ok("insmod victim.ko; rmmod victim; insmod victim.ko")
        return console

    return new(), new()


@pytest.mark.parametrize("frame", ["{}", "{} | cat", "{} > /root/file; rm /root/file"])
def test_a_crash_in_init_costs_the_module_alone(broken, frame):
    """As much as the module would cost if it lived, and its init part, which is not given back: a
    page, the note that it is taken, and the symbols with two orders of them."""
    dead, alive = broken
    died = cost(dead, frame.format("insmod broken.ko text=word in_exit=0"),
                0 if "|" in frame or ";" in frame else 137)
    lives = cost(alive, frame.format("insmod broken.ko text=word in_exit=1"), 0)
    assert dead.ok("cat /sys/module/broken/coresize") == alive.ok(
        "cat /sys/module/broken/coresize")
    init = int(dead.ok("cat /sys/module/broken/initsize"))
    assert init == PAGE
    assert died["modules"] == lives["modules"] == 1
    assert died["ModulePages"] == lives["ModulePages"] + init // PAGE
    assert died["HeapObjects"] == lives["HeapObjects"] + 4
    assert died["BigPages"] == lives["BigPages"] == 0


def test_a_crash_in_exit_costs_nothing(broken):
    """What was there stays."""
    console = broken[0]
    console.ok("insmod broken.ko in_exit=1")
    assert set(cost(console, "rmmod broken", 137).values()) == {0}
    # The others come and go as ever.
    assert set(cost(console, "insmod getter.ko; rmmod getter", 0).values()) == {0}
    refused(console.run("insmod broken.ko"), "insmod broken.ko", "Device or resource busy")


def test_a_crash_in_a_parameter(start, built_kinds):
    """Before init: the arguments and the plan of the load are given back, the module is kept."""
    console = start(modules=[built_kinds])
    console.ok("insmod kinds.ko; rmmod kinds")
    lives = cost(console, "insmod kinds.ko", 0)
    console.ok("rmmod kinds")
    died = cost(console, "insmod kinds.ko trap=1", 137)
    assert died["modules"] == 1
    assert died["HeapBytes"] < lives["HeapBytes"]  # there is no directory in /sys yet
    assert console.ok("cat /proc/modules | grep -c '^kinds .* Loading '") == "1\n"
    assert "kinds" not in console.ok("ls /sys/module").split()
    refused(console.run("insmod kinds.ko"), "insmod kinds.ko", "Device or resource busy")


def test_crash_in_an_interrupt_handler(life):
    """There is no task to kill: the machine cannot go on."""
    done = harness.koan_exec("insmod deaf.ko", modules=[life["deaf"]], drivers=False)
    assert done.returncode == harness.EXIT_PANIC, done
    _, log = harness.split_log(done.stdout)
    text = "\n".join(log)
    assert "BUG: kernel NULL pointer dereference, address: 0000000000000000" in log
    assert re.search(r"^RIP: 0010:deaf_handler\+0x\w+/0x\w+ \[deaf\]$", text, re.MULTILINE)
    assert re.search(r"^ deaf_init\+0x\w+/0x\w+ \[deaf\]$", text, re.MULTILINE)
    assert "Kernel panic - not syncing: Fatal exception in interrupt" in log


# --- who could have provided it ---

def hint(console, file):
    """What is said about a module beyond what Linux says."""
    result = console.run(f"insmod {file}")
    assert result.status == 1
    at = result.log.index(f"{file[:-3]}: Unknown symbol victim_plain (err -2)")
    return result.log[at + 1:]


def test_hints(start, life, tmp_path):
    """One for each reason; those about licences and namespaces are in test_exports.py."""
    other = tmp_path / "other.ko"  # victim as it was before it exported that
    rewrite(life["victim"], other, b"victim_plain\0\0", b"victim_plaim\0\0")
    console = start(modules=[life["needy"], life["victim"], other])
    assert hint(console, "needy.ko")[-1:] == [
        "needy: victim_plain is exported by victim, which is not loaded: "
        "insmod /root/victim.ko first"]
    console.ok("insmod other.ko")
    assert hint(console, "needy.ko") == [
        "needy: /root/victim.ko exports victim_plain, but the victim that is loaded does not: "
        "is it another build?"]
    console.ok("rm victim.ko other.ko")
    assert hint(console, "needy.ko") == ["needy: is victim_plaim meant, which victim exports?"]
    console.ok("rmmod victim")
    assert hint(console, "needy.ko") == [
        "needy: it depends on victim, which is not loaded, and in neither /root nor /lib/modules"]


def test_hint_at_modprobe(with_victim):
    assert hint(with_victim, "needy.ko")[-1] == (
        "needy: victim_plain is exported by victim, which is not loaded: modprobe victim first")
