# SPDX-License-Identifier: MIT
"""`make help`, tools/setup and the launcher on machines that lack something."""

import os
import re
import stat

import pytest

import harness
from harness import TOP

SETUP = os.path.join(TOP, "tools", "setup")


class Machine:
    """A pretended machine: a folder that is all of PATH, with links to what is to be there."""

    def __init__(self, folder):
        self.folder = folder
        for place in ("/usr/sbin", "/sbin", "/usr/bin", "/bin"):
            for name in os.listdir(place):
                link = folder / name
                if not link.is_symlink():
                    link.symlink_to(os.path.join(place, name))
        for name in ("apt-get", "sudo", "dpkg-query"):
            self.remove(name)

    def remove(self, name):
        link = self.folder / name
        if link.is_symlink() or link.exists():
            link.unlink()

    def script(self, name, text):
        """Puts a shell script in the place of a command."""
        self.remove(name)
        path = self.folder / name
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run(self, *command):
        return harness.run(list(command), env={"PATH": str(self.folder), "HOME": "/",
                                               "LC_ALL": "C"})

    def setup(self, tree, *groups):
        return self.run("/bin/sh", str(tree / "tools" / "setup"), *groups)


@pytest.fixture
def machine(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    return Machine(folder)


@pytest.fixture
def tree(tmp_path):
    """A copy of the one script, so that its stamps are not those of this machine. It looks in
    /usr/sbin too, which a pretended machine must not have."""
    tools = tmp_path / "tree" / "tools"
    tools.mkdir(parents=True)
    with open(SETUP, encoding="utf-8") as file:
        text = file.read()
    assert text.count("PATH=$PATH:/usr/sbin:/sbin") == 1
    (tools / "setup").write_text(text.replace("PATH=$PATH:/usr/sbin:/sbin", "PATH=$PATH"))
    return tmp_path / "tree"


def test_make_help_lists_all_targets():
    done = harness.run(["make", "-s", "-C", TOP, "help"], env=harness.clean_environment())
    assert done.returncode == 0
    listed = dict(re.findall(r"^make (\S+) +(\S.*)$", done.stdout, re.MULTILINE))
    promised = "iso run test check debug bench fuzz clean help host-test boot-test".split()
    assert set(promised) <= set(listed), set(promised) - set(listed)
    assert all(len(text) > 5 for text in listed.values())
    assert "make -C KOAN M=DIR" in done.stdout
    # Each of them is a target that make knows.
    for name in listed:
        if name.startswith("-"):
            continue
        known = harness.run(["make", "-n", "-C", TOP, name], env=harness.clean_environment())
        assert "No rule" not in known.stderr, known.stderr


def test_setup_does_nothing_where_nothing_is_missing(machine, tree):
    """No word, and nobody is asked for anything: apt would fail the test."""
    machine.script("apt-get", "echo apt was called >&2; exit 1\n")
    for _ in range(2):
        done = machine.setup(tree)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_setup_asks_for_versions_once(machine, tree):
    machine.script("nasm", "echo called >>\"$(dirname \"$0\")/calls\"; echo NASM version 2.16.01\n")
    for _ in range(3):
        assert machine.setup(tree, "build").returncode == 0
    assert (machine.folder / "calls").read_text() == "called\n"


def test_setup_without_apt_names_what_is_missing(machine, tree):
    machine.remove("nasm")
    machine.remove("xorriso")
    done = machine.setup(tree, "build")
    assert done.returncode == 1
    assert re.search(r"\bnasm xorriso\b", done.stderr), done.stderr
    assert done.stdout == ""


def test_setup_without_the_right_to_install_says_what_to_type(machine, tree):
    machine.remove("nasm")
    machine.remove("cpio")
    machine.script("apt-get", "echo apt was called >&2; exit 1\n")
    machine.script("id", "echo 1000\n")
    done = machine.setup(tree, "build")
    assert done.returncode == 1
    assert re.search(r"apt-get install (nasm cpio|cpio nasm)", done.stderr), done.stderr
    assert "apt was called" not in done.stderr


def install_script(folder):
    """apt-get that 'installs' nasm, and tells what it was asked."""
    return (f'echo "$@" >>"{folder}/apt-log"\n'
            'case "$*" in *--simulate*|update) exit 0;; esac\n'
            f'ln -s /usr/bin/nasm "{folder}/nasm"\n')


def test_setup_installs_what_is_missing_and_says_so(machine, tree):
    machine.remove("nasm")
    machine.script("apt-get", install_script(machine.folder))
    machine.script("id", "echo 0\n")
    done = machine.setup(tree, "build")
    assert done.returncode == 0, done.stderr
    assert "installing" in done.stderr and "nasm" in done.stderr
    asked = (machine.folder / "apt-log").read_text().splitlines()
    assert "install" in asked[-1] and asked[-1].endswith(" nasm") and "--yes" in asked[-1]
    # The second time there is nothing to do.
    done = machine.setup(tree, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert (machine.folder / "apt-log").read_text().splitlines() == asked


def test_setup_uses_sudo_where_there_is_one(machine, tree):
    machine.remove("nasm")
    machine.script("apt-get", install_script(machine.folder))
    machine.script("id", "echo 1000\n")
    machine.script("sudo", f'echo "$@" >>"{machine.folder}/sudo-log"; exec "$@"\n')
    done = machine.setup(tree, "build")
    assert done.returncode == 0, done.stderr
    assert "sudo" in done.stderr
    assert "apt-get install" in (machine.folder / "sudo-log").read_text()


def test_setup_says_when_apt_fails(machine, tree):
    machine.remove("nasm")
    machine.script("apt-get", "exit 100\n")
    machine.script("id", "echo 0\n")
    done = machine.setup(tree, "build")
    assert done.returncode == 1
    assert "could not install: nasm" in done.stderr


def test_setup_does_not_believe_an_installation_that_installed_nothing(machine, tree):
    machine.remove("nasm")
    machine.script("apt-get", "exit 0\n")
    machine.script("id", "echo 0\n")
    done = machine.setup(tree, "build")
    assert done.returncode == 1
    assert "still missing" in done.stderr and "nasm" in done.stderr


@pytest.mark.parametrize("command, answer, group", [
    ("qemu-system-x86_64", "QEMU emulator version 2.11.1(Debian 1:2.11)", "run"),
    ("nasm", "NASM version 2.10.09 compiled on Dec 29 2013", "build"),
    ("gcc", "8.3.0", "build"),
])
def test_setup_names_what_is_too_old(machine, tree, command, answer, group):
    machine.script(command, f"echo '{answer}'\n")
    done = machine.setup(tree, group)
    assert done.returncode == 1
    version = re.search(r"\d+(\.\d+)+", answer).group()
    assert re.search(rf"{command}.*\b{re.escape(version)}.*\b\d+(\.\d+)+ or newer", done.stderr)
    # A failure is not remembered as a success.
    assert machine.setup(tree, group).returncode == 1


def test_setup_refuses_a_group_it_does_not_know(machine, tree):
    done = machine.setup(tree, "everything")
    assert done.returncode == 2
    assert "everything" in done.stderr and "build" in done.stderr


def test_launcher_without_qemu_says_what_to_type(machine):
    machine.remove("qemu-system-x86_64")
    done = machine.run(harness.KOAN, "exec", "-c", "true")
    assert done.returncode == 2
    assert "qemu-system-x86_64" in done.stderr and "tools/setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_launcher_tells_what_qemu_said(machine):
    machine.script("qemu-system-x86_64", "echo this qemu is broken >&2; exit 1\n")
    done = machine.run(harness.KOAN, "exec", "-c", "true")
    assert done.returncode == 71
    assert "this qemu is broken" in done.stderr
    assert done.stdout == ""
