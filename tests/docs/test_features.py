# SPDX-License-Identifier: MIT
"""The page of features: each "yes" is proved by tests that exist; there is no "no"."""

import os
import re

import pytest

from reader import TOP

ROW = re.compile(r"\| (.+?) \| (.+?) \| *(.*?) *\|")
PROOF = re.compile(r"`(\w+)/(\w+)::(\w+)`")


def _page():
    with open(os.path.join(TOP, "docs", "features.md"), encoding="utf-8") as file:
        return file.read()


def rows():
    """(feature, what Koan does, [proofs]) of each row."""
    found = []
    for line in _page().splitlines():
        match = ROW.fullmatch(line)
        if match and not match.group(1).startswith(("feature", "--")):
            found.append((match.group(1), match.group(2), PROOF.findall(match.group(3))))
    return found


def is_defined(folder, file, test):
    """As pytest, or as cmocka's list of tests, would find it."""
    kinds = {".py": rf"^def {test}\(", ".c": rf"cmocka_unit_test\w*\({test}\b"}
    for ending, pattern in kinds.items():
        path = os.path.join(TOP, "tests", folder, file + ending)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as source:
                return bool(re.search(pattern, source.read(), re.MULTILINE))
    return False


def test_the_tables_are_read():
    assert len(rows()) > 60


@pytest.mark.parametrize("feature, koan, proofs", rows(), ids=[row[0][:40] for row in rows()])
def test_row(feature, koan, proofs):
    answer = re.match(r"yes|n\.a\.", koan)
    assert answer, f"{feature}: {koan}"
    if answer.group() == "yes":
        assert proofs, f"{feature}: no test"
        for proof in proofs:
            assert is_defined(*proof), f"{feature}: tests/{proof[0]}/{proof[1]} has no {proof[2]}"
    else:
        assert koan.startswith("n.a.: ") and not proofs, f"{feature}: why not?"
