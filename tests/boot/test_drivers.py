# SPDX-License-Identifier: MIT
"""Drivers are modules: the screen, the keyboard, the clock, the PCI buses; seen from outside too.

The outside judges: QEMU's monitor for what is on the screen and on the buses, this machine's date(1)
for formats, nm(1) for what the drivers use.
"""

import os
import re
import shutil
import string
import subprocess

import pytest

import harness
from harness import koan_exec
from qmp import COLUMNS, ROWS, Monitor
from test_modprobe import LIB, depmod, pack

DRIVERS = ["vga", "ps2kbd", "rtc_cmos", "pci"]  # loaded at boot, in this order
FOLDER = "/lib/modules/0.1.0/kernel/drivers"
PROMPT = "koan# "
BASE = "2026-11-23T12:34:56"


class Watched(harness.Console):
    """A Console that can be looked at."""

    def __init__(self, folder, qemu=(), **options):
        super().__init__(drivers=True, qemu=Monitor.arguments(folder) + list(qemu), **options)
        self.monitor = Monitor(folder)

    def close(self):
        self.monitor.close()
        return super().close()


@pytest.fixture(scope="module")
def console(boot):
    return boot(drivers=True)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    with Watched(tmp_path_factory.mktemp("qmp"), qemu=["-vga", "std"]) as console:
        yield console


def listed(console):
    return [line.split()[0] for line in console.ok("cat /proc/modules").splitlines()]


def load(name):
    return f"insmod {FOLDER}/{name}/{name}.ko"


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


# --- the screen ---

def screen(monitor):
    """The screen once the next prompt is on it."""
    return monitor.wait_for_line(PROMPT)


def test_the_screen_shows_what_the_serial_line_shows(watched):
    watched.ok("clear")
    result = watched.run("echo one; lspci")
    lines = screen(watched.monitor)
    shown = [PROMPT + harness.ASK, "=0=", PROMPT + "echo one; lspci", *result.text.splitlines(),
             PROMPT + harness.ASK, "=0=", PROMPT.rstrip()]
    assert lines == shown


def test_the_screen_scrolls(watched):
    """Two hundred lines in one write; the last of them are left, in order."""
    dump = watched.ok("head -n 200 /proc/kallsyms")
    lines = screen(watched.monitor)
    tail = [PROMPT + harness.ASK, "=0=", PROMPT.rstrip()]
    wanted = wrapped(dump.splitlines())[-(ROWS - len(tail)):] + tail
    assert lines == wanted


def wrapped(lines):
    """As a terminal breaks them."""
    return [line[i:i + COLUMNS].rstrip() for line in lines
            for i in range(0, max(len(line), 1), COLUMNS)]


def bitmaps(picture):
    """{(row, column): the pixels of the cell}."""
    width, height, pixels = picture
    assert width % COLUMNS == 0 and height % ROWS == 0
    wide, high = width // COLUMNS, height // ROWS
    cells = {}
    for row in range(ROWS):
        lines = [pixels[y * width * 3:(y + 1) * width * 3]
                 for y in range(row * high, (row + 1) * high)]
        for column in range(COLUMNS):
            cut = slice(column * wide * 3, (column + 1) * wide * 3)
            cells[row, column] = b"".join(line[cut] for line in lines)
    return cells


def test_a_picture_of_the_screen_has_the_prompt_on_it(watched):
    """Reads the pixels: letters are learnt from a line whose text is known, then the rest is read."""
    watched.ok("clear")
    watched.ok(f"echo '{string.ascii_letters}{string.digits}'")
    watched.ok("echo '#$?=_-+.,:;!'")
    lines = screen(watched.monitor)
    cells = bitmaps(watched.monitor.picture())
    alphabet = {cells[ROWS - 1, 0]: " "}  # the last line is empty
    for known in (string.ascii_letters + string.digits, "#$?=_-+.,:;!"):
        row = lines.index(known)
        for column, character in enumerate(known):
            pixels = cells[row, column]
            assert alphabet.setdefault(pixels, character) == character, "two letters look the same"
    assert len(alphabet) == 1 + 62 + 12
    read = ["".join(alphabet.get(cells[row, column], "\0") for column in range(COLUMNS))
            for row in range(len(lines))]
    # The cursor blinks on the cell behind the prompt.
    assert read[-1][:len(PROMPT)] == PROMPT
    assert [line.rstrip() for line in read[:-1]] == [
        line.replace("'", "\0").replace('"', "\0") for line in lines[:-1]]


def test_boot_messages_are_on_the_screen(tmp_path):
    with Watched(tmp_path, qemu=["-vga", "std"]) as console:
        lines = screen(console.monitor)
    assert re.match(r"\[    0\.000000\] Koan version ", lines[0])
    assert any(line.endswith("vga: 80x25 cells of text") for line in lines)
    assert lines[-1] == PROMPT.rstrip()


