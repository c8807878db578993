# SPDX-License-Identifier: MIT
"""Root and student: who may look at what, and who may change it. Texts are those of kmod, coreutils
and util-linux on a Linux where the same is refused.
"""

import re

import pytest

import harness

DENIED, NOT_PERMITTED = "Permission denied", "Operation not permitted"
HELLO = "/lib/modules/0.1.0/kernel/examples/hello/hello.ko"


@pytest.fixture(scope="module")
def guest(built):
    return str(built("guest") / "guest.ko")


@pytest.fixture(scope="module")
def machine(boot, guest, tmp_path_factory):
    note = tmp_path_factory.mktemp("note") / "note"
    note.write_text("a note\n")
    console = boot(modules=[guest], files=[note], drivers=True)
    console.ok("insmod guest.ko")
    return console


@pytest.fixture
def student(machine):
    """At student's prompt, and back at root's when the test is over."""
    machine.ok("su student")
    assert machine.ok("whoami") == "student\n"
    yield machine
    machine.run("exit")
    assert machine.ok("whoami") == "root\n"


def refused(console, command, *lines):
    result = console.run(command)
    assert (result.status, result.lines) == (1, list(lines)), result


# --- who ---

def test_the_prompt_tells_who(guest):
    done = harness.koan_exec("whoami", "su student", "whoami", "insmod guest.ko", "exit", "insmod guest.ko",
                             "echo $?", modules=[guest], drivers=False)
    assert done.stdout == (
        "koan# whoami\nroot\n"
        "koan# su student\n"
        "koan$ whoami\nstudent\n"
        "koan$ insmod guest.ko\n"
        "insmod: ERROR: could not insert module guest.ko: Operation not permitted\n"
        "koan$ exit\n"
        "koan# insmod guest.ko\n" + re.search(r"(?s)koan# insmod guest.ko\n(.*)koan# echo", done.stdout)[1]
        + "koan# echo $?\n0\n")
    assert "loading out-of-tree module" in done.stdout
    assert done.returncode == 0


def test_a_script_may_end_as_student():
    """Who may not power off is no reason to hang, and the last status counts."""
    done = harness.koan_exec("su student", "false", drivers=False)
    assert (done.stdout, done.stderr, done.returncode) == ("koan# su student\nkoan$ false\n", "", 1)


def test_id(student):
    assert student.ok("id") == "uid=1000(student) gid=1000(student) groups=1000(student)\n"
    assert student.ok("id -u; id -un; id -gn; whoami") == "1000\nstudent\nstudent\nstudent\n"
    student.ok("exit")
    assert student.ok("id") == "uid=0(root) gid=0(root) groups=0(root)\n"
    assert student.ok("id -u; id -g; id -nu; whoami") == "0\n0\nroot\nroot\n"
    refused(student, "id -n", "id: cannot print only names or real IDs in default format")
    student.ok("su student")


def test_su_and_exit(machine):
    refused(machine, "su nobody", "su: user nobody does not exist or the user entry does not contain all "
            "the required fields")
    refused(machine, "su", "su: this is root's shell already")
    assert machine.run("su student now").status == 1
    refused(machine, "exit", "exit: this is the outermost shell; poweroff ends the machine")
    machine.ok("su student")
    for words in ("su", "su root", "su student", "su -c id root"):
        refused(machine, words, "su: Authentication failure")
    result = machine.run("exit 7; echo never")
    assert (result.output, result.status) == ("", 7)
    assert machine.ok("whoami") == "root\n"
    machine.ok("su student")
    assert machine.run("false; exit").status == 1
    machine.ok("su student")
    result = machine.run("exit seven")
    assert (result.output, result.status) == ("exit: seven: numeric argument required\n", 2)


def test_su_runs_one_line(machine):
    assert machine.ok("su -c whoami student; whoami") == "student\nroot\n"
    assert machine.run("su -c 'false; exit 4; echo never' student").status == 4
    assert machine.ok("su -c 'id -u; id -un' student | sort") == "1000\nstudent\n"


# --- modules ---

