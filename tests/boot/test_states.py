# SPDX-License-Identifier: MIT
"""What others may have of a module, and when: its exports by name, its state, its lock; who could have
provided what is missing.

The modules are modules/life/.
"""

import re
import shutil

import pytest

from conftest import rewrite
from library import LIB, copy_library, depmod, pack


@pytest.fixture(scope="module")
def console(boot, life):
    """Has told its taints once, so that no test depends on being the first."""
    machine = boot(modules=list(life.values()))
    machine.ok("insmod victim.ko; insmod needy.ko; rmmod needy; rmmod victim")
    return machine


@pytest.fixture(scope="module")
def with_victim(boot, life, tmp_path_factory):
    """modprobe finds victim: nobody holds the log back when the kernel itself loads it."""
    tree = tmp_path_factory.mktemp("tree") / "tree"
    copy_library(tree)
    (tree / LIB / "extra").mkdir()
    shutil.copy(life["victim"], tree / LIB / "extra")
    depmod(tree)
    return boot(initrds=[pack(tree)], modules=[life["watcher"], life["victim"],
                                                       life["needy"], life["requester"]])


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


def test_weak_dependencies_are_for_others(console):
    """modinfo shows them; nobody here loads anything for them."""
    assert console.ok("modinfo -F weakdep requester.ko") == "victim\n"


# --- one at a time ---

USE = "/sys/module/locker/parameters/use"


def test_mutex(console):
    console.ok("insmod locker.ko")
    result = console.run(f"echo -n well > {USE}")
    assert result.log == ["locker: locked 1, again 0", "locker: locked 0, again 1",
                          "locker: locked 0"] and result.status == 0
    console.ok("rmmod locker")


# --- what others see, and when ---


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


# --- who could have provided it ---

def hint(console, file):
    """What is said about a module beyond what Linux says."""
    result = console.run(f"insmod {file}")
    assert result.status == 1
    at = result.log.index(f"{file[:-3]}: Unknown symbol victim_plain (err -2)")
    return result.log[at + 1:]


def test_hints(start, life, tmp_path):
    """One for each reason; those about licences and namespaces are in test_exports.py."""
    vague = tmp_path / "vague.ko"  # its list of what it depends on has empty words only
    rewrite(life["needy"], vague, b"depends=victim\0", b"depends=,,,,,,\0")
    other = tmp_path / "other.ko"  # victim as it was before it exported that
    rewrite(life["victim"], other, b"victim_plain\0\0", b"victim_plaim\0\0")
    console = start(modules=[life["needy"], life["victim"], other, vague])
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
    result = console.run("insmod vague.ko")
    assert result.status == 1 and result.log[-1] == "needy: Unknown symbol victim_plain (err -2)"


def test_hint_at_modprobe(with_victim):
    assert hint(with_victim, "needy.ko")[-1] == (
        "needy: victim_plain is exported by victim, which is not loaded: modprobe victim first")
