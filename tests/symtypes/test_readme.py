# SPDX-License-Identifier: MIT
"""tools/symtypes/README.md: its example is what the tool says."""

import os
import re

import pytest

import toolbox

with open(os.path.join(toolbox.TOP, "tools", "symtypes", "README.md"), encoding="utf-8") as file:
    README = file.read()


def block(kind):
    """The only block of that kind."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_example(compiler):
    old = toolbox.compiled(compiler, block("c old.c"), includes=toolbox.EXPORT_ONLY)
    assert toolbox.text(old, "parcel_send") == block("text")
    assert f"#SYMVER parcel_send 0x{toolbox.crc(old, 'parcel_send'):08x}" in README


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_diff(compiler):
    """The page shows one of the two pieces, and speaks of the other."""
    changed = block("c old.c").replace("unsigned char weight", "unsigned int weight")
    old, new = (toolbox.compiled(compiler, text, includes=toolbox.EXPORT_ONLY)
                for text in (block("c old.c"), changed))
    answer = toolbox.Answer("--diff", "parcel_send", old, new)
    assert answer.status == 1
    heads = 2
    assert answer.text.split("\n", heads)[heads] == (
        "-base unsigned char (1 byte, unsigned char)\n" + block("diff"))
