# SPDX-License-Identifier: MIT
"""tools/kconfig: what Kconfig files and configurations mean, and what is said of wrong ones."""

import os
import shutil

import pytest

from conftest import KOAN, run

TOOL = KOAN / "tools/kconfig/kconfig.py"

SOME = """\
mainmenu "Some"
config KNOWN
	def_bool y

menu "First"
config ONE
	bool "One"
	default y
	help
	  Text of several lines,

	  config NOT_AN_OPTION
	    bool "indented, or not"

config TWO
	bool "Two"
	depends on ONE
config NUMBER
	int "Number" if TWO
	range 1 20 if TWO
	range 1 9
	default 15 if TWO
	default 5
config ADDRESS
	hex "Address"
	range 0x10 0xff
	default 0x20
config TEXT
	string "Text"
	default "a \\ b"
endmenu

if !ONE
config THREE
	tristate "Three"
	default m
config FOUR
	tristate "Four"
	depends on THREE
	default y
config FIVE
	bool
	default y if THREE = "m" && !(TWO || NUMBER != "5")
endif
"""


@pytest.fixture
def kconfig(tmp_path):
    """kconfig(ARGUMENTS...) runs the tool in tmp_path, where there is a file Kconfig."""
    (tmp_path / "Kconfig").write_text(SOME)
    return lambda *arguments: run("/usr/bin/python3", TOOL, *arguments, cwd=tmp_path)


@pytest.fixture
def values(kconfig, tmp_path):
    """values(CONFIGURATION) -> ({name: value} as make sees it, {name: value} as C does, what was said)."""

    def call(text=None):
        if text is not None:
            (tmp_path / ".config").write_text(text)
        result = kconfig("sync", ".config", "out")
        assert result.returncode == 0, result.stdout
        lines = (tmp_path / "out/config/auto.conf").read_text().splitlines()
        make = dict(line.removeprefix("CONFIG_").split(" := ") for line in lines if line.startswith("CONFIG_"))
        lines = (tmp_path / "out/generated/autoconf.h").read_text().splitlines()
        c = dict(line.removeprefix("#define CONFIG_").split(" ", 1) for line in lines if line.startswith("#"))
        return make, c, result.stdout

    return call


def test_defaults(values):
    make, c, said = values()
    assert make == {"KNOWN": "y", "ONE": "y", "NUMBER": "5", "ADDRESS": "0x20", "TEXT": r'"a \\ b"'}
    assert c == {"KNOWN": "1", "ONE": "1", "NUMBER": "5", "ADDRESS": "0x20", "TEXT": r'"a \\ b"'}
    assert said == ""


@pytest.mark.parametrize("text, wanted", [
    ("CONFIG_TWO=y\n", {"TWO": "y", "NUMBER": "15"}),
    ("CONFIG_TWO=y\nCONFIG_NUMBER=20\n", {"NUMBER": "20"}),
    ("# CONFIG_ONE is not set\n", {"ONE": None, "THREE": "m", "FOUR": "m", "FIVE": "y"}),
    ("CONFIG_ONE=n\nCONFIG_THREE=y\n", {"THREE": "y", "FOUR": "y", "FIVE": None}),
    ("CONFIG_ONE=n\nCONFIG_THREE=n\n", {"THREE": None, "FOUR": None, "FIVE": None}),
    ("CONFIG_ONE=n\nCONFIG_THREE=m\nCONFIG_FOUR=y\n", {"FOUR": "m"}),
    ('CONFIG_TEXT="it\\"s # $(x)"\n', {"TEXT": r'"it\"s \# $$(x)"'}),
    ("CONFIG_ADDRESS=0xFF\n\n# a comment\n", {"ADDRESS": "0xFF"}),
])
def test_chosen(values, text, wanted):
    make, _, _ = values(text)
    assert {name: make.get(name) for name in wanted} == wanted


def test_c_sees_modules_and_texts(values):
    _, c, _ = values('# CONFIG_ONE is not set\nCONFIG_TEXT="it\\"s"\n')
    assert c["THREE_MODULE"] == "1" and "THREE" not in c and "ONE" not in c and c["TEXT"] == r'"it\"s"'


@pytest.mark.parametrize("text, option", [("# CONFIG_ONE is not set\nCONFIG_TWO=y\n", "CONFIG_TWO=y"),
                                          ("CONFIG_ONE=n\nCONFIG_THREE=m\nCONFIG_FOUR=y\n", "CONFIG_FOUR=y")])
def test_without_effect(values, text, option):
    """What depends on something that is off, or half off."""
    number = text.count("\n")
    assert values(text)[2] == f"warning: .config:{number}: {option} has no effect: what it depends on is not so\n"


