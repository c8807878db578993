# SPDX-License-Identifier: MIT
"""Every module of modules/tests and modules/examples: it does what its source says must come of it.

`make test-modules` leaves build/modules/tests/expect, a line a module; mangled/ beside the
sources explains its words. Each module comes and goes twice, and after that all counters are as
they were.
"""

import os
import re

import pytest

import harness

EXPECT = os.path.join(harness.BUILD, "modules", "tests", "expect")

# kmod's words for what the kernel answers; the rest are strerror's.
SENTENCES = {"ENOEXEC": "Invalid module format", "ENOENT": "Unknown symbol in module",
             "EINVAL": "Invalid parameters", "ENODEV": "No such device",
             "ENOMEM": "Cannot allocate memory", "EEXIST": "File exists",
             "EPERM": "Operation not permitted", "EBUSY": "Device or resource busy"}

# What the kernel says only once in its life: looked for in a machine that has not said it yet.
SAID_ONCE = ("taints kernel.", "Disabling lock debugging")


class Case:
    """One line of the list of expectations."""

    def __init__(self, line):
        self.file, _, text = line.partition(": ")
        self.after, self.args, self.log, self.exit_log = [], "", [], []
        self.name, self.permanent, self.refused = self.file, False, None
        for part in re.findall(r'(?:[^;"]|"[^"]*")+', text):
            word, _, rest = part.strip().partition(" ")
            if word in ("log", "exit-log"):
                (self.log if word == "log" else self.exit_log).append(rest.strip()[1:-1])
            elif word == "refused":
                self.refused = SENTENCES[rest]
            elif word == "after":
                self.after = rest.split()
            elif word == "args":
                self.args = " " + rest.strip('"')
            elif word == "name":
                self.name = rest
            elif word == "permanent":
                self.permanent = True
            else:
                assert word == "loads" and not rest, line

    def said_once(self):
        return any(text.endswith(SAID_ONCE) or text.startswith(SAID_ONCE) for text in self.log)


def read_cases():
    if not os.path.exists(EXPECT):
        return []
    with open(EXPECT, encoding="utf-8") as file:
        return [Case(line.rstrip("\n")) for line in file]


CASES = read_cases()
BY_FILE = {case.file: case for case in CASES}


def by_name(case):
    return case.file


@pytest.fixture(scope="module")
def files(own_modules):
    return [own_modules[case.file] for case in CASES]


@pytest.fixture(scope="module")
def console(boot, files):
    return boot(modules=files)


@pytest.fixture(scope="module")
def quiet(boot, files):
    """Says nothing on the console; the log has it all the same."""
    return boot(modules=files, append="loglevel=1")


def counts(console):
    """Also how many symbols there are: a module that went leaves none."""
    return {**console.counts(), "symbols": console.ok("cat /proc/kallsyms | wc -l")}


def heard(log, texts):
    for text in texts:
        assert any(text in line for line in log), f"no line has {text!r}:\n" + "\n".join(log)


def load(console, case, first=True):
    """One insmod, judged."""
    result = console.run(f"insmod {case.file}.ko{case.args}")
    if case.refused:
        assert result.output == (f"insmod: ERROR: could not insert module {case.file}.ko: "
                                 f"{case.refused}\n")
        assert result.status == 1
    else:
        assert (result.output, result.status) == ("", 0), result
        rows = [line.split() for line in console.ok("lsmod").splitlines()]
        assert any(row[0] == case.name for row in rows[1:]), rows
    if first:
        heard(result.log, case.log)


def unload(console, case, log=True):
    result = console.run(f"rmmod {case.name}")
    assert (result.output, result.status) == ("", 0), result
    if log:
        heard(result.log, case.exit_log)


def come_and_go(console, case, log=True):
    """Twice, between two equal counts; the modules it needs are there meanwhile."""
    start = counts(console)
    for name in case.after:
        console.ok(f"insmod {name}.ko")
    before = counts(console)
    for first in (True, False):
        load(console, case, log and first)
        if not case.refused:
            unload(console, case, log)
        assert counts(console) == before
    for name in reversed(case.after):
        console.ok(f"rmmod {BY_FILE[name].name}")
    assert counts(console) == start


