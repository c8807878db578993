# SPDX-License-Identifier: MIT
"""What the kernel gives to drivers, and what it refuses: modules/asker asks; and files in /proc, by
modules written as the textbooks on Linux modules write them."""

import re

import pytest

import harness
from harness import koan_exec


@pytest.fixture(scope="module")
def console(boot, built):
    paths = [str(path) for name in ("asker", "textbook") for path in sorted(built(name).glob("*.ko"))]
    machine = boot(modules=paths)
    machine.modules = paths
    return machine


@pytest.fixture(autouse=True)
def nothing_is_left(console):
    """Whatever a test asked for was given back when its module went."""
    before = console.counts(), console.ok("ls /proc /proc/driver; help"), regions(console)
    yield
    console.run("rmmod asker 2>/dev/null")  # a test that failed half-way shall be the only one
    assert (console.counts(), console.ok("ls /proc /proc/driver; help"), regions(console)) == before


def regions(console):
    return console.ok("cat /proc/ioports /proc/iomem")


def ask(console, what):
    """{question: answer} of one subject, and all lines of the log."""
    result = console.run(f"insmod asker.ko what={what}")
    assert result.status == 0, result
    return answers(result.log), result.log


def answers(log):
    found = [re.fullmatch(r"asker: (?!command `)(.*): (\S+)", line) for line in log]
    return [m.groups() for m in found if m]


def end(console):
    result = console.run("rmmod asker")
    assert result.status == 0, result
    return answers(result.log), result.log


# --- interrupts ---

def test_interrupt_lines_are_given_and_refused(console):
    found, log = ask(console, "interrupts")
    assert [int(answer) for _, answer in found] == [-22, -22, -22, -16, -16, 0, 0, -16, -16]
    assert "genirq: Flags mismatch irq 4. 00000000 (asker) vs. 00000000 (ttyS0)" in log
    assert "genirq: irq 4 is in use by ttyS0; to share it, both must say IRQF_SHARED" in log
    assert "genirq: Flags mismatch irq 8. 00000088 (low) vs. 00000080 (first)" in log
    assert re.search(r"^  8: +0    XT-PIC      first, second$", console.ok("cat /proc/interrupts"),
                     re.MULTILINE)
    found, log = end(console)
    assert found == [("free_irq", "second"), ("free_irq", "first"),
                     ("free_irq(CLOCK_LINE, &first) != NULL", "no"),
                     ("free_irq(2, NULL) != NULL", "no")]
    assert "Trying to free already-free IRQ 8" in log
    assert not re.search("^  8:", console.ok("cat /proc/interrupts"), re.MULTILINE)


def test_interrupts_arrive_while_the_line_is_enabled(console):
    found, log = ask(console, "interrupts,counting")
    assert [answer for _, answer in found[9:]] == ["yes"] * 6
    assert "Unbalanced enable for IRQ 8" in log
    assert int(re.search(r"^  8: +(\d+) ", console.ok("cat /proc/interrupts"),
                         re.MULTILINE).group(1)) > 40
    end(console)


# --- ports and memory ---

def test_regions_do_not_overlap(console):
    found, log = ask(console, "regions")
    assert [answer for _, answer in found] == ["no", "yes", "no", "no", "yes", "no", "no", "no",
                                               "yes"]
    assert "Trying to free nonexistent resource <0000000000000300-0000000000000300>" in log
    assert "Trying to free nonexistent resource <00000000000003f8-00000000000003ff>" in log
    listed = regions(console).splitlines()
    assert {"0300-030f : asker", "0310-0310 : asker next",
            "fed00000-fed003ff : asker memory"} <= set(listed)
    end(console)


def test_memory_of_devices(console):
    found, log = ask(console, "memory")
    assert found[0] == ("reset", "yes")
    # A PC begins with a far jump, and has the date of its firmware behind it.
    assert re.fullmatch(r"asker: firmware: ea, \d\d/\d\d/\d\d",
                        next(line for line in log if "firmware" in line))
    assert [answer for _, answer in found[1:]] == ["no"] * 4
    assert "ioremap on RAM at 0x0000000000200000 - 0x0000000000200fff" in log
    end(console)


# --- commands ---

