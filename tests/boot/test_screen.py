# SPDX-License-Identifier: MIT
"""The screen and the keyboard; QEMU's monitor says what is on the one and presses the other."""

import re
import string
import subprocess

import pytest

import harness
from harness import koan_exec
from qmp import COLUMNS, ROWS, Monitor
from watched import FOLDER, PROMPT, Watched, load, screen


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    with Watched(tmp_path_factory.mktemp("qmp"), qemu=["-vga", "std"]) as console:
        yield console


# --- the screen ---


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
