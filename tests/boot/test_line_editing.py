# SPDX-License-Identifier: MIT
"""The keys of the console, pressed through a terminal: what is run is what a person would expect."""

import re

import pexpect
import pytest

import harness

PROMPT = "koan# "
NEWLINE = r"\r+\n"  # the kernel sends CR LF, and the terminal's own settings may add another CR
UP, DOWN, RIGHT, LEFT = "\033[A", "\033[B", "\033[C", "\033[D"
HOME, END, DELETE = "\033[H", "\033[F", "\033[3~"
WORD_LEFT, WORD_RIGHT = "\033[1;5D", "\033[1;5C"
BACKSPACE = "\x7f"


def ctrl(letter):
    """A control key, as the guest gets it: Ctrl-A is QEMU's own key, and its double the guest's."""
    return chr(ord(letter) & 0x1f) * (2 if letter == "A" else 1)


class Terminal:
    """Koan on a pseudo terminal."""

    def __init__(self, *options):
        self.child = pexpect.spawn(harness.KOAN, ["run", *options], encoding="utf-8",
                                   codec_errors="surrogateescape", timeout=harness.HANG_SECONDS,
                                   dimensions=(24, 200))
        self.child.delaybeforesend = None
        self.child.expect_exact(PROMPT)

    def press(self, *keys):
        """Sends keys as they are."""
        self.child.send("".join(keys))

    def ran(self, *keys):
        """Presses keys and Enter; returns what the command wrote."""
        self.press(*keys, "\r")
        self.sees("\n")
        return self.until_prompt()

    def sees(self, text):
        """Waits for `text` on the screen."""
        self.child.expect(NEWLINE.join(map(re.escape, text.split("\n"))))

    def until_prompt(self):
        """What is written before the next prompt."""
        self.child.expect_exact(PROMPT)
        return re.sub(NEWLINE, "\n", self.child.before)

    def close(self):
        self.child.close(force=True)


@pytest.fixture(scope="module")
def terminal():
    terminal = Terminal()
    yield terminal
    terminal.close()


@pytest.mark.parametrize("keys, output", [
    (["echo hello"], "hello\n"),
    (["echo hexllo", LEFT, LEFT, LEFT, BACKSPACE], "hello\n"),
    (["echo hexllo", LEFT * 4, DELETE], "hello\n"),
    (["echo hexllo", LEFT * 4, ctrl("D")], "hello\n"),
    (["echo hexllo", LEFT * 3, "\b"], "hello\n"),
    (["cho one", HOME, "e"], "one\n"),
    (["cho one", ctrl("A"), "e"], "one\n"),
    (["cho one", "\033[1~", "e"], "one\n"),
    (["cho one", "\033OH", "e"], "one\n"),
    (["ech", HOME, END, "o two"], "two\n"),
    (["ech", HOME, ctrl("E"), "o two"], "two\n"),
    (["ech", HOME, "\033[4~", "o two"], "two\n"),
    (["echo ab", LEFT, LEFT, RIGHT, "-"], "a-b\n"),
    (["echo ab", ctrl("B"), ctrl("B"), ctrl("F"), "-"], "a-b\n"),
    (["garbage", ctrl("U"), "echo clean"], "clean\n"),
    (["rubbish echo clean", LEFT * 10, ctrl("U")], "clean\n"),
    (["echo clean rubbish", LEFT * 8, ctrl("K")], "clean\n"),
    (["echo one two", ctrl("W"), "three"], "one three\n"),
    (["echo one two   ", ctrl("W"), "three"], "one three\n"),
    (["echo one two", ctrl("W"), ctrl("W"), ctrl("W"), "echo four"], "four\n"),
    (["echo one two", WORD_LEFT, "and "], "one and two\n"),
    (["echo one two", WORD_LEFT * 2, WORD_RIGHT, "s"], "ones two\n"),
    (["echo one", LEFT * 20, RIGHT * 30, "!"], "one!\n"),
    (["echo hold", UP, DOWN, " on"], "hold on\n"),
    (["echo gr\u00fc\u00dfe", BACKSPACE, BACKSPACE, "n"], "gr\u00fcn\n"),
    (["echo gr\u00fcn", LEFT, LEFT, BACKSPACE, LEFT, RIGHT, "i"], "gi\u00fcn\n"),
    (["echo one\033[99~\033[15~two"], "onetwo\n"),
], ids=lambda value: repr(value)[:40])
def test_keys(terminal, keys, output):
    assert terminal.ran(*keys) == output


