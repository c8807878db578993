# SPDX-License-Identifier: MIT
"""/sys/module/NAME: names, modes and formats of Linux; what is there at each point of a life."""

import os
import re

import pytest

import harness

# What every module has.
ALWAYS = {"coresize": "-r--r--r--", "holders": "drwxr-xr-x", "initsize": "-r--r--r--",
          "initstate": "-r--r--r--", "notes": "drwxr-xr-x", "refcnt": "-r--r--r--",
          "sections": "drwxr-xr-x", "taint": "-r--r--r--", "uevent": "--w-------"}


@pytest.fixture(scope="module")
def files(own_modules, built):
    names = ("ok_exports", "ok_imports", "ok_plain", "ok_user", "ok_params", "prop_plain",
             "ok_init_memory", "bad_init", "params")
    return {**{name: own_modules[name] for name in names}, "noted": str(built("parameters") / "noted.ko")}


@pytest.fixture(scope="module")
def console(boot, files):
    return boot(modules=files.values())


@pytest.fixture(autouse=True)
def nothing_is_left(console):
    before = console.counts()
    listed = console.ok("ls -a /sys/module")
    yield
    assert console.counts() == before
    assert console.ok("ls -a /sys/module") == listed


def listing(console, path):
    """{name: mode} of a directory, and {name: where it leads} of the links in it."""
    modes, links = {}, {}
    for row in console.ok(f"ls -la {path}").splitlines()[1:]:
        mode, *_, name = row.split(maxsplit=8)
        name, arrow, target = name.partition(" -> ")
        if name not in (".", ".."):
            modes[name] = mode
            if arrow:
                links[name] = target
    return modes, links


def text(console, path):
    return console.ok(f"cat /sys/module/{path}")


def sections_of(path):
    """[(name, type, flags, size)] of a file's sections, as readelf tells them."""
    out = harness.run(["readelf", "-SW", path]).stdout
    rows = re.findall(r"^ +\[ *\d+\] (\S+) +(\S+) +\S+ \S+ (\S+) \S\S +([A-Zx]*) ", out, re.M)
    return [(name, kind, flags, int(size, 16)) for name, kind, size, flags in rows]


def test_what_is_there(console):
    console.ok("insmod ok_exports.ko; insmod ok_params.ko; insmod params.ko")
    assert listing(console, "/sys/module/ok_exports")[0] == ALWAYS
    assert listing(console, "/sys/module/ok_params")[0] == {**ALWAYS, "parameters": "drwxr-xr-x"}
    assert listing(console, "/sys/module/params")[0] == {
        **ALWAYS, "parameters": "drwxr-xr-x", "version": "-r--r--r--", "srcversion": "-r--r--r--"}
    assert console.ok("ls -ld /sys/module").startswith("drwxr-xr-x ")
    console.ok("rmmod params ok_params ok_exports")


def test_numbers_agree_with_lsmod(console):
    console.ok("insmod ok_exports.ko; insmod ok_imports.ko; insmod ok_plain.ko")
    for row in console.ok("lsmod").splitlines()[1:]:
        name, size, users, *_ = row.split()
        assert text(console, f"{name}/coresize") == size + "\n"
        assert text(console, f"{name}/refcnt") == users + "\n"
        assert text(console, f"{name}/initstate") == "live\n"
        assert text(console, f"{name}/initsize") == "0\n"
    assert text(console, "ok_exports/refcnt") == "2\n"
    console.ok("rmmod ok_plain ok_imports ok_exports")


def test_version_and_srcversion(console, files):
    console.ok("insmod params.ko")
    for field in ("version", "srcversion"):
        said = harness.run(["modinfo", "-F", field, files["params"]]).stdout
        assert said and text(console, f"params/{field}") == said
    console.ok("rmmod params")


def test_taints(boot, files):
    """The letters of /proc/modules, without what surrounds them."""
    console = boot(modules=files.values())
    console.ok("insmod ok_exports.ko; insmod prop_plain.ko; insmod noted.ko")
    letters = {row.split()[0]: re.search(r"\((\w+)\)$", row)
               for row in console.ok("cat /proc/modules").splitlines()}
    assert {name: found and found[1] for name, found in letters.items()} == {
        "ok_exports": None, "ok_plain": "P", "noted": "O"}
    for name, found in letters.items():
        assert text(console, f"{name}/taint") == (found[1] if found else "") + "\n"


def test_holders(console):
    """A link for each user, however many symbols it uses; it leads to the user's directory."""
    console.ok("insmod ok_exports.ko; insmod ok_imports.ko; insmod ok_plain.ko; insmod ok_user.ko")
    assert listing(console, "/sys/module/ok_exports/holders") == (
        {"ok_imports": "lrwxrwxrwx", "ok_plain": "lrwxrwxrwx"},
        {"ok_imports": "../../ok_imports", "ok_plain": "../../ok_plain"})
    assert text(console, "ok_exports/holders/ok_plain/refcnt") == "1\n"
    assert listing(console, "/sys/module/ok_exports/holders/ok_plain/holders")[0] == {
        "ok_user": "lrwxrwxrwx"}
    console.ok("rmmod ok_imports")
    assert listing(console, "/sys/module/ok_exports/holders")[0] == {"ok_plain": "lrwxrwxrwx"}
    console.ok("rmmod ok_user ok_plain")
    assert listing(console, "/sys/module/ok_exports/holders")[0] == {}
    console.ok("rmmod ok_exports")


