# SPDX-License-Identifier: MIT
"""Drivers are modules: they come and go as others do, and use what others may use; the clock.

The outside judges: this machine's date(1) for formats, nm(1) for what the drivers use. The others are in
test_screen.py and test_pci.py.
"""

import os
import re
import subprocess

import pytest

import harness
from harness import koan_exec
from watched import Watched, load

DRIVERS = ["vga", "ps2kbd", "rtc_cmos", "pci"]  # loaded at boot, in this order
BASE = "2026-11-23T12:34:56"


@pytest.fixture(scope="module")
def console(boot):
    return boot(drivers=True)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    with Watched(tmp_path_factory.mktemp("qmp"), qemu=["-vga", "std"]) as console:
        yield console


def listed(console):
    return [line.split()[0] for line in console.ok("cat /proc/modules").splitlines()]


# --- being modules ---

def test_loaded_at_boot(console):
    assert listed(console) == DRIVERS[::-1]
    conf = console.ok("cat /etc/modules-load.d/koan.conf").splitlines()
    assert [line for line in conf if not line.startswith("#")] == DRIVERS


def test_the_command_line_can_leave_them_out():
    done = koan_exec("cat /proc/modules", "date", append="noautoload")
    assert done.stdout == ("koan# cat /proc/modules\nkoan# date\n"
                           "koan: date: command not found\n")


def test_what_is_missing_is_told_and_left_out(tmp_path):
    """A list of one's own, in a second archive, which is unpacked over the first."""
    tree = tmp_path / "etc" / "modules-load.d"
    tree.mkdir(parents=True)
    (tree / "koan.conf").write_text("  no-such\n\n; nothing\n# nothing\n  rtc-cmos  \n")
    subprocess.run("echo etc/modules-load.d/koan.conf | cpio -o -H newc --quiet >list.cpio",
                   shell=True, cwd=tmp_path, check=True)
    done = koan_exec("dmesg; cat /proc/modules", initrds=[tmp_path / "list.cpio"])
    assert re.search("autoload: Module no-such not found in directory ", done.stdout), done
    assert re.search(r"^rtc_cmos \d+ 0 - Live", done.stdout, re.MULTILINE)
    assert "vga" not in done.stdout


def test_use_only_what_is_exported():
    with open(os.path.join(harness.BUILD, "Module.symvers"), encoding="utf-8") as file:
        exported = {line.split("\t")[1] for line in file}
    for name in DRIVERS:
        module = os.path.join(harness.BUILD, "modules", "drivers", name, name + ".ko")
        needed = harness.run(["nm", "--undefined-only", "--format=posix", module]).stdout
        needed = {line.split()[0] for line in needed.splitlines()}
        assert needed and needed <= exported, needed - exported


def test_come_and_go_without_a_trace(watched):
    watched.ok("rmmod " + " ".join(DRIVERS))
    without = watched.counts()
    proc = {name: watched.ok(f"cat /proc/{name}") for name in ("ioports", "iomem")}
    assert watched.ok("ls /proc/driver") == ""
    for command in ("date", "lspci"):
        assert watched.run(command).status == 127
        assert watched.run(f"help {command}").status == 1
    for name in DRIVERS:
        for _ in range(2):
            watched.ok(load(name))
            watched.ok(f"rmmod {name}")
            assert watched.counts() == without
    for name in DRIVERS:
        watched.ok(load(name))
    with_them = watched.counts()
    watched.ok("rmmod " + " ".join(DRIVERS[::-1]))
    assert watched.counts() == without
    for name, text in proc.items():
        assert watched.ok(f"cat /proc/{name}") == text
    for name in DRIVERS:
        watched.ok(load(name))
    assert watched.counts() == with_them
    watched.ok("date")
    watched.ok("lspci")


