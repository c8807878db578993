# SPDX-License-Identifier: MIT
"""Builds that cannot work: the message names the file, and what would help."""

import pytest

from conftest import KOAN, LICENSED, Folder, run


def refusal(folder, *arguments):
    result = folder.make(*arguments)
    assert result.returncode == 2, result.stdout
    return result.stdout


def test_no_such_folder():
    result = run("make", "-C", KOAN, "M=/no/such/folder")
    assert result.returncode == 2 and "M=/no/such/folder: no such folder" in result.stdout


def test_neither_kbuild_nor_makefile(folder):
    folder.write(one_c=LICENSED)
    assert f"M={folder.path}: holds neither a Kbuild nor a Makefile" in refusal(folder)


def test_a_sub_folder_without(folder):
    folder.write(Kbuild="obj-m := sub/\n", sub__one_c=LICENSED)
    assert f"{folder.path}/sub: holds neither a Kbuild nor a Makefile" in refusal(folder)


def test_no_source(folder):
    folder.write(Kbuild="obj-m := one.o\n")
    assert f"neither {folder.path}/one.c nor {folder.path}/one.S is there" in refusal(folder)


def test_no_source_of_a_part(folder):
    folder.write(Kbuild="obj-m := one.o\none-objs := main.o part.o\n", main_c=LICENSED)
    assert f"neither {folder.path}/part.c nor {folder.path}/part.S is there" in refusal(folder)


@pytest.mark.parametrize("kbuild, message", [
    ("obj-m := one", 'obj-m names "one"'), ("obj-m := one.c", 'obj-m names "one.c"'),
    ("obj-m := one.o\none-objs := main.c", 'one-objs names "main.c"'),
    ("obj-m := one.o\none-objs := one.o main.o", "one-objs lists one.o")])
def test_slips_of_the_pen(folder, kbuild, message):
    folder.write(Kbuild=kbuild + "\n", one_c=LICENSED, main_c=LICENSED)
    output = refusal(folder)
    assert message in output and f"{folder.path}/Kbuild" in output


def test_no_module_named(folder):
    folder.write(Kbuild="obj_m := one.o\n", one_c=LICENSED)
    assert f"{folder.path}/Kbuild: names no module: obj-m is empty" in folder.make().stdout


def test_objects_of_the_kernel_image(folder):
    folder.write(Kbuild="obj-y := lost.o\nobj-m := one.o\n", one_c=LICENSED, lost_c=LICENSED)
    result = folder.make()
    assert result.returncode == 0 and "are skipped: lost.o" in result.stdout


@pytest.mark.parametrize("name", ["with space", "with=sign", "with%sign", "with;sign"])
def test_characters_make_cannot_handle(tmp_path, name):
    folder = Folder(tmp_path / name).write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    output = refusal(folder)
    assert "space" in output if " " in name else f"the character {name[4]}" in output


def test_errors_stop_before_modpost(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c="#error here\n")
    output = refusal(folder)
    assert "MODPOST" not in output and "one.c:1" in output
