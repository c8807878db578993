# SPDX-License-Identifier: MIT
"""modpost and the versions of symbols: what it reads of symtypes, what it writes, what it complains of."""

import re

import pytest

from conftest import LICENSED, run

KERNEL = "0x11111111\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t\n0x22222222\tlend\tvmlinux\tEXPORT_SYMBOL\t\n" \
         "0x00000000\tassembled\tvmlinux\tEXPORT_SYMBOL\t\n0x33333333\t%s\tvmlinux\tEXPORT_SYMBOL_GPL\t\n"
LONG = "a_name_of_fifty_six_letters_which_is_one_more_than_a_row"
EXPORTS = LICENSED + "int first;\nEXPORT_SYMBOL(first);\nint second;\nEXPORT_SYMBOL_GPL(second);\n"


@pytest.fixture
def post(modpost, tmp_path):
    """post(OPTIONS..., OBJECTS...) -> (status, lines, text of m.mod.c)"""
    assert len(LONG) == 56
    kernel = tmp_path / "kernel.symvers"
    kernel.write_text(KERNEL % LONG)

    def call(*arguments):
        result = modpost("-i", kernel, "-o", tmp_path / "out.symvers", "-m", *arguments)
        written = tmp_path / "m.mod.c"
        return result.returncode, result.stdout.splitlines(), written.read_text() if written.exists() else ""

    return call


def uses(*names):
    return (LICENSED + "".join(f"extern int {name}(void);\n" for name in names) +
            "int init_module(void)\n{\n" + "".join(f"\t{name}();\n" for name in names) + "\treturn 0;\n}\n")


def rows(text, table):
    """What stands between the braces of a table."""
    return re.search(rf"{table}.*?{{(.*?)}};", text, re.S).group(1).split("\n")[1:-1]


def test_basic(post, compiled):
    status, lines, text = post("-b", compiled("m", uses("lend")))
    assert (status, lines) == (0, [])
    # In the order of names: the loader need not sort them.
    assert rows(text, "__versions") == ['\t{0x22222222, "lend"},', '\t{0x11111111, "module_layout"},']
    assert "__version_ext" not in text


def test_extended(post, compiled):
    status, lines, text = post("-x", compiled("m", uses("lend", LONG)))
    assert (status, lines) == (0, []) and "__versions" not in text
    crcs = [int(row.strip(" \t,"), 16) for row in rows(text, "__version_ext_crcs")]
    names = re.findall(r'^\t"(\w+)\\0"$', text, re.M)
    assert dict(zip(names, crcs)) == {"module_layout": 0x11111111, "lend": 0x22222222, LONG: 0x33333333}


def test_both(post, compiled):
    """What a row is too short for stands in the other form only."""
    status, lines, text = post("-b", "-x", compiled("m", uses("lend", LONG)))
    assert (status, lines) == (0, [])
    assert LONG not in "".join(rows(text, "__versions")) and text.count(LONG) == 1


def test_too_long(post, compiled):
    module = compiled("m", uses(LONG))
    status, lines, _ = post("-b", module)
    assert (status, lines) == (1, [f'ERROR: modpost: too long symbol "{LONG}" [{module.with_suffix(".ko")}]'])


def test_no_crc(post, compiled):
    """The module is built; it will be believed about that symbol."""
    module = compiled("m", uses("assembled"))
    status, lines, text = post("-b", module)
    assert (status, lines) == (0, [f'WARNING: modpost: "assembled" [{module.with_suffix(".ko")}] has no CRC!'])
    assert "assembled" not in text


def test_own_exports(post, compiled, tmp_path):
    module = compiled("m", EXPORTS)
    module.with_suffix(".symversions").write_text("#SYMVER second 0x0000beef\n#SYMVER first 0xcafe0000\n")
    status, lines, text = post("-b", module)
    assert (status, lines) == (0, [])
    assert 'SYMBOL_CRC(first, 0xcafe0000, "");' in text and 'SYMBOL_CRC(second, 0x0000beef, "_gpl");' in text
    symvers = (tmp_path / "out.symvers").read_text().splitlines()
    assert [row.split("\t")[:2] for row in symvers] == [["0xcafe0000", "first"], ["0x0000beef", "second"]]


def test_an_export_without_version(post, compiled, tmp_path):
    """Its row is there all the same: row i of the versions belongs to row i of the exports."""
    module = compiled("m", EXPORTS)
    module.with_suffix(".symversions").write_text("#SYMVER first 0xcafe0000\n")
    status, lines, text = post("-b", module)
    assert (status, lines) == (0, [f'WARNING: modpost: EXPORT symbol "second" [{module.with_suffix(".ko")}] version '
                                   "generation failed, symbol will not be versioned."])
    assert 'SYMBOL_CRC(second, 0x00000000, "_gpl");' in text


def test_no_file_of_versions(post, compiled):
    module = compiled("m", EXPORTS)
    status, lines, _ = post("-b", module)
    assert (status, lines) == (1, [f"ERROR: modpost: {module.with_suffix('.symversions')}: No such file or directory"])


@pytest.mark.parametrize("line", ["first 0x1", "#SYMVER first", "#SYMVER first 0x", "#SYMVER first 0x1g", "#SYMVER first 0x0",
                                  "#SYMVER first 0x123456789", "#SYMVER  0x1 0x2"])
def test_broken_file_of_versions(post, compiled, line):
    module = compiled("m", EXPORTS)
    path = module.with_suffix(".symversions")
    path.write_text(f"#SYMVER second 0x0000beef\n{line}\n")
    status, lines, _ = post("-b", module)
    assert status == 1
    assert lines[0] == f'ERROR: modpost: {path}:2: expected "#SYMVER name 0x1234abcd"'


def test_without_versions(modpost, compiled, tmp_path):
    """As built where they are off: no table, and no word about them."""
    kernel = tmp_path / "kernel.symvers"
    kernel.write_text(KERNEL % LONG)
    result = modpost("-i", kernel, "-o", tmp_path / "out.symvers", compiled("m", uses("assembled", LONG)))
    assert (result.returncode, result.stdout) == (0, "")
    assert "ersion" not in (tmp_path / "m.mod.c").read_text().replace("moduleversion", "")


def test_the_table_in_the_file(folder):
    """A whole build; readelf finds one u32 for each row of the export table."""
    folder.write(Kbuild="obj-m := m.o\n", m_c=EXPORTS + "int third;\nEXPORT_SYMBOL(third);\n")
    folder.build()
    sections = folder.sections("m.ko")
    assert sections["__kcrctab"][1] == 2 * 4 and sections["__ksymtab"][1] == 2 * 24
    assert sections["__kcrctab_gpl"][1] == 4 and sections["__ksymtab_gpl"][1] == 24
    dump = run("readelf", "-x", "__kcrctab", folder / "m.ko").stdout
    crcs = {name: crc for crc, name, *_ in folder.symvers()}
    words = re.search(r"0x00000000 (\w{8}) (\w{8})", dump).groups()
    # readelf shows bytes, the lowest first; rows are sorted by name.
    assert ["0x" + bytes.fromhex(word)[::-1].hex() for word in words] == [crcs["first"], crcs["third"]]