@pytest.mark.parametrize("line, words", [
    ("CONFIG_ONR=y", "CONFIG_ONR: Kconfig has no such option; is CONFIG_ONE meant?"),
    ("# CONFIG_QQQQQQ is not set", "CONFIG_QQQQQQ: Kconfig has no such option"),
    ("CONFIG_ONE=m", "CONFIG_ONE=m: y or n was expected"),
    ("CONFIG_ONE=", "CONFIG_ONE=: y or n was expected"),
    ("CONFIG_THREE=1", "CONFIG_THREE=1: y, m or n was expected"),
    ("CONFIG_NUMBER=many", "CONFIG_NUMBER=many: a number was expected"),
    ("CONFIG_NUMBER=0x3", "CONFIG_NUMBER=0x3: a number was expected"),
    ("CONFIG_NUMBER=10", "CONFIG_NUMBER=10: a number from 1 to 9 was expected"),
    ("CONFIG_ADDRESS=32", "CONFIG_ADDRESS=32: a number like 0x1f was expected"),
    ("CONFIG_ADDRESS=0x100", "CONFIG_ADDRESS=0x100: a number from 0x10 to 0xff was expected"),
    ("CONFIG_TEXT=word", "CONFIG_TEXT=word: a text in double quotes was expected"),
    ("ONE=y", "CONFIG_NAME=VALUE was expected, not: ONE=y"),
])
def test_wrong_configuration(kconfig, tmp_path, line, words):
    (tmp_path / ".config").write_text(f"CONFIG_ONE=y\n{line}\n")
    result = kconfig("sync", ".config", "out")
    assert (result.returncode, result.stdout) == (1, f"config: .config:2: {words}\n")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text, line, words", [
    ("configuration ONE\n", 1, "not understood: configuration ONE"),
    ("config A B\n", 1, "the name of an option was expected, not: A B"),
    ("config A\n\tbool\nconfig A\n", 3, "A is there already, at Kconfig:1"),
    ("config A\n\tdefault y\n", 1, "A has no type (bool, tristate, int, hex, string)"),
    ("config A\n\tbool\n\tint\n", 3, "A is bool already"),
    ("config A\n\tbool A\n", 2, "a text in double quotes was expected, not: A"),
    ("config A\n\tbool\n\tselect B\n", 3, "not understood: select B"),
    ("config A\n\tbool\n\tdepends B\n", 3, "`depends on` was expected"),
    ("config A\n\tbool\n\tdepends on (B\n", 3, ") is missing in: (B"),
    ("config A\n\tbool\n\tdepends on B &&\n", 3, "a name is missing in: B &&"),
    ("config A\n\tbool\n\tdepends on B C\n", 3, "C was not expected in: B C"),
    ("config A\n\tbool\n\tdepends on B < C\n", 3, "not understood: < C"),
    ("config A\n\tint\n\trange 1\n", 3, "two numbers were expected, not: 1"),
    ("menu \"A\"\n", 1, "menu without endmenu"),
    ("if A\nendmenu\n", 2, "endmenu without menu"),
    ("source \"nowhere\"\n", 1, "nowhere: no such file"),
])
def test_wrong_kconfig(kconfig, tmp_path, text, line, words):
    (tmp_path / "Kconfig").write_text(text)
    result = kconfig("sync", ".config", "out")
    assert (result.returncode, result.stdout) == (1, f"config: Kconfig:{line}: {words}\n")


def test_options_that_depend_on_themselves(kconfig, tmp_path):
    (tmp_path / "Kconfig").write_text("config A\n\tbool\n\tdefault B\nconfig B\n\tbool\n\tdepends on A\n")
    result = kconfig("sync", ".config", "out")
    assert (result.returncode, result.stdout) == (1, "config: options depend on themselves: A B A\n")


def test_other_files(kconfig, values, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "Kconfig").write_text('menu "M"\n\tdepends on ON\nsource "sub/Kconfig"\nendmenu\nconfig ON\n\tbool "On"\n')
    (tmp_path / "sub/Kconfig").write_text("config INNER\n\tbool\n\tdefault y\n")
    assert values("")[0] == {} and values("CONFIG_ON=y\n")[0] == {"ON": "y", "INNER": "y"}


def test_files_change_only_when_they_must(values, tmp_path):
    values("")
    header = tmp_path / "out/generated/autoconf.h"
    before = header.stat().st_mtime_ns
    values("# a comment\nCONFIG_NUMBER=5\n")
    assert header.stat().st_mtime_ns == before
    values("CONFIG_TWO=y\n")
    assert header.stat().st_mtime_ns != before


