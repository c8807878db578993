# SPDX-License-Identifier: MIT
"""The doors: `make run`, `tools/koan exec`, and what their exit statuses mean."""

import os
import re
import signal
import subprocess

import pytest

import harness
from harness import EXIT_PANIC, EXIT_TIMEOUT, KOAN, koan_exec

EXIT_USAGE = 2
EXIT_MACHINE = 71
UNAME = r"Koan \S+ \d+\.\d+\.\d+ #\d+ x86_64 Koan"


def piped(text, *words):
    return harness.run(["make", "-s", "-C", harness.TOP, "run", *words], stdin=None, input=text,
                       env=harness.clean_environment())


def test_make_run_takes_commands_from_a_pipe():
    done = piped("uname -a\npoweroff\n")
    assert re.fullmatch(rf"koan# uname -a\n{UNAME}\nkoan# poweroff\n", done.stdout), done
    assert done.returncode == 0


def test_make_run_ends_when_the_pipe_does():
    done = piped("echo one\necho two")
    assert done.stdout == "koan# echo one\none\nkoan# echo two\ntwo\n", done
    assert done.returncode == 0


def test_make_run_passes_the_status_on():
    # make itself fails with 2 when the launcher does not end with 0.
    done = piped("poweroff 5\n")
    assert "5" in done.stderr.split("Error ")[-1], done
    assert done.returncode == 2


def test_make_run_puts_modules_into_root(tutorial):
    done = piped("insmod lender.ko\nls\n",
                 f"MODULES={tutorial['lender.ko']} {tutorial['borrower.ko']}")
    assert "lender: open" in done.stdout, done
    assert done.stdout.endswith("koan# ls\nborrower.ko  lender.ko\n")
    assert done.returncode == 0


def test_exec_prints_the_transcript_and_nothing_else():
    done = koan_exec("echo one", "pwd", "nosuch", "false")
    assert done.stdout == ("koan# echo one\none\n"
                           "koan# pwd\n/root\n"
                           "koan# nosuch\nkoan: nosuch: command not found\n"
                           "koan# false\n")
    assert done.returncode == 1
    assert done.stderr == ""


@pytest.mark.parametrize("commands, status", [
    (["true"], 0),
    (["false", "true"], 0),
    (["true", "nosuch"], 127),
    (["echo 'never closed"], 2),
    (["cat nosuch"], 1),
    (["poweroff"], 0),
    (["poweroff 42"], 42),
    (["poweroff 126"], 126),
])
def test_exec_ends_with_the_last_status(commands, status):
    done = koan_exec(*commands)
    assert done.returncode == status, done


def test_power_off_before_the_last_command_is_told():
    done = koan_exec("poweroff 7", "echo never")
    assert done.returncode == 7
    assert done.stdout == "koan# poweroff 7\n"
    assert "echo never" in done.stderr


def test_several_lines_in_one_argument():
    done = koan_exec("echo one\necho two")
    assert done.stdout == "koan# echo one\none\nkoan# echo two\ntwo\n"


def test_panic_is_status_70_and_its_words_are_in_the_transcript(own_modules):
    done = koan_exec("insmod crash.ko what=panic", "echo never", modules=[own_modules["crash"]])
    assert done.returncode == EXIT_PANIC, done
    assert "Kernel panic - not syncing: crash: panic was asked for" in done.stdout
    assert "never" not in done.stdout
    assert "panic" in done.stderr


def test_time_out_is_status_124_and_says_what_it_waited_for(own_modules):
    done = koan_exec("insmod crash.ko what=hang", modules=[own_modules["crash"]], timeout=4)
    assert done.returncode == EXIT_TIMEOUT, done
    assert "crash: hang" in done.stdout
    assert "insmod crash.ko what=hang" in done.stderr
    assert "time-out after 4 s" in done.stderr


def test_modules_and_files_are_put_into_root(tutorial, tmp_path):
    text = tmp_path / "a file.txt"
    text.write_text("content\n")
    done = koan_exec("ls | cat", "cat 'a file.txt'", modules=[tutorial["lender.ko"]], files=[text])
    assert done.stdout == ("koan# ls | cat\na file.txt\nlender.ko\n"
                           "koan# cat 'a file.txt'\ncontent\n")
    assert done.returncode == 0


