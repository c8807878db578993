# SPDX-License-Identifier: MIT
"""Every module of modules/tests does what its `expect:` line says, twice, and leaves nothing behind.

The words of those lines are explained in modules/tests/mangle.py; `make boot-test` has built the
modules and gathered the lines in build/modules/tests/expect.
"""

import errno
import os
import re

import pytest

import harness

FOLDER = os.path.join(harness.BUILD, "modules", "tests")

# What kmod's insmod makes of an error.
SAYS = {"ENOEXEC": "Invalid module format", "ENOENT": "Unknown symbol in module",
        "EINVAL": "Invalid parameters"}


class Expect:
    """One `expect:` line, taken apart."""

    def __init__(self, file, text):
        self.name = file
        self.refused, self.after, self.args = None, [], ""
        self.logs, self.exit_logs, self.permanent = [], [], False
        for word, rest in re.findall(r'([\w-]+)((?:[^;"]|"[^"]*")*)', text):
            self._take(word, rest.strip())

    def _take(self, word, rest):
        quoted = rest.strip('"')
        if word == "refused":
            self.refused = rest
        elif word == "after":
            self.after = rest.split()
        elif word == "args":
            self.args = " " + quoted
        elif word == "log":
            self.logs.append(quoted)
        elif word == "exit-log":
            self.exit_logs.append(quoted)
        elif word == "permanent":
            self.permanent = True
        elif word == "name":
            self.name = rest
        else:
            assert word == "loads", f"{self.name}: what is `{word}`?"


def read_expectations():
    with open(os.path.join(FOLDER, "expect"), encoding="ascii") as file:
        return dict(line.rstrip("\n").split(": ", 1) for line in file)


EXPECT = read_expectations()


def path(name):
    return os.path.join(FOLDER, name + ".ko")


@pytest.fixture(scope="module")
def machine(boot):
    """One machine with all the modules, for those that leave no trace in it."""
    return boot(modules=[path(name) for name in EXPECT])


def check_log(texts, log):
    for text in texts:
        assert any(text in line for line in log), f"no line has {text!r} in {log}"


def load_once(console, file, expect):
    result = console.run(f"insmod {file}.ko{expect.args}")
    check_log(expect.logs, result.log)
    if expect.refused:
        number = getattr(errno, expect.refused)
        assert SAYS.get(expect.refused, os.strerror(number)) in result.output
        assert result.status == 1
    else:
        assert (result.status, result.output) == (0, "")


def unload(console, expect):
    result = console.run(f"rmmod {expect.name}")
    if expect.permanent:
        assert result.status == 1
        assert f"\n{expect.name} " in "\n" + console.ok("cat /proc/modules")
    else:
        assert (result.status, result.output) == (0, "")
        check_log(expect.exit_logs, result.log)


@pytest.mark.parametrize("file", sorted(EXPECT))
def test_expectation(file, boot, request):
    expect = Expect(file, EXPECT[file])
    # A taint is announced once in a kernel's life, and a permanent module stays for all of it.
    alone = "taint" in EXPECT[file] or expect.permanent
    console = (boot(modules=[path(name) for name in [file] + expect.after]) if alone
               else request.getfixturevalue("machine"))
    before = console.counts()
    for name in expect.after:
        console.ok(f"insmod {name}.ko")
    with_providers = console.counts()
    for _ in range(1 if alone else 2):
        load_once(console, file, expect)
        if not expect.refused:
            unload(console, expect)
        if not expect.permanent:
            assert console.counts() == with_providers
    for name in reversed(expect.after):
        console.ok(f"rmmod {Expect(name, EXPECT[name]).name}")
    if not expect.permanent:
        assert console.counts() == before