def test_without_the_driver_the_screen_stays_as_it_is(watched):
    watched.ok("rmmod vga")
    before = watched.monitor.text()
    watched.ok("echo unseen")
    assert watched.monitor.text() == before
    assert "unseen" not in "\n".join(before)
    watched.ok(load("vga"))
    watched.ok("echo seen")
    assert "seen" in screen(watched.monitor)


def test_colours(watched, tmp_path):
    """What `clear` and others send is obeyed; other sequences leave no rubbish."""
    watched.ok("clear")
    for row in watched.monitor.cells()[ROWS - 5:]:
        assert set(row) == {(" ", 7)}


@pytest.mark.parametrize("options", [{"uefi": True}, {"qemu": ["-vga", "none"]}],
                         ids=["UEFI", "no adapter"])
def test_no_text_screen_is_no_trouble(options):
    done = koan_exec("lsmod", "dmesg", load("vga"), **options)
    assert "vga: there is no screen in text mode" in done.stdout
    assert "autoload: could not insert 'vga': No such device" in done.stdout
    assert done.stdout.endswith(f"insmod: ERROR: could not insert module {FOLDER}/vga/vga.ko: "
                                "No such device\n")
    assert {"ps2kbd", "rtc_cmos", "pci"} <= set(done.stdout.split())
    assert done.returncode == 1


# --- the keyboard ---

