# SPDX-License-Identifier: MIT
"""The other compiler: a copy of the tree, built with clang, boots and plays the same session."""

import shutil

import pytest

import harness
from conftest import build_tutorial
from harness import TOP
from test_sessions import read_session, replay


@pytest.fixture(scope="module")
def clang_tree(tmp_path_factory):
    """What `make CC=clang` makes of a copy."""
    tree = tmp_path_factory.mktemp("clang") / "koan"
    shutil.copytree(TOP, tree, symlinks=True,
                    ignore=lambda folder, _: {".git", "build"} if folder == TOP else ())
    done = harness.run(["make", "-C", str(tree), "-j2", "CC=clang"],
                       env=harness.clean_environment())
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "warning" not in done.stdout + done.stderr
    return tree


def test_clang_builds_a_kernel_that_plays_the_session(clang_tree, tmp_path, monkeypatch):
    monkeypatch.setattr(harness, "TOP", str(clang_tree))
    monkeypatch.setattr(harness, "KOAN", str(clang_tree / "tools" / "koan"))
    modules = build_tutorial(tmp_path, "CC=clang")
    with harness.Console(modules=modules.values()) as console:
        assert "clang" in console.ok("cat /proc/version").lower()
        wrong = replay(console, read_session("tutorial.txt"))
        assert not wrong, wrong


def test_modules_of_one_compiler_load_into_the_kernel_of_the_other(boot, tmp_path):
    modules = build_tutorial(tmp_path, "CC=clang")
    console = boot(modules=modules.values())
    assert "(gcc " in console.ok("cat /proc/version")
    wrong = replay(console, read_session("tutorial.txt"))
    assert not wrong, wrong
