# SPDX-License-Identifier: MIT
"""What the symbol table of a big kernel may take and a lookup may cost, on a made-up list. Bytes and
instructions are counted, not timed: the figures are the same on every machine."""

import os
import subprocess
import sys

import pytest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "bench"))

import kallsyms  # noqa: E402
from kallsyms_list import made_up_list  # noqa: E402


@pytest.fixture(scope="module")
def big_list():
    return made_up_list()


def test_the_list_is_like_that_of_a_big_kernel(big_list):
    names = [row.split()[2] for row in big_list.decode().splitlines()]
    assert len(names) == 94266
    assert 18 < sum(map(len, names)) / len(names) < 23
    assert 80000 < len(set(names)) < 92000


def test_bytes_and_instructions(big_list):
    """The lookups also check every answer: measure() fails when one of them is wrong."""
    result = kallsyms.measure(big_list)
    assert result["symbols"] == 94266
    assert result["bytes"] <= 15
    assert result["names"] <= 2500
    assert result["addresses"] <= 1000


def bench(*arguments):
    command = [os.path.join(TOP, "tests", "bench", "kallsyms.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_any_list(tmp_path):
    """Rows of modules do not count, and a list that is none is refused by the tool's own words."""
    path = tmp_path / "list"
    path.write_text("0000000000001000 A per_cpu\n"
                    "ffffffff81000000 T _stext\n"
                    "ffffffffc0000000 t init\t[module]\n")
    result = bench(str(path))
    assert result.returncode == 0, result.stderr
    assert "symbols                  2, each found" in result.stdout
    path.write_text("ffffffff81000000 T _stext\nrubbish\n")
    result = bench(str(path))
    assert result.returncode == 1 and 'line 2: expected "ADDRESS TYPE NAME"' in result.stderr
    assert bench(str(tmp_path / "none")).returncode == 1