def test_commands_come_and_go(console):
    found, log = ask(console, "commands")
    assert [int(answer) for _, answer in found] == [0, -17, -17, -17] + [-22] * 6
    assert "asker: command `cat' not registered: there is one of that name" in log
    assert "asker: command `no-run' not registered: it needs a function: run" in log
    result = console.run("asker -ab5 x y -- -z")
    assert result.status == 3
    assert result.output == ("option a\noption b5\n"
                             "asker: operand x\nasker: operand y\nasker: operand -z\n")
    assert console.run("asker -q").output == ("asker: invalid option -- 'q'\n"
                                              "Try 'asker --help' for more information.\n")
    assert console.run("asker -b").status == 2
    assert console.ok("asker --help") == "Usage: asker [-a] [-b X] [WORD]...\nOne line each.\n"
    assert console.ok("help | grep asker") == "asker     say what it got\n"
    assert console.ok("asker -a x 2>/dev/null | cat") == "option a\n"
    end(console)
    assert console.run("asker").status == 127


def test_a_command_keeps_its_module(console):
    """Not even the shell's own `rmmod` in the same line takes it away too early."""
    ask(console, "commands")
    assert console.run("asker -a | rmmod asker").status == 0
    assert console.run("asker").status == 127


# --- /proc ---

def test_proc_files_are_made_and_refused(console):
    found, log = ask(console, "proc")
    assert [answer for _, answer in found] == ["yes"] * 9 + ["no"] * 5 + ["-2"]
    assert "proc_dir_entry 'asker/text' already registered" in log
    assert "proc_dir_entry '/proc/modules' already registered" in log
    assert "remove_proc_entry: name 'modules'" in log
    assert console.ok("cat /proc/asker/text /proc/asker/other") == ("text of asker\n"
                                                                   "text of nobody\n")
    assert console.ok("cat /proc/modules | wc -l") == "1\n"
    assert end(console)[0] == [('remove_proc_subtree("asker", NULL)', "0")]


def test_proc_files_with_mistakes_harm_nobody(console):
    ask(console, "proc")
    assert console.run("cat /proc/asker/greedy").output == (
        "cat: /proc/asker/greedy: Input/output error\n")
    result = console.run("cat /proc/asker/endless")
    assert result.output == "cat: /proc/asker/endless: File too large\n"
    assert result.log == ["proc: endless: proc_read never says that it is done (by returning 0)"]
    assert console.run("cat /proc/asker/closed").output == (
        "cat: /proc/asker/closed: Operation not permitted\n")
    assert console.run("echo x > /proc/asker/closed").status == 1
    assert console.run("cat /proc/asker/nothing").status == 1
    assert console.run("echo x > /proc/asker/nothing").status == 1
    assert console.run("echo x > /proc/asker/text").output == (
        "koan: /proc/asker/text: Permission denied\n")
    end(console)


def test_a_short_write_goes_on(console):
    ask(console, "proc")
    result = console.run("echo -n abc > /proc/asker/lazy")
    assert (result.status, result.log) == (0, ["asker: got a", "asker: got b", "asker: got c"])
    result = console.run("echo -n a0b > /proc/asker/lazy")
    assert (result.status, result.log) == (1, ["asker: got a", "asker: got 0"])
    result = console.run("echo -n a!b > /proc/asker/lazy")
    assert result.output == "koan: echo: write error: No space left on device\n"
    end(console)


def test_a_file_may_remove_itself(console):
    ask(console, "proc")
    assert console.ok("cat /proc/asker/suicide") == ""
    assert console.run("cat /proc/asker/suicide").status == 1
    console.ok("cd /proc/asker")
    end(console)
    assert console.run("ls").status != 0
    console.ok("cd /root")


# --- the console ---

def test_a_console_gets_all_that_is_printed(console):
    found, log = ask(console, "console")
    assert "console 'ear' already registered" in log
    assert ("unregister_console(&stranger)", "-19") in found
    console.ok("echo a word")
    # Prompts, what is typed, what commands write, what the kernel says. (A whole prompt in the
    # output would be taken for one by the launcher.)
    assert console.ok("grep -c '^.oan# echo a word$' /proc/heard") == "1\n"
    assert console.ok("grep -c '^a word$' /proc/heard") == "1\n"
    assert console.run("grep stranger /proc/heard").log == [
        "asker: unregister_console(&stranger): -19"]
    found, _ = end(console)
    assert [answer for _, answer in found] == ["0", "-19"]