@pytest.mark.parametrize("name", ["ok_params", "ok_exports", "ok_init_memory", "noted"])
def test_sections(console, files, name):
    """Those that take memory and are not empty, where /proc/kallsyms says that their symbols are."""
    console.ok(f"insmod {name}.ko")
    sections = sections_of(files[name])
    wanted = {section for section, _, flags, size in sections
              if "A" in flags and size and "/" not in section
              and section not in (".modinfo", "__versions")}  # read, not kept
    assert listing(console, f"/sys/module/{name}/sections")[0] == dict.fromkeys(wanted, "-r--------")
    where = {section: text(console, f"{name}/sections/{section}") for section in wanted}
    assert all(re.fullmatch(r"0xffffffff[0-9a-f]{8}\n", address) for address in where.values())
    symbols = re.findall(r"^ +\d+: (\w+) +\S+ (?:FUNC|OBJECT) +\w+ +\w+ +(\d+) (\S+)$",
                         harness.run(["readelf", "-sW", files[name]]).stdout, re.M)
    expected = {(symbol, int(where[sections[int(index) - 1][0]], 16) + int(value, 16))
                for value, index, symbol in symbols if sections[int(index) - 1][0] in wanted
                and not sections[int(index) - 1][0].startswith(".init")}
    rows = [row.split() for row in console.ok(f"grep '\\[{name}\\]' /proc/kallsyms").splitlines()]
    assert expected and expected <= {(row[2], int(row[0], 16)) for row in rows}
    console.ok(f"rmmod {name}")


def test_notes(console, files):
    console.ok("insmod noted.ko")
    assert listing(console, "/sys/module/noted/notes")[0] == {
        ".note.gnu.build-id": "-r--r--r--", ".note.test": "-r--r--r--"}
    sizes = {row[0]: row[3] for row in sections_of(files["noted"])}
    for note in (".note.gnu.build-id", ".note.test"):
        path = f"/sys/module/noted/notes/{note}"
        assert console.ok(f"cat {path} | wc -c") == f"{sizes[note]}\n"
        assert console.ok(f"ls -l {path}").split()[4] == str(sizes[note])
    assert console.ok("grep -c Koan /sys/module/noted/notes/.note.test") == "1\n"
    console.ok("rmmod noted")


def test_only_uevent_can_be_written(console):
    console.ok("insmod ok_params.ko")
    folder = "/sys/module/ok_params"
    for name in ("coresize", "initstate", "refcnt", "taint"):
        assert console.run(f"echo 1 > {folder}/{name}").output == (
            f"koan: {folder}/{name}: Permission denied\n")
    result = console.run(f"cat {folder}/uevent")
    assert result.output == f"cat: {folder}/uevent: Permission denied\n"
    for action in ("add", "remove", "change", "online"):
        console.ok(f"echo {action} > {folder}/uevent")
    for wrong in ("ad", "adds", "x"):
        assert console.run(f"echo {wrong} > {folder}/uevent").output == (
            "koan: echo: write error: Invalid argument\n")
    assert console.run(f"rm -r {folder}").status == 1
    assert console.run(f"echo x > {folder}/new").output == (
        f"koan: {folder}/new: Permission denied\n")
    console.ok("rmmod ok_params")


@pytest.mark.parametrize("command", ["insmod ok_params.ko num=x", "insmod bad_init.ko",
                                     "insmod ok_imports.ko"])
def test_a_refused_module_leaves_no_trace(console, command):
    """Parameters, init, linking: whoever refuses, there is no directory afterwards."""
    before = console.ok("ls /sys/module")
    assert console.run(command).status == 1
    assert console.ok("ls /sys/module") == before


def test_the_current_directory_goes(console):
    """Whoever sits in it is told; nothing dangles."""
    console.ok("insmod ok_params.ko; cd /sys/module/ok_params/parameters; rmmod ok_params")
    assert console.run("ls").output == "ls: cannot access '.': No such file or directory\n"
    console.ok("cd /root")


def test_reading_while_it_goes(console):
    """What a command reads was read before the module went."""
    console.ok("insmod noted.ko; insmod ok_params.ko num=77")
    said = console.run("rmmod ok_params < /sys/module/ok_params/parameters/num")
    assert said.status == 0
    assert console.ok("cat /sys/module/noted/notes/.note.test | rmmod noted") == ""


def test_what_is_built_in_keeps_its_name(boot, tmp_path):
    """A module cannot have the directory of something that is part of the kernel."""
    harness.copy_sources(os.path.join(harness.TOP, "modules", "examples", "builtin"),
                         tmp_path / "builtin")
    harness.build_modules(tmp_path / "builtin")
    console = boot(modules=[tmp_path / "builtin" / "builtin.ko"])
    before = console.counts()
    for _ in range(2):
        result = console.run("insmod builtin.ko")
        assert result.output == ("insmod: ERROR: could not insert module builtin.ko: "
                                 "Invalid parameters\n")
        assert result.log[-1] == "builtin: module is already loaded"
    assert console.counts() == before
    assert set(listing(console, "/sys/module/builtin")[0]) == {"parameters", "uevent", "version"}
