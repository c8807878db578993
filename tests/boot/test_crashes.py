# SPDX-License-Identifier: MIT
"""A module that is killed in its init, its exit, a parameter or with a lock held: what stays, what it costs.

The modules are modules/life/. What is printed of a crash is looked at in test_faults.py.
"""

import re

import pytest

import harness
from life import refused, states, tainted

PAGE = 4096
USE = "/sys/module/locker/parameters/use"


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


def test_a_crash_in_a_parameter(start, built):
    """Before init: the arguments and the plan of the load are given back, the module is kept."""
    console = start(modules=[built("parameters") / "kinds.ko"])
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