def test_a_module_can_type(console):
    done = koan_exec("insmod asker.ko what=input", "true", modules=console.modules[:1],
                     drivers=False)
    assert done.returncode == 0
    assert "asker: console_input(much, sizeof(much)): no" in done.stdout
    assert re.search("^koan# echo typed by a module\ntyped by a module\n", done.stdout,
                     re.MULTILINE)


# --- the textbook ---

def test_first_chapter(console):
    assert console.run("insmod page.ko").log == ["/proc/page created"]
    result = console.run("cat /proc/page")
    assert result.output == "A page of a book\n"
    assert result.log == ["page: read of page", "page: nothing more"]
    assert console.ok("cat /proc/line") == "line 1 of the book\n"
    assert console.ok("cat /proc/word") == "book\n"
    assert console.run("rmmod page").log == ["/proc/page removed"]


def test_second_chapter(console):
    console.ok("insmod slate.ko")
    assert console.ok("cat /proc/slate") == ""
    console.ok("echo chalk > /proc/slate")
    result = console.run("cat /proc/slate")
    assert result.output == "chalk\n"
    # open() took one more, as did whoever reads.
    assert result.log == ["slate: closed with 2 users, size 80"]
    assert re.search(r" 80 .* slate$", console.ok("ls -l /proc/slate").replace("/proc/", "")
                     .rstrip(), re.MULTILINE)
    console.ok("rmmod slate")


def test_third_chapter(console):
    console.ok("insmod evens.ko")
    assert console.ok("cat /proc/evens/list") == "0\n2\n4\n6\n8\n"
    assert console.ok("cat /proc/evens/again | tail -n 1") == "8\n"
    for _ in range(2):
        assert console.ok("cat /proc/evens/counted") == "1: 0\n3: 4\n4: 6\n5: 8\n"
    console.ok("rmmod evens")
    console.ok("insmod evens.ko count=100000")
    assert console.ok("cat /proc/evens/list | wc -l") == "100000\n"
    assert console.ok("tail -n 1 /proc/evens/again") == "199998\n"
    console.ok("rmmod evens")
    console.ok("insmod evens.ko count=0")
    assert console.ok("cat /proc/evens/list") == ""
    console.ok("rmmod evens")


# --- the lessons ---

@pytest.fixture(scope="module")
def lessons(boot, own_modules):
    return boot(modules=[own_modules["procfs"], own_modules["command"]])


def test_lesson_procfs(lessons):
    before = lessons.counts()
    lessons.ok("insmod procfs.ko")
    assert lessons.ok("cat /proc/lesson/visits") == "visit 1 of 3\n"
    lessons.ok("echo 1 > /proc/lesson/limit")
    assert lessons.ok("cat /proc/lesson/limit") == "1\n"
    assert lessons.run("echo two > /proc/lesson/limit").output == (
        "koan: echo: write error: Invalid argument\n")
    assert lessons.run("echo 11111111111111111111 > /proc/lesson/limit").status == 1
    assert lessons.ok("cat /proc/lesson/visits") == "visit 2 of 1\nthat is enough\n"
    lessons.ok("rmmod procfs")
    assert lessons.run("ls /proc/lesson").output == (
        "ls: cannot access '/proc/lesson': No such file or directory\n")
    assert lessons.counts() == before


def test_lesson_command(lessons):
    before = lessons.counts()
    lessons.ok("insmod command.ko")
    numbers = "1 2 12 97 1001 65536 4294967295 1000000007 600851475143"
    assert lessons.ok(f"factor {numbers} | cat") == harness.run(
        ["factor", *numbers.split()]).stdout
    result = lessons.run("factor x 6")
    assert result.status == 1
    assert result.output == "factor: 'x' is not a valid positive integer\n6: 2 3\n"
    lessons.ok("rmmod command")
    assert lessons.run("factor 12").status == 127
    assert lessons.counts() == before
