# SPDX-License-Identifier: MIT
"""make clean, which must leave the sources alone, and make modules_install."""

import pytest

from conftest import KOAN, LICENSED, run


@pytest.fixture
def built(folder):
    folder.write(**{"Kbuild": "obj-m := one.o multi.o sub/\nmulti-objs := main.o lib/part.o\nclean-files := made.txt\n",
                    "one_c": LICENSED, "main_c": LICENSED, "lib__part_c": "extern int x;\n",
                    "sub__Kbuild": "obj-m := two.o\nclean-files := sub.txt\n", "sub__two_c": LICENSED,
                    "notes.txt": "", "foreign.ko": ""})
    folder.sources = sorted(path for path in folder.path.rglob("*") if path.is_file())
    folder.build()
    folder.write(**{"made.txt": "", "sub/sub.txt": ""})
    return folder


def test_clean_leaves_the_sources(built):
    assert built.build("clean") == ["CLEAN sub", f"CLEAN {built.path}", "CLEAN Module.symvers"]
    assert sorted(path for path in built.path.rglob("*") if path.is_file()) == built.sources
    assert built.build("clean") == []


def test_clean_of_what_never_was_built(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    assert folder.build("clean") == []
    assert (folder / "one.c").exists()


def test_install(built, tmp_path):
    root = tmp_path / "root"
    steps = built.build("modules_install", f"INSTALL_MOD_PATH={root}")
    release = built.modinfo("one.ko", "vermagic")[0].split()[0]
    library = root / "lib/modules" / release
    names = ["one.ko", "multi.ko", "sub/two.ko"]
    assert steps == [f"INSTALL {library}/extra/{name}" for name in names] + [f"DEPMOD {library}"]
    for name in names:
        assert (library / "extra" / name).read_bytes() == (built / name).read_bytes()
    listed = (library / "modules.dep").read_text().split()
    assert sorted(listed) == sorted(f"extra/{name}:" for name in names)


def test_install_elsewhere(built, tmp_path):
    built.build("modules_install", f"INSTALL_MOD_PATH={tmp_path}/r", "INSTALL_MOD_DIR=mine", "INSTALL_MOD_STRIP=1")
    (installed,) = (tmp_path / "r").rglob("mine/one.ko")
    assert installed.stat().st_size < (built / "one.ko").stat().st_size


def test_depmod_knows_the_dependencies(folder, tmp_path):
    folder.write(Kbuild="obj-m := user.o prov.o\n", prov_c=LICENSED + "int x;\nEXPORT_SYMBOL(x);\n",
                 user_c=LICENSED + "extern int x;\nint init_module(void)\n{\n\treturn x;\n}\n")
    folder.build()
    result = folder.make("modules_install", f"INSTALL_MOD_PATH={tmp_path}/r")
    assert "WARNING" not in result.stdout
    (listing,) = (tmp_path / "r").rglob("modules.dep")
    assert "extra/user.ko: extra/prov.ko" in listing.read_text().splitlines()


def test_weak_dependencies_are_listed(folder, tmp_path):
    """As later versions of depmod than Debian's list them."""
    folder.write(Kbuild="obj-m := my-mod.o plain.o\n", plain_c=LICENSED,
                 **{"my-mod_c": LICENSED + 'MODULE_WEAKDEP("other some_more");\n'})
    folder.build()
    for _ in range(2):
        assert folder.make("modules_install", f"INSTALL_MOD_PATH={tmp_path}/r").returncode == 0
        (listing,) = (tmp_path / "r").rglob("modules.weakdep")
        assert listing.read_text() == ("# Weak dependencies extracted from modules themselves.\n"
                                       "weakdep my_mod other some_more\n")


def test_install_before_build(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    result = folder.make("modules_install")
    assert result.returncode == 2 and "build it first" in result.stdout


def test_koans_own(tmp_path):
    """All that depmod and modprobe want to know; they themselves say so."""
    result = run("make", "-C", KOAN, "modules_install", f"INSTALL_MOD_PATH={tmp_path}")
    assert result.returncode == 0 and "WARNING" not in result.stdout, result.stdout
    (library,) = (tmp_path / "lib/modules").iterdir()
    order = (library / "modules.order").read_text().split()
    assert order == [f"kernel/{line}" for line in
                     (KOAN / "build/modules/modules.order").read_text().replace("build/modules/", "").split()]
    assert sorted(order) == sorted(str(path.relative_to(library)) for path in library.rglob("*.ko"))
    for name in ("modules.builtin", "modules.builtin.modinfo", "modules.builtin.alias", "modules.builtin.ranges"):
        assert (library / name).read_bytes() == (KOAN / "build" / name).read_bytes()
    shown = run("modprobe", "-d", tmp_path, "-S", library.name, "--show-depends", "visitor").stdout
    assert [line.split("/")[-1].split()[0] for line in shown.splitlines()] == ["greeter.ko", "visitor.ko"], shown