def test_write_and_save(kconfig, tmp_path):
    """All that can be chosen is written; what is not default is saved; one can be made of the other."""
    config = tmp_path / ".config"
    assert kconfig("write", ".config", "-").stdout == "  CONFIG  .config\n"
    assert config.read_text().splitlines()[3:] == [
        "CONFIG_KNOWN=y", "", "#", "# First", "#", "CONFIG_ONE=y", "# CONFIG_TWO is not set", "CONFIG_NUMBER=5",
        "CONFIG_ADDRESS=0x20", r'CONFIG_TEXT="a \\ b"']
    assert kconfig("write", ".config").stdout == ""  # nothing to add
    config.write_text("CONFIG_TWO=y\nCONFIG_NUMBER=15\nCONFIG_ADDRESS=0x21\n")
    kconfig("write", ".config")
    full = config.read_text()
    assert "CONFIG_ONE=y\nCONFIG_TWO=y\nCONFIG_NUMBER=15\nCONFIG_ADDRESS=0x21\n" in full
    assert kconfig("save", ".config", "defconfig").returncode == 0
    assert (tmp_path / "defconfig").read_text() == "CONFIG_TWO=y\nCONFIG_ADDRESS=0x21\n"
    kconfig("write", "again", "defconfig")
    assert (tmp_path / "again").read_text() == full


def test_options_that_are_gone(kconfig, tmp_path):
    (tmp_path / ".config").write_text("CONFIG_GONE=y\nCONFIG_TWO=y\n")
    result = kconfig("write", ".config")
    assert result.returncode == 0 and result.stdout.startswith("warning: .config:1: CONFIG_GONE: Kconfig has no such option")
    text = (tmp_path / ".config").read_text()
    assert "GONE" not in text and "CONFIG_TWO=y" in text


@pytest.mark.parametrize("arguments", [[], ["sync"], ["sync", "a", "b", "c"], ["other", "a"]])
def test_usage(kconfig, arguments):
    result = kconfig(*arguments)
    assert result.returncode == 2 and "kconfig.py sync CONFIG OUT" in result.stdout


# --- Koan's own ---


def test_every_option_is_explained_and_used():
    """By C, or by a makefile; Kconfig names what is promised and nothing else."""
    text = (KOAN / "Kconfig").read_text()
    blocks = text.split("\nconfig ")[1:]
    asked = [block.split("\n")[0] for block in blocks if '"' in block.split("help")[0] and "def_bool" not in block]
    assert "KALLSYMS" in asked and "MODULE_UNLOAD" in asked
    files = [path for pattern in ("kernel/**/*.[ch]", "kernel/**/Kbuild", "include/**/*.h", "tools/**/*.mk", "modules/**/Kbuild") for path in KOAN.glob(pattern)]
    sources = "\n".join(path.read_text() for path in files)
    for block in blocks:
        name = block.split("\n")[0]
        if name in asked:
            assert "\n\thelp\n" in block, f"{name} has no help"
            assert f"CONFIG_{name}" in sources, f"{name} does nothing"


@pytest.fixture
def copy(tmp_path):
    """What the doors of the configuration need of the tree."""
    for name in ("Kconfig", "Makefile", "tools", "tests/host/host.mk", "tests/host/tests.mk", "tests/bench/kallsyms.mk"):
        if (KOAN / name).is_dir():
            shutil.copytree(KOAN / name, tmp_path / name)
        else:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(KOAN / name, tmp_path / name)
    for name in ("kernel", "modules", "tests/fuzz", "boot"):
        os.symlink(KOAN / name, tmp_path / name)
    return tmp_path


def test_doors(copy):
    def make(goal):
        result = run("make", "-s", "-C", copy, goal)
        assert result.returncode == 0, result.stdout
        return (copy / ".config").read_text()

    default = make("defconfig")
    assert "CONFIG_KALLSYMS=y\n" in default
    (copy / ".config").write_text("# CONFIG_KALLSYMS is not set\n")
    full = make("olddefconfig")
    assert full == default.replace("CONFIG_KALLSYMS=y", "# CONFIG_KALLSYMS is not set")
    make("savedefconfig")
    assert (copy / "defconfig").read_text() == "# CONFIG_KALLSYMS is not set\n"
    # They also work when there is something wrong with it, for they are the cure.
    (copy / ".config").write_text("CONFIG_GONE=y\n")
    assert make("olddefconfig") == default


@pytest.mark.skipif(not shutil.which("kconfig-conf"), reason="kconfig-frontends is not installed")
def test_the_distributions_tools_agree(tmp_path):
    """On the defaults, and on a configuration that each of them completes."""
    def both(text):
        found = []
        for name, command in (("theirs", ["kconfig-conf", "--olddefconfig", "Kconfig"]),
                              ("ours", ["/usr/bin/python3", TOOL, "write", str(tmp_path / "ours")])):
            (tmp_path / name).write_text(text)
            result = run("env", f"KCONFIG_CONFIG={tmp_path / name}", *command, cwd=KOAN)
            assert result.returncode == 0, result.stdout
            lines = (tmp_path / name).read_text().splitlines()
            found.append([line for line in lines if line.startswith("CONFIG_") or line.endswith("is not set")])
        return found

    for text in ("", "# CONFIG_KALLSYMS is not set\n# CONFIG_MODULE_UNLOAD is not set\nCONFIG_LOG_BUF_SHIFT=13\n"):
        theirs, ours = both(text)
        assert theirs == ours and len(ours) > 10
