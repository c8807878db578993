# SPDX-License-Identifier: MIT
"""Objects and images that are cut off or damaged: an error, never a crash."""

import random

import pytest

from conftest import KOAN, LICENSED

SOURCE = LICENSED + """
#include <linux/printk.h>
int x;
EXPORT_SYMBOL_NS_GPL(x, SPACE);
MODULE_IMPORT_NS(OTHER);
static int __init noinline gone(void)
{
	__asm__ volatile("");
	return 1;
}
struct { int (*run)(void); } table = {gone};
int init_module(void)
{
	return printk("x") + gone();
}
"""


@pytest.fixture
def module(compiled):
    return compiled("m", SOURCE).read_bytes()


def feed(modpost, folder, contents):
    """All in one run: modpost goes on after a bad file."""
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / f"bad{number}.o")
        paths[-1].write_bytes(content)
    result = modpost("-w", "-o", folder / "out.symvers", *paths, errors="replace")
    assert result.returncode in (0, 1), result.stdout
    return result


def test_cut_off(modpost, module, tmp_path):
    cuts = sorted({*range(0, 80, 7), *range(80, len(module), len(module) // 100)})
    result = feed(modpost, tmp_path, [module[:cut] for cut in cuts])
    assert result.returncode == 1
    for number, cut in enumerate(cuts):
        assert f"bad{number}.o" in result.stdout, f"cut off after {cut} bytes and nothing was said"


@pytest.mark.parametrize("seed", range(4))
def test_damaged(modpost, module, tmp_path, seed):
    """A few bytes are changed: anywhere, or where they hurt, in the header and the section headers."""
    dice = random.Random(seed)
    table = int.from_bytes(module[40:48], "little")
    contents = []
    for _ in range(150):
        content = bytearray(module)
        for _ in range(dice.randint(1, 4)):
            where = dice.choice([range(16, 64), range(table, len(module)), range(len(module))])
            content[dice.choice(where)] = dice.choice([0, 1, 0x7f, 0x80, 0xff, dice.randrange(256)])
        contents.append(bytes(content))
    feed(modpost, tmp_path, contents)


@pytest.mark.parametrize("field", range(16, 64, 2))
def test_header_fields(modpost, module, tmp_path, field):
    feed(modpost, tmp_path, [module[:field] + value.to_bytes(2, "little") + module[field + 2:]
                             for value in (0, 1, 0x7fff, 0x8000, 0xff00, 0xffff)])


def test_kernel_image_cut_off(modpost, tmp_path):
    image = (KOAN / "build/koan.elf").read_bytes()
    cut = tmp_path / "cut.elf"
    for size in (0, 10, 64, 5000, len(image) // 2, len(image) - 1):
        cut.write_bytes(image[:size])
        result = modpost("-k", cut, "-o", tmp_path / "out.symvers")
        assert result.returncode == 1 and str(cut) in result.stdout
        assert not (tmp_path / "out.symvers").exists()


def test_damaged_symvers(modpost, tmp_path):
    good = (KOAN / "build/Module.symvers").read_bytes()
    dice = random.Random(1)
    for number in range(20):
        content = bytearray(good)
        for _ in range(3):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path = tmp_path / f"{number}.symvers"
        path.write_bytes(bytes(content))
        assert modpost("-i", path, errors="replace").returncode in (0, 1)
