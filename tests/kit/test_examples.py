# SPDX-License-Identifier: MIT
"""The lessons in modules/examples: each builds, copied away, as its README says."""

import shutil

import pytest

from conftest import KOAN, Folder, run

LESSONS = {"hello": ["hello"], "export": ["greeter", "visitor"], "params": ["params"], "multi": ["multi"],
           "builtin": ["builtin"], "procfs": ["procfs"], "command": ["command"]}


def test_all_lessons_are_here():
    folders = {path.name for path in (KOAN / "modules/examples").iterdir() if path.is_dir()}
    assert folders == set(LESSONS)


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_builds(tmp_path, lesson, compiler):
    shutil.copytree(KOAN / "modules/examples" / lesson, tmp_path / lesson)
    folder = Folder(tmp_path / lesson)
    result = folder.make(f"CC={compiler}", "W=1")
    assert result.returncode == 0 and "warning" not in result.stdout.lower(), result.stdout
    for name in LESSONS[lesson]:
        assert folder.modinfo(f"{name}.ko", "license") == ["Dual MIT/GPL"]


def test_what_the_export_lesson_says(tmp_path):
    shutil.copytree(KOAN / "modules/examples/export", tmp_path / "export")
    folder = Folder(tmp_path / "export")
    folder.build()
    assert folder.modinfo("visitor.ko", "depends") == ["greeter"]
    assert sorted(row[1] for row in folder.symvers()) == ["greeter_count", "greeter_greet"]


def test_what_the_params_lesson_says(tmp_path):
    shutil.copytree(KOAN / "modules/examples/params", tmp_path / "params")
    folder = Folder(tmp_path / "params")
    folder.build()
    assert [value.rsplit("(")[1].rstrip(")") for value in folder.modinfo("params.ko", "parm")] == [
        "int", "bool", "charp", "array of int"]


def test_in_the_tree_they_are_tagged_so(tmp_path):
    """Built by Koan's own build: objects go elsewhere, the sources stay clean, intree=Y."""
    before = sorted((KOAN / "modules/examples/hello").iterdir())
    result = run("make", "-C", KOAN, "-f", "tools/build/modules.mk", "M=modules/examples/hello", f"OUT={tmp_path}")
    assert result.returncode == 0, result.stdout
    assert Folder(tmp_path).modinfo("hello.ko", "intree") == ["Y"]
    assert sorted((KOAN / "modules/examples/hello").iterdir()) == before