class Typist:
    """A machine with nothing but a screen and a keyboard."""

    def __init__(self, folder):
        arguments = harness.arguments(qemu=Monitor.arguments(folder) + ["-vga", "std"])
        self._koan = subprocess.Popen([harness.KOAN, "run"] + arguments, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.monitor = Monitor(folder)
        screen(self.monitor)

    def type(self, text, before=""):
        """Types behind `before`; each character is on the screen before the next is pressed."""
        for c in text:
            before += c
            self.monitor.type(c)
            self.monitor.wait_for_line(PROMPT + before)

    def line(self, text):
        """Types a command, and returns the last line of what it writes."""
        self.type(text)
        self.monitor.type("\n")
        return screen(self.monitor)[-2]

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.monitor.close()
        if exc[0]:
            self._koan.kill()
        self._koan.communicate()

    def power_off(self):
        """Types it; returns the exit status and all that the serial line got meanwhile."""
        self.type("poweroff 7")
        self.monitor.press_last("ret")
        text, _ = self._koan.communicate(timeout=harness.HANG_SECONDS)
        return self._koan.returncode, text.decode()


@pytest.fixture
def typist(tmp_path):
    with Typist(tmp_path) as machine:
        yield machine


PRINTABLE = "".join(chr(c) for c in range(0x20, 0x7f))


def test_every_character_of_the_keyboard(typist):
    for part in (PRINTABLE[:48], PRINTABLE[48:]):
        quoted = part.replace("'", "")
        assert typist.line(f"echo '{quoted}'") == quoted
    assert typist.line('echo "\'"') == "'"
    status, text = typist.power_off()
    assert status == 7
    assert "koan# poweroff 7\n" in text, "the serial line shows the same"


def test_editing_keys_reach_the_line_editor(typist):
    monitor, keys = typist.monitor, typist.monitor.keys

    def shows(text):
        monitor.wait_for_line(PROMPT + text)

    typist.type("cho a Xb")
    keys("home")
    monitor.type("e")
    shows("echo a Xb")
    keys("end")
    keys("left")
    keys("left")
    keys("delete")
    shows("echo a b")
    keys("ctrl", "left")
    keys("backspace")
    shows("echoa b")
    monitor.type(" ")
    shows("echo a b")
    keys("ctrl", "right")
    monitor.type("C")
    shows("echo aC b")
    monitor.type("\n")
    assert screen(monitor)[-2] == "aC b"
    keys("up")
    shows("echo aC b")
    keys("down")
    shows("")
    typist.type("lspc")
    monitor.type("\t-")
    shows("lspci -")
    keys("ctrl", "u")
    shows("")
    typist.type("echo lost")
    keys("ctrl", "c")
    screen(monitor)
    assert typist.line("echo $?") == "130"


def test_locks_and_the_number_pad(typist):
    """The keyboard holds 16 codes, so whoever types looks at the screen now and then."""
    monitor, keys = typist.monitor, typist.monitor.keys

    def presses(chords, shown):
        for chord in chords.split():
            keys(*chord.split("-"))
        monitor.wait_for_line(PROMPT + shown)

    presses("caps_lock a shift-b 1 minus", "Ab1-")
    presses("caps_lock ctrl-u a", "a")
    presses("backspace", "")
    typist.type("echo ")
    presses("kp_divide kp_multiply kp_subtract kp_add", "echo /*-+")
    presses("num_lock kp_7 kp_5 kp_0 kp_decimal", "echo /*-+750.")
    presses("num_lock kp_4 x", "echo /*-+750x.")
    presses("pause y", "echo /*-+750xy.")
    presses("print f1 z", "echo /*-+750xyz.")
    keys("kp_enter")
    assert screen(monitor)[-2] == "/*-+750xyz."


def test_interrupts_of_the_keyboard_are_counted(watched):
    def count():
        return int(re.search(r"^  1: +(\d+) +XT-PIC +i8042$", watched.ok("cat /proc/interrupts"),
                             re.MULTILINE).group(1))

    before = count()
    watched.monitor.keys("shift")
    screen(watched.monitor)
    assert count() == before + 2


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


# --- the PCI buses ---

# A bus behind a bridge, and a device with a second function.
PCI_QEMU = ["-device", "pci-bridge,id=behind,chassis_nr=1,addr=5",
            "-device", "virtio-rng-pci,bus=behind,addr=3",
            "-device", "virtio-rng-pci,addr=6.0,multifunction=on",
            "-device", "virtio-rng-pci,addr=6.2"]


def devices(buses):
    """(bus, slot, function, class, vendor, device, card's vendor, card's device) of all that QEMU has."""
    for bus in buses:
        for d in bus["devices"]:
            yield (d["bus"], d["slot"], d["function"], d["class_info"]["class"], d["id"]["vendor"],
                   d["id"]["device"], d["id"].get("subsystem-vendor", 0), d["id"].get("subsystem", 0))
            if "pci_bridge" in d:
                yield from devices([{"devices": d["pci_bridge"].get("devices", [])}])


# For any display adapter, and for one of QEMU's sources of random numbers on a bus behind another.
PCI_DRIVER = """\
#include <linux/module.h>
#include <linux/pci.h>
static const struct pci_device_id ids[] = {{ {{ {} }}, {{ }} }};
MODULE_DEVICE_TABLE(pci, ids);
MODULE_LICENSE("GPL");
"""


def test_modprobe_finds_a_driver_by_its_device(boot, tmp_path):
    """What lspci says of the device, and the table of the driver; depmod is kmod's."""
    source = tmp_path / "drivers"
    source.mkdir()
    (source / "Kbuild").write_text("obj-m := screen.o virtio.o\n")
    (source / "screen.c").write_text(PCI_DRIVER.format("PCI_DEVICE_CLASS(0x030000, 0xff0000)"))
    (source / "virtio.c").write_text(PCI_DRIVER.format("PCI_DEVICE_SUB(0x1af4, 0x1005, 0x1af4, 4)"))
    harness.build_modules(source)
    tree = tmp_path / "tree"
    shutil.copytree(os.path.join(harness.BUILD, "initrd", LIB), tree / LIB)
    for name in ("screen.ko", "virtio.ko"):
        shutil.copy(source / name, tree / LIB)
    depmod(tree)
    console = boot(initrds=[pack(tree)], qemu=PCI_QEMU, drivers=True)
    for device, module in (("1234:1111", "screen"), ("1af4:1005", "virtio")):
        alias = re.search(device + r"[^\n]*\n\tModalias: (\S+)\n", console.ok("lspci -k")).group(1)
        assert console.ok(f"modprobe -R {alias}") == f"{module}\n"
        console.ok(f"modprobe {alias}")
        assert console.ok("lsmod").splitlines()[1].startswith(f"{module} ")
    (bridge,) = re.findall(r"8086:1237[^\n]*\n\tModalias: (\S+)\n", console.ok("lspci -k"))
    result = console.run(f"modprobe {bridge}")
    assert (result.status, result.output) == (
        1, f"modprobe: FATAL: Module {bridge} not found in directory /{LIB}\n")
    console.close()


def test_lspci_lists_what_is_there(tmp_path):
    with Watched(tmp_path, qemu=PCI_QEMU) as console:
        numbers = console.ok("lspci -n").splitlines()
        there = sorted(devices(console.monitor.call("query-pci")))
        named = console.ok("lspci").splitlines()
        aliases = console.ok("lspci -kn").splitlines()
    assert aliases[::2] == numbers
    assert [line[:-len("00")] for line in aliases[1::2]] == [
        "\tModalias: pci:v%08Xd%08Xsv%08Xsd%08Xbc%02Xsc%02Xi" % (*d[4:8], d[3] >> 8, d[3] & 0xff) for d in there]
    assert len({d[0] for d in there}) == 2 and len(there) >= 9
    assert [re.sub(r" \(rev \w\w\)$", "", line) for line in numbers] == [
        "%02x:%02x.%x %04x: %04x:%04x" % d[:6] for d in there]
    assert [re.sub(r" \S.* \[(\w{4})\]:", r" \1:", line) for line in named] == numbers
    assert named[0] == "00:00.0 Host bridge [0600]: 8086:1237 (rev 02)"
    assert "PCI bridge [0604]" in "\n".join(named)
    assert "VGA compatible controller [0300]" in "\n".join(named)


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
