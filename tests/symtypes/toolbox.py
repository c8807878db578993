# SPDX-License-Identifier: MIT
"""What these tests stand on: builds of symtypes, compiled sources, and what was answered.

The tool under test is built with the sanitizers, all of whose findings are failures: they end the
program with a status that no answer has.
"""

import functools
import glob
import os
import shutil
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SOURCES = sorted(glob.glob(os.path.join(TOP, "tools", "symtypes", "*.c")))
COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]

SANITIZERS = ("-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
SANITIZER_FOUND = 99
HANG_SECONDS = 120

EXPORT_ONLY = "#include <linux/export.h>\n"
EXPORTS = EXPORT_ONLY + "#include <linux/types.h>\n"


@functools.lru_cache(maxsize=None)
def _folder():
    holder = tempfile.TemporaryDirectory(prefix="symtypes-")
    _folder.holder = holder  # removed when the tests end
    return holder.name


_numbers = iter(range(1 << 30))


def path(name):
    """A new file's path; only its last component is told."""
    folder = os.path.join(_folder(), str(next(_numbers)))
    os.mkdir(folder)
    return os.path.join(folder, name)


@functools.lru_cache(maxsize=None)
def build(compiler, flags):
    """The tool, built by this compiler."""
    program = path("symtypes")
    subprocess.run([compiler, "-std=gnu11", "-g", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE",
                    *flags, "-o", program, *SOURCES, "-ldw", "-lelf"], check=True)
    return program


@functools.lru_cache(maxsize=None)
def module_flags():
    """The flags that modules are compiled with, from where the build has them."""
    rule = "include tools/build/flags.mk\nshow:\n\t@echo $(KBUILD_CPPFLAGS) $(KBUILD_CFLAGS)\n"
    shown = subprocess.run(["make", "-s", "--no-print-directory", "-f", "-", "show"], input=rule, cwd=TOP, check=True,
                           capture_output=True, text=True)
    return (*shown.stdout.split(), "-DMODULE", '-DKBUILD_MODNAME="probe"')


@functools.lru_cache(maxsize=None)
def compiled(compiler, source, flags=(), name="probe.c", includes=EXPORTS):
    """The object file that a source becomes."""
    file = path(name)
    with open(file, "w", encoding="utf-8") as out:
        out.write(includes + source)
    subprocess.run([compiler, *module_flags(), *flags, "-c", "-o", file[:-1] + "o", file],
                   cwd=TOP, check=True)
    return file[:-1] + "o"


def linked(*objects, script=None):
    """Objects as one relocatable file; with a linker script's text, as that says."""
    options = ["-r"]
    if script is not None:
        options = ["-T", path("script.ld")]
        with open(options[1], "w", encoding="utf-8") as out:
            out.write(script)
    file = path("linked.o")
    subprocess.run(["ld", *options, "-o", file, *objects], check=True)
    return file


class Answer:
    """What the tool said."""

    def __init__(self, *arguments, program=None):
        environment = dict(os.environ, ASAN_OPTIONS=f"exitcode={SANITIZER_FOUND}",
                           UBSAN_OPTIONS=f"exitcode={SANITIZER_FOUND}")
        done = subprocess.run([program or build("gcc", SANITIZERS), *arguments],
                              capture_output=True, timeout=HANG_SECONDS, env=environment)
        self.status = done.returncode
        self.text = done.stdout.decode(errors="replace")
        self.errors = done.stderr.decode(errors="replace")
        assert self.status in (0, 1, 2), f"{arguments}: {self.status}\n{self.errors}"

    def crcs(self):
        """{name: crc} from the lines #SYMVER name crc."""
        rows = [line.split() for line in self.text.splitlines() if line.startswith("#SYMVER")]
        return {name: int(crc, 16) for _, name, crc in rows}


def crcs(file):
    """The versions of a file's exports; nothing may be amiss."""
    answer = Answer(file)
    assert (answer.status, answer.errors) == (0, ""), answer.errors
    return answer.crcs()


def crc(file, name="probe"):
    return crcs(file)[name]


def text(file, name="probe"):
    answer = Answer("--text", name, file)
    assert (answer.status, answer.errors) == (0, ""), answer.errors
    return answer.text
