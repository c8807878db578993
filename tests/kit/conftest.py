# SPDX-License-Identifier: MIT
"""What the tests of the module kit share: a built kernel to link against, and folders to build in.

These tests run on this machine only; nothing is booted. Results are judged by other people's
tools: modinfo, nm, readelf.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

KOAN = Path(__file__).resolve().parents[2]

LICENSED = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n'


def run(*command, **options):
    """Runs a command; its output and errors come together in .stdout."""
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, env=environment, check=False, timeout=300, **options)


class Folder:
    """A folder with module sources, outside of Koan's tree."""

    def __init__(self, path):
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def __truediv__(self, name):
        return self.path / name

    def write(self, **files):
        """write(Kbuild=..., foo_c=..., sub__bar_h=...): _ before c, h, S is a dot, __ is a slash."""
        for name, text in files.items():
            path = self.path / re.sub(r"_([chS])$", r".\1", name.replace("__", "/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return self

    def make(self, *arguments, cwd=None):
        return run("make", "-C", KOAN, f"M={self.path}", *arguments, cwd=cwd)

    def build(self, *arguments):
        """Builds, which must succeed, and returns what was shown, short lines only, paths cut."""
        result = self.make(*arguments)
        assert result.returncode == 0, result.stdout
        return self.steps(result)

    def steps(self, result):
        """The lines "  CC [M]  foo.o" and their like, without the path of this folder."""
        lines = [line for line in result.stdout.splitlines() if line.startswith("  ")]
        return [" ".join(line.replace(f"{self.path}/", "").split()) for line in lines]

    def modinfo(self, name, field=None):
        """Pairs (key, value) in the order of the file, or all values of one field."""
        result = run("modinfo", self / name)
        assert result.returncode == 0, result.stdout
        pairs = [tuple(part.strip() for part in line.split(":", 1)) for line in result.stdout.splitlines()]
        return [value for key, value in pairs if key == field] if field else pairs[1:]

    def symbols(self, name):
        """(type, name) of each symbol, in the order of the symbol table."""
        result = run("nm", "-p", self / name)
        assert result.returncode == 0, result.stdout
        return [tuple(line[17:].split()) for line in result.stdout.splitlines()]

    def sections(self, name):
        """name -> (type, size, flags, alignment) of each section."""
        result = run("readelf", "-SW", self / name)
        assert result.returncode == 0, result.stdout
        rows = re.findall(r"^ +\[ *\d+\] (\S+) +(\S+) +\S+ \S+ (\S+) \S\S +([WAXMSILGTCE]*) +\d+ +\d+ +(\d+)$",
                          result.stdout, re.M)
        return {row[0]: (row[1], int(row[2], 16), row[3], int(row[4])) for row in rows}

    def symvers(self):
        """The rows of Module.symvers."""
        return [line.split("\t") for line in (self / "Module.symvers").read_text().splitlines()]


@pytest.fixture(scope="session", autouse=True)
def kernel():
    """A kernel to link against."""
    result = run("make", "-C", KOAN, "build/Module.symvers", "build/tools/modpost")
    assert result.returncode == 0, result.stdout


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "mod")


@pytest.fixture
def other(tmp_path):
    return Folder(tmp_path / "other")


@pytest.fixture(scope="session")
def modpost(tmp_path_factory, kernel):
    """modpost under the sanitizers: modpost(ARGUMENTS...) runs it."""
    program = tmp_path_factory.mktemp("modpost") / "modpost"
    result = run("gcc", "-std=gnu11", "-g", "-O1", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror",
                 "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-o", program,
                 *sorted((KOAN / "tools/modpost").glob("*.c")), "-lelf")
    assert result.returncode == 0, result.stdout

    def call(*arguments, **options):
        result = run(program, *arguments, **options)
        assert "Sanitizer" not in result.stdout and "runtime error" not in result.stdout, result.stdout
        return result

    return call


@pytest.fixture
def compiled(tmp_path):
    """compiled(NAME, SOURCE) -> the path of NAME.o, an object as a module build hands it to modpost."""

    def compile_one(name, source, *flags, compiler="gcc"):
        path = tmp_path / f"{name}.o"
        path.with_suffix(".c").write_text(source)
        result = run(compiler, "-c", "-o", path, path.with_suffix(".c"), "-O2", "-std=gnu11", "-ffreestanding",
                     "-fno-pic", "-mcmodel=kernel", "-fno-asynchronous-unwind-tables", "-nostdinc",
                     "-D__KERNEL__", "-DMODULE", f'-DKBUILD_MODNAME="{name}"', f"-I{KOAN}/include",
                     f"-I{KOAN}/build/include", "-include", KOAN / "include/linux/kconfig.h", *flags)
        assert result.returncode == 0, result.stdout
        return path

    return compile_one