def test_append_reaches_the_command_line():
    done = koan_exec("cat /proc/cmdline", append="loglevel=3 colour=blue")
    assert done.stdout == "koan# cat /proc/cmdline\nloglevel=3 colour=blue\n"


@pytest.mark.parametrize("arguments, words", [
    (["exec", "--module", "nosuch.ko", "-c", "true"], ["nosuch.ko", "No such file"]),
    (["exec", "--module", "/", "-c", "true"], ["/", "not a regular file"]),
    (["exec", "--file", "{a}/same", "--file", "{b}/same", "-c", "true"], ["same", "rename one"]),
    (["exec", "--memory", "lots", "-c", "true"], ["--memory lots", "128M"]),
    (["exec", "--append", "a'b", "-c", "true"], ["--append", "quotes"]),
    (["exec", "--timeout", "-1", "-c", "true"], ["--timeout -1"]),
    (["exec", "--timeout", "inf", "-c", "true"], ["--timeout inf"]),
    (["exec", "--timeout", "nan", "-c", "true"], ["--timeout nan"]),
    (["exec", "--timeout", "soon", "-c", "true"], ["--timeout", "soon"]),
    (["exec", "--colour", "-c", "true"], ["--colour"]),
    (["exec"], ["-c"]),
    (["levitate"], ["levitate"]),
    ([], ["COMMAND"]),
])
def test_what_cannot_be_done_is_refused(arguments, words, tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "same").write_text("")
    arguments = [word.format(a=tmp_path / "a", b=tmp_path / "b") for word in arguments]
    done = harness.run([KOAN, *arguments])
    assert done.returncode == EXIT_USAGE, done
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


def test_an_image_that_is_no_image_is_told(tmp_path):
    """QEMU that ends at once is not taken for a guest's power-off."""
    done = harness.run([KOAN, "exec", "--qemu-arg=-no-such-option", "-c", "true"])
    assert done.returncode == 71, done
    assert "no-such-option" in done.stderr


def test_the_reader_of_a_transcript_may_go_away():
    koan = subprocess.Popen([KOAN, "exec", "-c", "cat /proc/kallsyms", "-c", "cat /proc/kallsyms"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    koan.stdout.readline()
    koan.stdout.close()
    assert koan.wait(harness.HANG_SECONDS) in (128 + 13, -13)
    assert b"Traceback" not in koan.stderr.read()
    koan.stderr.close()


# --- ends that are not the guest's: with a program in QEMU's place ---

def launcher(folder, script, *words):
    """`tools/koan` with a QEMU that runs `script`, in which $0.started may be made."""
    qemu = folder / "qemu-system-x86_64"
    qemu.write_text(f"#!/bin/sh\n{script}\n")
    qemu.chmod(0o755)
    return subprocess.Popen([KOAN, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"})


@pytest.mark.parametrize("words", [["run"], ["exec", "-c", "echo"]])
def test_qemu_fails_before_the_prompt(tmp_path, words):
    """Its status 1 is that of a machine that was powered off; but nobody can have asked for that yet."""
    done = launcher(tmp_path, "echo 'GRUB loading.'; echo 'out of memory' >&2; exit 1", *words)
    out, err = done.communicate("")
    assert (done.returncode, out) == (EXIT_MACHINE, "GRUB loading.\n")
    assert err == "koan: QEMU ended with status 1, before the first prompt\nkoan: out of memory\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_launcher_that_is_ended_says_so(tmp_path, number):
    done = launcher(tmp_path, "echo $$ >$0.pid; mv $0.pid $0.started; exec sleep 1000", "exec", "-c", "echo")
    started = tmp_path / "qemu-system-x86_64.started"
    while not started.exists():
        assert done.poll() is None
    done.send_signal(number)
    out, err = done.communicate()
    assert (done.returncode, out, err) == (128 + number, "", f"koan: ended by {number.name}\n")
    assert not os.path.exists(f"/proc/{started.read_text().strip()}"), "QEMU has gone, too"