def test_insmod(student):
    refused(student, f"insmod {HELLO}", f"insmod: ERROR: could not insert module {HELLO}: {NOT_PERMITTED}")
    refused(student, f"insmod -f {HELLO}", f"insmod: ERROR: could not insert module {HELLO}: {NOT_PERMITTED}")
    refused(student, "insmod note", f"insmod: ERROR: could not insert module note: {NOT_PERMITTED}")
    assert "hello" not in student.ok("lsmod")


def test_rmmod(student):
    line = "rmmod: ERROR: ../libkmod/libkmod-module.c:856 kmod_module_remove_module() could not remove 'guest': "
    refused(student, "rmmod guest", line + NOT_PERMITTED,
            f"rmmod: ERROR: could not remove module guest: {NOT_PERMITTED}")
    assert student.run("rmmod -f guest").status == 1
    assert "guest" in student.ok("lsmod")


def test_modprobe(student):
    refused(student, "modprobe hello", f"modprobe: ERROR: could not insert 'hello': {NOT_PERMITTED}")
    result = student.run("modprobe -r guest")
    assert result.status == 1
    assert student.ok("modprobe -n hello") == ""
    assert "guest" in student.ok("lsmod") and "hello" not in student.ok("lsmod")


def test_a_module_that_others_ask_for_comes(student):
    """The kernel loads it, not the student who made a module ask for it."""
    assert student.ok("cat /proc/guest/ask") == "0\n0\n"
    assert "hello" in student.ok("lsmod")
    student.ok("exit")
    student.ok("rmmod hello")
    assert student.ok("cat /proc/guest/may") == "1 1 1\n"
    student.ok("su student")
    assert student.ok("cat /proc/guest/may") == "0 0 0\n"


def test_a_killed_command_changes_nobody(student):
    result = student.run("cat /proc/guest/crash")
    assert result.status == 137 and result.log[0].startswith("BUG: kernel NULL pointer dereference")
    assert student.ok("whoami") == "student\n"
    student.ok("exit")
    assert student.run("su -c 'cat /proc/guest/crash' student").status == 137
    assert student.ok("whoami") == "root\n"
    student.ok("su student")


# --- addresses ---

def addresses(console):
    symbols = {line.split()[0] for line in console.ok("cat /proc/kallsyms").splitlines()}
    modules = {line.split()[5] for line in console.ok("cat /proc/modules").splitlines()}
    return symbols, modules


def test_student_sees_no_address(machine):
    symbols, modules = addresses(machine)
    assert len(symbols) > 1000 and len(modules) == len(machine.ok("lsmod").splitlines()) - 1
    names = machine.ok("cat /proc/kallsyms | wc -l")
    machine.ok("su student")
    assert addresses(machine) == ({"0" * 16}, {"0x" + "0" * 16})
    assert machine.ok("cat /proc/kallsyms | wc -l") == names
    refused(machine, "cat /sys/module/guest/sections/.text",
            f"cat: /sys/module/guest/sections/.text: {DENIED}")
    assert ".text" in machine.ok("ls -a /sys/module/guest/sections")
    refused(machine, "ptdump", f"ptdump: {NOT_PERMITTED}")
    for line in machine.ok("cat /proc/iomem /proc/ioports").splitlines():
        assert set(line.split(" : ")[0]) <= set("0-"), line
    machine.ok("exit")


@pytest.mark.parametrize("value, root_sees", [(0, True), (1, True), (2, False)])
def test_kptr_restrict(machine, value, root_sees):
    machine.ok(f"echo {value} > /proc/sys/kernel/kptr_restrict")
    assert machine.ok("cat /proc/sys/kernel/kptr_restrict") == f"{value}\n"
    symbols, modules = addresses(machine)
    section = machine.ok("cat /sys/module/guest/sections/.text")
    assert (len(symbols) > 1000) is root_sees
    assert (modules != {"0x" + "0" * 16}) is root_sees
    assert (section != "0x" + "0" * 16 + "\n") is root_sees
    machine.ok("su student")
    assert addresses(machine) == ({"0" * 16}, {"0x" + "0" * 16})
    machine.ok("exit")
    machine.ok("echo 0 > /proc/sys/kernel/kptr_restrict")


