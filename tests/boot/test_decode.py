# SPDX-License-Identifier: MIT
"""tools/decode on the transcripts of real oopses: the sources say which lines it must find."""

import os
import random
import re
import shutil
import sys

import pytest

import harness

sys.path.append(os.path.join(harness.TOP, "tools"))
from koanlib import elf  # noqa: E402

DECODE = os.path.join(harness.TOP, "tools", "decode")
CRASH = "modules/tests/crash/crash.c"


def line_of(source, text):
    """ "FILE:LINE" of the only line of a source that has `text`."""
    with open(os.path.join(harness.TOP, source), encoding="utf-8") as file:
        found = [number for number, line in enumerate(file, 1) if text in line]
    assert len(found) == 1, (source, text, found)
    return f"{source}:{found[0]}"


def decode(transcript, *options):
    """What it makes of a text."""
    return harness.run([DECODE, *map(str, options)], stdin=None, input=transcript, cwd=harness.TOP)


@pytest.fixture(scope="module")
def oopses(own_modules):
    """{way of crashing: its transcript}."""
    found = {}
    for what in ("write address=8", "divide", "text"):
        done = harness.koan_exec(f"insmod crash.ko what={what}", modules=[own_modules["crash"]], drivers=False)
        assert done.returncode == 137, done.stdout + done.stderr
        found[what.split()[0]] = done.stdout
    return found


@pytest.fixture(scope="module")
def oops(oopses):
    return oopses["write"]


def decoded(text, before):
    """The last lines of all "FILE:LINE, inlined at FILE:LINE" behind what matches `before`."""
    return re.findall(before + r"\+0x[0-9a-f]+/0x[0-9a-f]+(?: \[\w+\])? \(([^)]*)\)", text)


def test_the_statement_that_crashed(oops):
    """The write is in write_to(), which the compiler may have put into its caller."""
    done = decode(oops)
    assert done.returncode == 0 and not done.stderr, done.stderr
    found = decoded(done.stdout, r"RIP: 0010:\w+")
    assert len(found) == 2 and found[0] == found[1]  # the report says it twice
    assert found[0].split(",")[0] == line_of(CRASH, "WRITE_ONCE(*(volatile char *)(unsigned long)p, 1);")


def test_who_called_it(oops):
    """Each call's own line, not the one that it returns to."""
    text = decode(oops).stdout
    assert decoded(text, " crash_as_told")[0] == line_of(CRASH, "ways[i].run();")
    assert decoded(text, " crash_init")[0] == line_of(CRASH, "return crash_as_told();")
    assert decoded(text, " kernel_main")[0] == line_of("kernel/main.c", "shell_run();")


@pytest.mark.parametrize("what, statement", [("text", "write_to((void *)crash_text);"),
                                             ("divide", "idivl")])
def test_other_crashes(oopses, what, statement):
    """In the middle of a function, and where a caller's line is what tells."""
    text = decode(oopses[what]).stdout
    found = decoded(text, r"RIP: 0010:\w+")[0].replace("inlined at ", "").split(", ")
    lines = open(os.path.join(harness.TOP, CRASH), encoding="utf-8").read().splitlines()
    assert all(place.startswith(CRASH + ":") for place in found), found
    assert any(statement in lines[int(place.rsplit(":", 1)[1]) - 1] for place in found), found


def test_the_rest_stays_as_it_is(oops):
    text = decode(oops).stdout
    assert re.sub(r"(/0x[0-9a-f]+(?: \[\w+\])?) \([^)]*\)", r"\1", text) == oops
    assert len(text.splitlines()) == len(oops.splitlines())


def test_from_a_file(oops, tmp_path):
    (tmp_path / "transcript").write_text(oops)
    assert decode("", tmp_path / "transcript").stdout == decode(oops).stdout


def crash_built(folder, old, new):
    """crash.ko from a source that was changed."""
    harness.copy_sources(os.path.join(harness.TOP, os.path.dirname(CRASH)), folder)
    source = folder / "crash.c"
    text = source.read_text()
    assert text.count(old) == 1
    source.write_text(text.replace(old, new))
    harness.build_modules(folder)
    return folder