def test_history(terminal):
    for word in ("first", "second", "third"):
        assert terminal.ran("echo ", word) == f"{word}\n"
    assert terminal.ran(UP, UP) == "second\n"
    assert terminal.ran(ctrl("P")) == "second\n"
    assert terminal.ran(UP, UP) == "third\n"  # the same line twice is kept once
    assert terminal.ran(UP, UP, UP, DOWN, "s") == "seconds\n"
    assert terminal.ran("echo unfinished", UP, UP, DOWN, ctrl("N"), " business") == \
        "unfinished business\n"


def test_ctrl_c_gives_a_new_prompt(terminal):
    terminal.press("echo never", ctrl("C"))
    terminal.sees("^C\n")
    assert terminal.until_prompt() == ""
    assert terminal.ran("echo after") == "after\n"


def test_ctrl_l_clears_the_screen_and_keeps_the_line(terminal):
    terminal.press("echo ke", ctrl("L"))
    terminal.sees("\033[H\033[2J")
    terminal.sees(PROMPT + "echo ke")
    assert terminal.ran("pt") == "kept\n"


@pytest.mark.parametrize("keys, output", [
    (["unam\t"], "Koan\n"),                                    # a command, and a blank behind it
    (["echo a; una\t-r"], "a\n0.1.0\n"),
    (["cat /pro\tver\t| wc -l"], "1\n"),                       # folder, then file
    (["cd /pr\t; pwd; cd"], "/proc\n"),
])
def test_tab_completes(terminal, keys, output):
    assert terminal.ran(*keys) == output


def test_tab_completes_what_is_common_and_lists_the_rest(terminal):
    terminal.ran("touch same-one same-two")
    terminal.press("ls sa\t")
    terminal.sees("ls same-")
    terminal.press("\t\t")
    terminal.sees("\n")
    listed = terminal.until_prompt()
    assert set(listed.split()) == {"same-one", "same-two"}
    assert terminal.ran("o\t") == "same-one\n"
    terminal.ran("rm same-one same-two")


def test_tab_that_finds_nothing_rings(terminal):
    terminal.press("nosuchcommand\t")
    terminal.sees("\a")
    terminal.press(ctrl("U"))
    assert terminal.ran("echo on") == "on\n"


def test_ctrl_d_on_an_empty_line_does_no_harm(terminal):
    terminal.press(ctrl("D"))
    assert terminal.ran("echo still here").endswith("still here\n")


def test_ctrl_c_stops_a_command_that_reads_the_terminal(terminal):
    terminal.press("cat\r")
    terminal.sees("cat\n")
    terminal.press("a line\r")
    terminal.sees("a line\n")
    terminal.press(ctrl("C"))
    terminal.until_prompt()
    assert terminal.ran("echo $?") == "130\n"


def test_ctrl_d_ends_what_is_typed_to_a_command(terminal):
    terminal.press("wc -l\r")
    terminal.sees("wc -l\n")
    terminal.press("one\rtwo\r", ctrl("D"))
    assert terminal.until_prompt().endswith("2\n")


def test_paste_of_4_kib_loses_nothing(terminal):
    """More than any buffer of the serial line holds, sent at once, while commands run."""
    lines = [f"echo paste {i:04} of many" for i in range(4096 // 24 + 1)]
    terminal.press("".join(line + "\r" for line in lines))
    assert sum(map(len, lines)) + len(lines) >= 4096
    for i, _ in enumerate(lines):
        terminal.sees(f"\npaste {i:04} of many\n")
    terminal.until_prompt()
    assert terminal.ran("echo end") == "end\n"


def test_paste_of_one_long_line(terminal):
    """As long as a line may be; what does not fit rings the bell and is not half taken."""
    words = "x" * 4000
    assert terminal.ran("echo ", words) == words + "\n"
    terminal.press("echo ", "y" * 4096)
    terminal.sees("\a")
    terminal.press(ctrl("U"))
    assert terminal.ran("echo fine").endswith("fine\n")


def test_typing_ahead(terminal, own_modules):
    """Keys pressed while a command runs are the next command's."""
    terminal.press("cat /proc/kallsyms | wc -l; cat /proc/kallsyms | sort | wc -l\recho then\r")
    terminal.sees("echo then\nthen\n")
    terminal.until_prompt()


def test_interactive_end(terminal):
    """poweroff's status is the launcher's, at a terminal as in a pipe."""
    other = Terminal()
    other.press("poweroff 9\r")
    other.child.expect(pexpect.EOF)
    other.child.close()
    assert other.child.exitstatus == 9


def test_ctrl_a_x_quits():
    other = Terminal()
    other.press("\x01x")
    other.child.expect(pexpect.EOF)
    other.child.close()
    assert other.child.exitstatus == 0