@pytest.mark.parametrize("value, root_sees, student_sees", [(0, True, True), (1, True, False), (2, False, False)])
def test_secret_pointers(machine, value, root_sees, student_sees):
    """%pK, as printk-formats.rst of Linux tells, except that Koan has no hash for 0."""
    machine.ok(f"echo {value} > /proc/sys/kernel/kptr_restrict")
    for user, sees in (("root", root_sees), ("student", student_sees)):
        command = "cat /proc/guest/pointer"
        secret, plain = machine.ok(command if user == "root" else f"su -c '{command}' student").split()
        assert plain.startswith("ffffffffc")
        assert secret == (plain if sees else "0" * 16), user
    machine.ok("echo 0 > /proc/sys/kernel/kptr_restrict")


def test_kptr_restrict_has_three_values(machine):
    for value in ("3", "-1", "x"):
        assert machine.run(f"echo {value} > /proc/sys/kernel/kptr_restrict").status == 1
    assert machine.ok("cat /proc/sys/kernel/kptr_restrict") == "0\n"


# --- files ---

@pytest.mark.parametrize("path", ["/sys/module/guest/parameters/level", "/proc/sys/kernel/kptr_restrict",
                                  "/proc/sys/kernel/modules_disabled", "/proc/sys/kernel/panic_on_oops",
                                  "note", "new", "/etc/new"])
def test_no_writing(student, path):
    for command in (f"echo 1 > {path}", f"echo 1 >> {path}", f"false &> {path}"):
        refused(student, command, f"koan: {path}: {DENIED}")
    assert student.run(f"cp /proc/version {path}").status == 1


def test_what_is_readable_is_read(student):
    assert student.ok("cat note") == "a note\n"
    assert student.ok("cat /sys/module/guest/parameters/level") == "1\n"
    assert student.ok("cat < note") == "a note\n"
    assert "parm" in student.ok(f"modinfo {HELLO}") + student.ok("modinfo guest.ko")
    for path in ("/sys/module/guest/parameters/secret", "/proc/guest/closed"):
        refused(student, f"cat {path}", f"cat: {path}: {DENIED}")
        refused(student, f"cat < {path}", f"koan: {path}: {DENIED}")
        refused(student, f"cp {path} /dev/null", f"cp: cannot copy '{path}' to '/dev/null': {DENIED}")
        refused(student, f"hexdump {path}", f"hexdump: {path}: {DENIED}",
                "hexdump: all input file arguments failed")
    assert student.ok("echo gone > /dev/null") == ""


def test_the_tree_stays(student):
    refused(student, "rm note", f"rm: cannot remove 'note': {DENIED}")
    refused(student, "rm -r /etc", f"rm: cannot remove '/etc': {DENIED}")
    refused(student, "rm -rf note", f"rm: cannot remove 'note': {DENIED}")
    refused(student, "mkdir new", f"mkdir: cannot create directory 'new': {DENIED}")
    refused(student, "mkdir -p new/er", f"mkdir: cannot create directory 'new': {DENIED}")
    refused(student, "touch new", f"touch: cannot touch 'new': {DENIED}")
    refused(student, "touch note", f"touch: cannot touch 'note': {DENIED}")
    assert student.ok("ls") == "guest.ko  note\n"


# --- the machine ---

def test_log(student):
    before = student.ok("dmesg")
    refused(student, "dmesg -C", f"dmesg: clear kernel buffer failed: {NOT_PERMITTED}")
    result = student.run("dmesg -c")
    assert (result.status, result.lines[-1]) == (1, f"dmesg: read kernel buffer failed: {NOT_PERMITTED}")
    refused(student, "dmesg -n 8", f"dmesg: klogctl failed: {NOT_PERMITTED}")
    refused(student, "dmesg -n loud", "dmesg: unknown level 'loud'")
    assert student.ok("dmesg") == before


def test_power(student):
    refused(student, "poweroff", f"poweroff: {NOT_PERMITTED}")
    refused(student, "poweroff 3", f"poweroff: {NOT_PERMITTED}")
    refused(student, "reboot", f"reboot: {NOT_PERMITTED}")


def test_coming_and_going_takes_no_memory(machine):
    machine.ok("su student")
    machine.run("exit")
    before = machine.counts()
    for _ in range(5):
        machine.ok("su student")
        machine.run(f"insmod {HELLO}; cat /proc/guest/closed; su")
        machine.ok("true")
        machine.ok("exit")
    assert machine.counts() == before