def test_another_build(oops, tmp_path):
    """The file found is not what crashed: said, and not decoded; the right one behind it is used."""
    other = crash_built(tmp_path / "other", "\twrite_to((void *)address);",
                        "\tWRITE_ONCE(address, address + 1);\n\twrite_to((void *)address);")
    done = decode(oops, "-m", other)
    assert done.returncode == 0 and done.stdout == decode(oops).stdout
    away = tmp_path / "koan"  # Koan's tools without its modules
    shutil.copytree(os.path.join(harness.TOP, "tools"), away / "tools")
    done = harness.run([away / "tools" / "decode", "-k", f"{harness.BUILD}/koan.elf", "-m", other],
                       stdin=None, input=oops, cwd=harness.TOP)
    assert done.returncode == 1
    assert decoded(done.stdout, r"RIP: 0010:\w+") == ["another build"] * 2
    # Nor what would fit: crash_as_told() did not change, but the lines in front of it did.
    assert decoded(done.stdout, " crash_as_told") == ["another build"]
    assert re.search(r"crash\.ko is another build than what ran: crash_write has 0x[0-9a-f]+ bytes there, "
                     r"and not 0x[0-9a-f]+\n", done.stderr), done.stderr
    assert decoded(done.stdout, " kernel_main")[0].startswith("kernel/main.c:")


def test_no_lines_in_the_file(oops, own_modules, tmp_path):
    path = tmp_path / "crash.ko"
    shutil.copy(own_modules["crash"], path)
    assert harness.run(["strip", "--strip-debug", path]).returncode == 0
    away = tmp_path / "koan"
    shutil.copytree(os.path.join(harness.TOP, "tools"), away / "tools")
    done = harness.run([away / "tools" / "decode", "-k", f"{harness.BUILD}/koan.elf", "-m", path],
                       stdin=None, input=oops)
    assert done.returncode == 1 and f"{path} has no debugging information" in done.stderr


def test_what_cannot_be_decoded(oops, tmp_path):
    """Says where it looked, and what to do."""
    done = decode(oops.replace("[crash]", "[nosuch]"), "-m", tmp_path)
    assert done.returncode == 1
    assert f"there is no nosuch.ko in {tmp_path}, {harness.BUILD}/modules: name its folder" in done.stderr
    assert decoded(done.stdout, " crash_init") == ["no nosuch.ko"]
    assert decoded(done.stdout, " kernel_main")[0].startswith("kernel/main.c:")
    done = decode("koan# ls\n")
    assert (done.returncode, done.stdout) == (1, "koan# ls\n")
    assert "is this the transcript of an oops?" in done.stderr
    done = decode("RIP: 0010:no_function_of_ours+0x1/0x2\n")
    assert done.returncode == 1 and "is another build than what ran: it has no no_function_of_ours" in done.stderr
    (tmp_path / "broken.ko").write_text("not a module")
    done = decode(oops.replace("[crash]", "[broken]"), "-m", tmp_path)
    assert done.returncode == 1 and "broken.ko: not a 64-bit little-endian ELF file" in done.stderr


def test_damaged_files(own_modules, tmp_path):
    """Cut off anywhere, or with any byte changed, a file is read or refused, and nothing else."""
    with open(own_modules["greeter"], "rb") as file:
        good = file.read()
    damaged = [good[:end] for end in range(0, len(good), len(good) // 60)]
    dice = random.Random(1)
    headers = len(good) - elf.Elf(own_modules["greeter"]).sections[-1].index * elf.SHDR.size
    for start in [0] * 150 + [headers] * 150:
        at = start + dice.randrange(elf.EHDR.size if start == 0 else len(good) - start)
        damaged.append(good[:at] + bytes([dice.randrange(256)]) + good[at + 1:])
    path = tmp_path / "damaged.ko"
    refused = 0
    for data in damaged:
        path.write_bytes(data)
        try:
            elf.Elf(path).build_id()
        except elf.Malformed as err:
            refused += 1
            assert str(path) in str(err)
    assert refused > 60


@pytest.mark.parametrize("options", [["/nosuch"], ["-m", "/nosuch"], ["-k", "/nosuch"], ["-x"]])
def test_wrong_options(options):
    done = decode("", *options)
    assert done.returncode == 2 and done.stderr
    assert options == ["-x"] or "/nosuch: " in done.stderr
