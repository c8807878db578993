# SPDX-License-Identifier: MIT
"""The console's commands that have no namesake on this machine, or tell of the machine they run on."""

import re

import pytest

import harness
from outside import FILES, Outside


@pytest.fixture(scope="module")
def console(boot, tmp_path_factory):
    return boot(files=Outside(tmp_path_factory.mktemp("outside")).paths())


def test_uname_tells_each_part(console):
    """As here: the order of the parts does not depend on the order of the options."""
    parts = {option: console.ok(f"uname -{option}").rstrip("\n") for option in "snrvmo"}
    assert console.ok("uname") == parts["s"] + "\n"
    assert console.ok("uname -a").split() == [parts[option] for option in "snrvmo"]
    assert console.ok("uname -mrs") == f"{parts['s']} {parts['r']} {parts['m']}\n"
    assert parts["s"] == "Koan" and parts["m"] == "x86_64"
    assert re.fullmatch(r"\d+\.\d+\.\d+", parts["r"])


def test_free_agrees_with_meminfo(console):
    rows = dict(re.findall(r"^(\w+): +(\d+)", console.ok("cat /proc/meminfo"), re.MULTILINE))
    head, mem, *_ = console.ok("free").splitlines()
    assert head.split()[:3] == ["total", "used", "free"]
    total, used, left = map(int, mem.split()[1:4])
    assert mem.startswith("Mem:")
    assert total == int(rows["MemTotal"]) and total == used + left
    # Reading one file or running one command takes and gives back the same.
    assert abs(left - int(rows["MemFree"])) < 64
    assert int(console.ok("free -b").splitlines()[1].split()[1]) == total * 1024
    assert int(console.ok("free -m").splitlines()[1].split()[1]) == total // 1024


def test_uptime_goes_on(console):
    first = float(console.ok("cat /proc/uptime"))
    assert re.search(r"\bup\b", console.ok("uptime"))
    assert float(console.ok("cat /proc/uptime")) >= first


def test_time_reports_three_times(console):
    result = console.run("time echo timed")
    assert re.fullmatch(r"timed\n\nreal\t0m\d+\.\d{3}s\nuser\t0m0\.000s\nsys\t0m\d+\.\d{3}s\n",
                        result.text)
    assert console.run("time false").status == 1
    assert "real" in console.run("time cat poem | wc -l").text


def test_help_lists_every_command_and_explains_each(plain):
    """Those that drivers bring as well."""
    listed = [line.split()[0] for line in plain.ok("help").split("\n\n")[0].splitlines()]
    promised = ("cat cd dmesg echo free grep head help insmod ls lsmod modinfo poweroff pwd reboot "
                "rmmod sort tail time uname uptime wc").split()
    assert set(promised) <= set(listed)
    assert listed == sorted(listed)
    for name in listed:
        text = plain.ok(f"help {name}")
        assert text.startswith(f"Usage: {name}") and len(text.splitlines()) > 1
        if name not in ("echo", "true", "false", "time"):  # these take words as they are
            assert plain.ok(f"{name} --help") == text
    assert plain.run("help nosuch").status == 1


@pytest.mark.parametrize("pattern, words", [
    (r"'\(ab\)\1'", "references"), (r"-E 'a{2}'", "braces"), (r"'a\{2\}'", "braces")])
def test_what_grep_cannot_do_it_says(console, pattern, words):
    result = console.run(f"grep {pattern} regex")
    assert result.status == 2
    assert words in result.output and result.output.startswith("grep: ")


def test_ls_makes_columns_from_top_to_bottom(console):
    """Golden fact: `arr   flag  num   who` for names of 3, 4, 3 and 3 letters."""
    console.ok("mkdir few; touch few/num few/arr few/who few/flag")
    assert console.ok("ls few") == "arr   flag  num   who\n"
    names = [f"name{i:02}" for i in range(40)]
    console.ok("mkdir many; cd many; touch " + " ".join(names) + "; cd")
    rows = console.ok("ls many").splitlines()
    assert all(len(row) <= 80 and row == row.rstrip() for row in rows)
    cells = [row.split() for row in rows]
    assert [cell[i] for i in range(len(cells[0])) for cell in cells if i < len(cell)] == names
    assert console.ok("ls many | cat").split() == names
    console.ok("rm -r few many")


def test_ls_l_tells_kind_size_and_name(console):
    row = console.ok("ls -l poem")
    assert re.fullmatch(rf"-rw-r--r-- .* {len(FILES['poem'])} .* poem\n", row), row
    assert console.ok("ls -ld /proc").startswith("dr-xr-xr-x")


def test_clear_sends_what_clears(console):
    assert console.ok("clear | wc -c") != "0\n"


def test_reboot_starts_anew(boot):
    with harness.Console() as console:
        with pytest.raises(harness.Ended) as end:
            console.run("reboot")
        assert end.value.status == 0


def test_history_and_commands_leave_no_memory_behind(console):
    """A thousand lines later, everything that a line took is back."""
    console.ok("cat poem | sort | grep t > /dev/null; cat nosuch 2> /dev/null; true")
    before = console.counts()
    for line in ("cat poem twelve | sort -r | head -n 3", "echo one > out; cat < out; rm out",
                 "grep -n wind poem || echo none", "cat nosuch", "|", "nosuch", "ls -l / *.txt",
                 "wc nosuch poem", "grep '[a' poem", "tail -n +3 twelve | wc", "help ls", "dmesg",
                 "cat /proc/kallsyms | sort | tail -n 1", "mkdir -p d/e; rm -r d", "cat < nosuch",
                 "insmod poem", "modinfo poem", "rmmod nosuch", "time true", "cp poem x; rm x"):
        for _ in range(3):
            console.run(line)
        assert console.counts() == before, line


@pytest.mark.parametrize("line, token", [
    ("(echo)", "("), ("echo a & echo b", "&"), ("cat << end", "<<"), ("echo a |& cat", "|&")])
def test_what_the_shell_has_no_use_for_it_refuses(console, line, token):
    result = console.run(line)
    assert result.status == 2
    assert result.output == f"koan: syntax error near unexpected token `{token}'\n"