def test_there_are_cases():
    assert len(CASES) >= 60, "run `make boot-test`, which builds them"
    assert sum(bool(case.refused) for case in CASES) >= 30


@pytest.mark.parametrize("case", [case for case in CASES
                                  if not case.permanent and not case.said_once()], ids=by_name)
def test_module(console, case):
    come_and_go(console, case)


@pytest.mark.parametrize("case", [case for case in CASES if case.said_once()], ids=by_name)
def test_module_that_taints(boot, files, case):
    come_and_go(boot(modules=files), case)


@pytest.mark.parametrize("case", [case for case in CASES if case.permanent], ids=by_name)
def test_module_that_stays(boot, own_modules, case):
    console = boot(modules=[own_modules[case.file]])
    load(console, case)
    assert f"\n{case.name} " in "\n" + console.ok("cat /proc/modules | grep '\\[permanent\\],'")
    before = counts(console)
    result = console.run(f"rmmod {case.name}")
    assert result.status == 1
    assert result.output.endswith(f"rmmod: ERROR: could not remove module {case.name}: "
                                  "Device or resource busy\n")
    assert counts(console) == before


@pytest.mark.parametrize("case", [case for case in CASES if not case.permanent], ids=by_name)
def test_messages_change_nothing(quiet, case):
    """The same comes of each when nothing is printed meanwhile."""
    come_and_go(quiet, case, log=False)


def test_all_at_once(boot, files):
    """All that load are loaded together, in an order that works, and removed the other way."""
    good = [case for case in CASES if not case.refused and not case.permanent
            and case.name == case.file and case.file != "ok_notifier"]
    good.sort(key=lambda case: len(case.after))
    console = boot(modules=files)
    before = counts(console)
    for _ in range(2):
        for case in good:
            console.ok(f"insmod {case.file}.ko{case.args}")
        assert len(console.ok("lsmod").splitlines()) == len(good) + 1
        for case in reversed(good):
            console.ok(f"rmmod {case.name}")
        assert counts(console) == before


# --- modules/examples and modules/drivers, which are in the image ---

def depends(path):
    return [name for name in harness.run(["modinfo", "-F", "depends", path])
            .stdout.strip().split(",") if name]


@pytest.mark.parametrize("folder", ["examples", "drivers"])
def test_modules_of_the_image(bare, own_modules, folder):
    """They load and unload, twice, from where the image has them."""
    modules = {name: path for name, path in own_modules.items() if f"/{folder}/" in path}
    assert len(modules) >= 4
    listed = bare.ok(f"cat /lib/modules/{bare.ok('uname -r').strip()}/modules.dep")
    paths = {name: path for path, name in
             re.findall(r"^((?:.*/)?(\w+)\.ko):", listed, re.MULTILINE)}
    before = counts(bare)
    order = []

    def insmod(name):
        if name in order:
            return
        for other in depends(own_modules[name]):
            insmod(other)
        result = bare.run(f"insmod /lib/modules/0.1.0/{paths[name]}")
        assert (result.output, result.status) == ("", 0)
        order.append(name)

    for _ in range(2):
        order.clear()
        for name in modules:
            insmod(name)
        assert set(order) >= set(modules)
        result = bare.run("rmmod " + " ".join(reversed(order)))
        assert (result.output, result.status) == ("", 0)
        assert counts(bare) == before


def test_drivers_are_loaded_at_boot(plain, bare):
    """Those that the lists in /etc/modules-load.d name; none with noautoload."""
    wanted = [line for line in plain.ok("cat /etc/modules-load.d/*").split("\n")
              if line and not line.startswith("#")]
    names = [line.split()[0] for line in plain.ok("lsmod").splitlines()[1:]]
    assert wanted and set(names) >= set(wanted)
    assert bare.ok("lsmod") == "Module                  Size  Used by\n"
    # The one who unloads them all has them back by hand.
    before = counts(plain)
    assert plain.run("rmmod " + " ".join(names)).status == 0
    assert plain.ok("cat /proc/modules") == ""
    for name in wanted:
        path = plain.ok(f"grep '{name}\\.ko:' /lib/modules/0.1.0/modules.dep").split(":")[0]
        plain.ok(f"insmod /lib/modules/0.1.0/{path}")
    assert counts(plain)["modules"] == before["modules"]
