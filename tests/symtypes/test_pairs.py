# SPDX-License-Identifier: MIT
"""Which changes of a source change the version of what it exports (pairs.py has the cases)."""

import pytest

import toolbox
from pairs import DIFFERS, PAIRS, RICH, SAME

CASES = [pytest.param(pair, compiler, id=f"{compiler}-{pair.name}")
         for pair in PAIRS for compiler in toolbox.COMPILERS]


def both(pair, compiler):
    return (toolbox.compiled(compiler, pair.left, pair.left_flags),
            toolbox.compiled(compiler, pair.right, pair.right_flags))


def test_enough_of_each_kind():
    """Half of the pairs must differ, half must not; two pairs of one name would be one too few."""
    assert sum(pair.differs is DIFFERS for pair in PAIRS) >= 12
    assert sum(pair.differs is SAME for pair in PAIRS) >= 12
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair, compiler", CASES)
def test_pair(pair, compiler):
    left, right = both(pair, compiler)
    if pair.differs:
        assert toolbox.crc(left) != toolbox.crc(right), pair.why
        assert toolbox.Answer("--diff", "probe", left, right).status == 1
    else:
        assert toolbox.text(left) == toolbox.text(right), pair.why
        assert toolbox.crc(left) == toolbox.crc(right)
        assert toolbox.Answer("--diff", "probe", left, right).status == 0


@pytest.mark.skipif(len(toolbox.COMPILERS) < 2, reason="needs gcc and clang")
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_compilers_agree(pair):
    """A module built by one compiler fits a kernel built by the other."""
    for source, flags in ((pair.left, pair.left_flags), (pair.right, pair.right_flags)):
        gcc, clang = (toolbox.compiled(compiler, source, flags) for compiler in ("gcc", "clang"))
        assert toolbox.text(gcc) == toolbox.text(clang)


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_file_renamed(compiler):
    """Neither the file's name nor its folder is part of a type."""
    source = RICH + "EXPORT_SYMBOL(probe);"
    assert (toolbox.crc(toolbox.compiled(compiler, source))
            == toolbox.crc(toolbox.compiled(compiler, source, (), "renamed.c")))