def test_commands_of_modules_are_like_all_others(console):
    names = [line.split()[0] for line in console.ok("help").split("\n\n")[0].splitlines()]
    assert names == sorted(names)
    assert {"date", "lspci", "cat"} <= set(names)
    assert console.ok("lspci --help").startswith("Usage: lspci [-kn]\n")
    assert console.ok("help date").startswith("Usage: date [-Ru] [+FORMAT]\n")
    assert console.ok("lspci | wc -l") == f"{len(console.ok('lspci').splitlines())}\n"
    assert console.run("lspci x").output == ("lspci: extra operand 'x'\n"
                                           "Try 'lspci --help' for more information.\n")


# --- what drivers are given ---

def test_what_drivers_have_requested_is_listed(console):
    text = console.ok("cat /proc/interrupts")
    assert text.splitlines()[0] == "           CPU0       "
    rows = dict(re.findall(r"^ *(\d+): +\d+    XT-PIC      (\S.*)$", text, re.MULTILINE))
    assert rows == {"0": "timer", "1": "i8042", "2": "cascade", "4": "ttyS0"}
    assert re.fullmatch(r"ERR: +\d+", text.splitlines()[-1])
    ports = console.ok("cat /proc/ioports").splitlines()
    assert ports == sorted(ports)
    assert {"0060-0060 : keyboard", "0070-0071 : rtc0", "03c0-03df : vga+",
            "0cf8-0cff : PCI conf1", "03f8-03ff : serial"} <= set(ports)
    memory = console.ok("cat /proc/iomem").splitlines()
    assert "000b8000-000bffff : Video RAM area" in memory
    assert "00100000-07fdffff : System RAM" in memory


# --- the clock ---

def test_date_as_on_linux():
    done = koan_exec("date", "date -u", "date -R", "cat /proc/driver/rtc",
                     qemu=["-rtc", f"base={BASE},clock=vm"])
    lines = done.stdout.splitlines()
    seconds = r"12:34:(5[6-9])|12:3[5-9]:\d\d"
    assert re.fullmatch(rf"Mon Nov 23 ({seconds}) UTC 2026", lines[1]), lines
    assert re.fullmatch(rf"Mon Nov 23 ({seconds}) UTC 2026", lines[3]), lines
    assert re.fullmatch(rf"Mon, 23 Nov 2026 ({seconds}) \+0000", lines[5]), lines
    assert re.fullmatch(rf"rtc_time\t: ({seconds})", lines[7].replace(" \t", "\t")), lines
    assert lines[8:] == ["rtc_date\t: 2026-11-23", "24hr\t\t: yes"]


ALL_FORMATS = ("%s|%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%h|%H|%I|%j|%k|%l|%m|%M|%p|%P|%r|%R|%S|%T|%u|%U|"
               "%w|%W|%x|%X|%y|%Y|%z|%Z|%%|%n|%t|%-d|%_m|%0e|%-H|%Q|text")


@pytest.mark.parametrize("base", ["1999-12-31T23:59:30", "2000-01-01T00:00:00",
                                  "2024-02-29T11:59:30", "2026-01-04T12:00:00",
                                  "2038-01-19T03:14:00", "2099-03-01T09:05:07"])
def test_formats_are_those_of_the_tool(base):
    done = koan_exec(f"date '+{ALL_FORMATS}'", qemu=["-rtc", f"base={base},clock=vm"])
    text = done.stdout.partition("\n")[2]
    at = text.partition("|")[0]
    started = harness.run(["date", "-u", "-d", base + "Z", "+%s"]).stdout
    assert 0 <= int(at) - int(started) < harness.HANG_SECONDS
    assert text == harness.run(["date", "-u", "-d", "@" + at, "+" + ALL_FORMATS],
                               env={"LC_ALL": "C", "PATH": os.environ["PATH"]}).stdout


def test_wrong_dates_are_refused(console):
    assert console.run("date tomorrow").output == "date: invalid date 'tomorrow'\n"
    assert console.run("date +a b").output == ("date: extra operand 'b'\n"
                                             "Try 'date --help' for more information.\n")
    assert console.run("date -q").status == 1
