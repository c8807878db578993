# SPDX-License-Identifier: MIT
"""What is built again after a change, and what is not."""

import os
import time

import pytest

from conftest import LICENSED

KBUILD = "obj-m := one.o two.o multi.o\nmulti-objs := main.o part.o\n"


@pytest.fixture
def built(folder):
    folder.write(Kbuild=KBUILD, one_c='#include "one.h"\n' + LICENSED, one_h="\n", two_c=LICENSED, main_c=LICENSED,
                 part_c="extern int x;\n")
    folder.build()
    return folder


def touch(path):
    """Newer than anything built so far, also where file times are coarse."""
    later = time.time() + 2
    os.utime(path, (later, later))


def test_nothing(built):
    assert built.build() == []


def test_a_source(built):
    touch(built / "two.c")
    assert built.build() == ["CC [M] two.o", "MODPOST Module.symvers", "LD [M] two.ko"]


def test_settles_after_a_change(built):
    (built / "one.h").write_text("#define X\n")
    built.build()
    assert built.build() == []


def test_a_header(built):
    touch(built / "one.h")
    assert built.build() == ["CC [M] one.o", "MODPOST Module.symvers", "LD [M] one.ko"]


def test_a_header_that_is_gone(built):
    (built / "one.h").unlink()
    built.write(one_c=LICENSED)
    assert built.build()[0] == "CC [M] one.o"


def test_a_part(built):
    touch(built / "part.c")
    assert built.build() == ["CC [M] part.o", "LD [M] multi.o", "MODPOST Module.symvers", "LD [M] multi.ko"]


def test_flags_of_one_file(built):
    built.write(Kbuild=KBUILD + "CFLAGS_one.o := -DX\n")
    assert built.build()[0] == "CC [M] one.o" and built.build() == []


def test_flags_of_all(built):
    steps = built.build("KCFLAGS=-DX='\"$ #\"'")
    assert [step for step in steps if step.startswith("CC")][:4] == [
        "CC [M] one.o", "CC [M] two.o", "CC [M] main.o", "CC [M] part.o"]
    assert built.build("KCFLAGS=-DX='\"$ #\"'") == []


def test_another_compiler(built):
    assert "CC [M] one.o" in built.build("CC=clang")


def test_a_module_more(built):
    built.write(Kbuild=KBUILD + "obj-m += three.o\n", three_c=LICENSED)
    assert built.build() == ["CC [M] three.o", "MODPOST Module.symvers", "CC [M] three.mod.o", "LD [M] three.ko"]


def test_a_part_less(built):
    built.write(Kbuild=KBUILD.replace(" part.o", ""))
    assert built.build() == ["LD [M] multi.o", "MODPOST Module.symvers", "LD [M] multi.ko"]


@pytest.mark.parametrize("lost, steps", [
    ("one.ko", ["LD [M] one.ko"]),
    ("one.o", ["CC [M] one.o", "MODPOST Module.symvers", "LD [M] one.ko"]),
    ("one.mod.o", ["CC [M] one.mod.o", "LD [M] one.ko"]),
    ("one.mod.c", ["MODPOST Module.symvers", "CC [M] one.mod.o", "LD [M] one.ko"]),
    ("Module.symvers", ["MODPOST Module.symvers"])])
def test_a_file_that_was_lost(built, lost, steps):
    (built / lost).unlink()
    assert built.build() == steps
    assert built.build() == []


def test_only_what_modpost_changed(built):
    """A new export changes Module.symvers and its version, not what the loader is told of others."""
    built.write(one_c='#include "one.h"\n' + LICENSED + "int x;\nEXPORT_SYMBOL(x);\n")
    touch(built / "one.c")
    assert built.build() == ["CC [M] one.o", "MODPOST Module.symvers", "CC [M] one.mod.o", "LD [M] one.ko"]


def test_after_an_error(built):
    good = (built / "two.c").read_text()
    built.write(two_c=good + "#error stop\n")
    touch(built / "two.c")
    assert built.make().returncode == 2
    built.write(two_c=good)
    assert built.build()[0] == "CC [M] two.o"


def test_others_exports(built, other):
    other.write(Kbuild="obj-m := user.o\n", user_c=LICENSED)
    symvers = f"KBUILD_EXTRA_SYMBOLS={built / 'Module.symvers'}"
    other.build(symvers)
    assert other.build(symvers) == []
    touch(built / "Module.symvers")
    assert other.build(symvers) == ["MODPOST Module.symvers"]
