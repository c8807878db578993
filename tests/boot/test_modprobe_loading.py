# SPDX-License-Identifier: MIT
"""modprobe at work: for who types it, for a module that asks the kernel for another, and at boot."""

import re
import shutil

import pytest

from library import LIB, RELEASE, pack, write
from probe_tree import inserted

LIMIT = 50  # so many may wait for each other


@pytest.fixture(scope="module")
def machine(boot, probe_tree):
    return probe_tree.start(boot)


# --- loading and unloading ---

@pytest.fixture(name="console")
def fixture_console(machine):
    """The machine; what a test loads it must also remove, to the last byte."""
    before = machine.counts()
    yield machine
    assert machine.counts() == before


def loaded(console):
    return [line.split()[0] for line in console.ok("lsmod").splitlines()[1:]]


def test_chain(console):
    """What is needed is loaded before, and removed when nobody needs it any more; twice."""
    for _ in range(2):
        result = console.run("modprobe -v chain-a")
        assert (result.status, result.output) == (
            0, f"insmod /{LIB}/extra/chain-c.ko nothing=1 \n" + inserted("chain_b", "chain_a"))
        assert "chain_a: 321" in result.log
        assert loaded(console) == ["chain_a", "chain_b", "chain_c"]
        assert console.ok("modprobe -v chain_a; modprobe -v chain_b") == ""
        assert console.ok("modprobe -r -v chain_a") == "rmmod chain_a\nrmmod chain_b\nrmmod chain_c\n"


def test_what_others_use_stays(console):
    """Checked against kmod 30, which was given a /sys/module to look at."""
    console.ok("modprobe chain_a; modprobe chain_b")
    result = console.run("modprobe -r chain_b")
    assert (result.status, result.output) == (1, "modprobe: FATAL: Module chain_b is in use.\n")
    result = console.run("modprobe -r -q chain_b")
    assert (result.status, result.output) == (1, "")
    assert loaded(console) == ["chain_a", "chain_b", "chain_c"]
    console.ok("modprobe -r -a chain_a chain_b")


def test_first_time(console):
    console.ok("modprobe --first-time chain_b")
    result = console.run("modprobe --first-time chain-b")
    assert (result.status, result.output) == (
        1, "modprobe: ERROR: could not insert 'chain_b': Module already in kernel\n")
    # That something it needs is there already is fine.
    console.ok("modprobe --first-time chain_a")
    console.ok("modprobe -r --first-time chain_a")
    result = console.run("modprobe -r --first-time chain_a")
    assert (result.status, result.output) == (
        1, "modprobe: FATAL: Module chain_a is not in kernel.\n")
    assert console.ok("modprobe -r chain_a") == ""


def test_softdep(console):
    assert console.ok("modprobe -v soft") == inserted("soft_before", "soft", "soft_after")
    assert console.ok("modprobe -r -v soft") == "rmmod soft_after\nrmmod soft\nrmmod soft_before\n"
    # Without them it works as well; and what fails of them is not told.
    assert console.ok("modprobe -i -v soft") == inserted("soft")
    assert console.ok("modprobe -r -v soft") == "rmmod soft\n"


def test_options(console):
    """From the configuration, for the name and for the alias, then from the command; in order."""
    result = console.run("modprobe opts level=3")
    assert result.log[-1] == "opts: level=3 word=two words"
    console.ok("modprobe -r opts; modprobe -r chain_a")
    result = console.run("modprobe tall")
    assert result.log[-1] == "opts: level=1 word=two words"
    console.ok("modprobe -r opts; modprobe -r chain_a")
    result = console.run("modprobe tall 'word=from the prompt'")
    assert result.log[-1] == "opts: level=1 word=from the prompt"
    console.ok("modprobe -r opts; modprobe -r chain_a")


def test_blacklist(console):
    """It stops aliases; names only with -b."""
    assert console.ok("modprobe -v banned") == ""
    assert console.ok("modprobe -v -b refuses") == ""
    result = console.run("modprobe refuses")
    assert (result.status, result.output) == (
        1, "modprobe: ERROR: could not insert 'refuses': No such device\n")


def test_install_and_remove(console):
    assert console.ok("modprobe -v in-peace") == "install /bin/true \n"
    result = console.run("modprobe in_vain")
    assert (result.status, result.lines) == (1, [
        "modprobe: ERROR: ../libkmod/libkmod-module.c:1047 command_do() Error running install "
        "command '/bin/false' for module in_vain: retcode 1",
        "modprobe: ERROR: could not insert 'in_vain': Invalid argument"])
    result = console.run("modprobe -r in-peace")
    assert (result.status, result.output) == (
        1, "modprobe: FATAL: Error running remove command for in_peace\n")
    result = console.run("modprobe chatty")
    assert (result.status, result.lines) == (1, [
        "modprobe: ERROR: cannot run the install command '/bin/echo one two' for module chatty: "
        "only /bin/true and /bin/false are known",
        "modprobe: ERROR: could not insert 'chatty': Function not implemented"])


def test_alias_to_nothing(console):
    result = console.run("modprobe to-nowhere")
    assert (result.status, result.lines) == (1, [
        "modprobe: ERROR: ../libkmod/libkmod-module.c:895 kmod_module_insert_module() could not "
        "find module by name='nothing_there'",
        "modprobe: ERROR: could not insert 'nothing_there': Unknown symbol in module, or unknown "
        "parameter (see dmesg)"])


def test_built_in(console):
    """Always there, never to be removed; kmod needs another index for it than depmod made here."""
    assert console.ok("modprobe inside_it; modprobe -v inside-it") == ""
    assert console.ok("modprobe -D inside_it") == "builtin inside_it\n"
    result = console.run("modprobe --first-time inside_it")
    assert (result.status, result.output) == (
        1, "modprobe: ERROR: could not insert 'inside_it': Module already in kernel\n")
    result = console.run("modprobe -r inside_it")
    assert (result.status, result.output) == (1, "modprobe: FATAL: Module inside_it is builtin.\n")
    assert console.ok("modinfo inside_it") == "name:           inside_it\nfilename:       (builtin)\n"


def test_parameters_are_refused(console):
    result = console.run("modprobe -i opts level=high")
    assert result.status == 1
    assert result.output == "modprobe: ERROR: could not insert 'opts': Invalid argument\n"
    assert result.log == ["opts: `high' invalid for parameter `level'"]
    # Why comes below what; and with -q only why, as in the log.
    assert result.text.startswith("modprobe: ERROR")
    result = console.run("modprobe -q -i opts level=high")
    assert (result.status, result.output) == (1, "")
    assert result.log == ["opts: `high' invalid for parameter `level'"]


def test_what_cannot_be_removed(boot, probe_tree):
    console = boot(initrds=[probe_tree.archive])
    console.ok("modprobe stays")
    result = console.run("modprobe -r stays")
    assert (result.status, result.output) == (
        1, "modprobe: ERROR: ../libkmod/libkmod-module.c:856 kmod_module_remove_module() could "
        "not remove 'stays': Device or resource busy\n")
    console.close()


def test_force(boot, probe_tree, tmp_path):
    """A module for another kernel, and the removal of what cannot be removed: both taint."""
    shutil.copytree(probe_tree.folder, tmp_path / "tree")
    path = tmp_path / "tree" / LIB / "extra/opts.ko"
    path.write_bytes(path.read_bytes().replace(b" mod_unload ", b" mod_onload "))
    console = boot(initrds=[pack(tmp_path / "tree")])
    result = console.run("modprobe -i opts")
    assert (result.status, result.output) == (
        1, "modprobe: ERROR: could not insert 'opts': Exec format error\n")
    assert len(result.log) == 1 and result.log[0].startswith(f"opts: version magic '{RELEASE} mod_onload ")
    console.ok("modprobe -i --force-vermagic opts; modprobe -r opts; modprobe -i -f opts")
    console.ok("modprobe stays; modprobe -r -f stays")
    assert loaded(console) == ["opts"]
    tainted = int(console.ok("cat /proc/sys/kernel/tainted"))
    assert tainted & 2 and tainted & 8  # F and R
    console.close()


def test_what_kills_the_command(boot, probe_tree):
    """modprobe's own memory is given back: no more is gone than when insmod does the same."""
    lost = []
    for command in (f"insmod /{LIB}/extra/oops.ko", "modprobe oops"):
        console = boot(initrds=[probe_tree.archive])
        console.ok("modprobe chain_a; modprobe -r chain_a")
        before = console.counts()
        result = console.run(command)
        assert (result.status, result.output) == (137, "Killed\n")
        after = console.counts()
        lost.append({name: before[name] - after[name] for name in before})
        assert loaded(console) == ["oops"]
        console.ok("modprobe chain_a")
        console.close()
    assert lost[0] == lost[1]


def test_configuration_is_read_each_time(console):
    """And mistakes in it are told as kmod tells them."""
    console.ok("echo 'alias new-name chain_c' > /etc/modprobe.d/new.conf")
    assert console.ok("modprobe -R new_name") == "chain_c\n"
    console.ok(r"echo -e '\n  alias\ninclude /etc\nbogus x' > /etc/modprobe.d/new.conf")
    result = console.run("modprobe -q -R chain_c")
    library = "libkmod: ERROR ../libkmod/libkmod-config.c"
    conf = "/etc/modprobe.d/new.conf"
    assert (result.status, result.lines) == (0, [
        f"{library}:712 kmod_config_parse: {conf} line 2: ignoring bad line starting with 'alias'",
        f"{library}:708 kmod_config_parse: {conf}: command include is deprecated and not parsed "
        "anymore",
        f"{library}:712 kmod_config_parse: {conf} line 4: ignoring bad line starting with 'bogus'",
        "chain_c"])
    console.ok("rm /etc/modprobe.d/new.conf")


@pytest.mark.parametrize("arguments, says", [
    ("", "modprobe: ERROR: missing parameters. See -h.\n"),
    ("-a", "modprobe: ERROR: missing parameters. See -h.\n"),
    ("-z x", "modprobe: invalid option -- 'z'\nTry 'modprobe --help' for more information.\n"),
    ("--nope x", "modprobe: unrecognized option '--nope'\n"
     "Try 'modprobe --help' for more information.\n"),
])
def test_usage(console, arguments, says):
    result = console.run(f"modprobe {arguments}")
    assert (result.status, result.output) == (1, says)


# --- request_module() ---

def ask(console, arguments):
    """What the module `ask` says while it is loaded; it is then removed again."""
    result = console.run(f"modprobe ask {arguments}")
    assert result.status == 0, result
    assert result.output == ""
    return [line for line in result.log if "unknown parameter 'nothing'" not in line]


def test_a_module_asks_for_others(console):
    """One that needs two more, by name; then by an alias and by a symbol; all are there then."""
    assert ask(console, "name=chain_a") == ["chain_a: 321", "ask: chain_a: 0"]
    assert loaded(console) == ["chain_a", "chain_b", "chain_c", "ask"]
    console.ok("modprobe -r chain_a; modprobe -r ask")
    for name in ("new-c-alias", "symbol:chain_c_value"):
        console.ok("echo 'alias new* chain_c' > /etc/modprobe.d/new.conf")
        assert ask(console, f"name={name} times=2") == [f"ask: {name}: 0"] * 2
        console.ok("modprobe -r -a chain_c ask; rm /etc/modprobe.d/new.conf")


@pytest.mark.parametrize("name", ["nowhere", "refuses", "banned"])
def test_what_a_module_asks_for_fails(console, name):
    """The status of a modprobe that failed, as wait(2) has it, and not a word on the console."""
    status = 0 if name == "banned" else 256
    assert ask(console, f"name={name}") == [f"ask: {name}: {status}"]
    console.ok("rmmod ask")


def test_a_name_too_long(console):
    name = "x" * 56
    assert ask(console, f"name={name}") == [f"ask: {name}: -36"]
    console.ok("rmmod ask")


def test_asking_for_a_user_of_oneself(console):
    """Exports of a module whose init runs are of no use yet: not even to what it asks for."""
    log = ask(console, "name=asked")
    assert log[-1] == "ask: asked: 256"
    assert loaded(console) == ["ask"]
    console.ok("rmmod ask")
    assert ask(console, "name=ask") == ["ask: ask: 256"]
    console.ok("rmmod ask")


def test_nowait(console):
    """The request is done when the command has ended: then the one who asked is of use."""
    assert ask(console, "name=asked nowait=1") == ["ask: asked: 0", "asked: 1"]
    console.ok("modprobe -r asked")
    log = ask(console, "name=nowhere nowait=1 times=3")
    assert log == ["ask: nowhere: 0"] * 3
    console.ok("rmmod ask")


def test_modules_ask_inside_each_other(console):
    result = console.run("modprobe nest_00")
    assert result.status == 0
    assert result.log == [
        f"request_module: modprobe nest_{LIMIT + 1} cannot be processed, kmod busy with {LIMIT} "
        "threads for more than 0 seconds now", f"nest: {LIMIT} asked in vain: -62"]
    assert len(loaded(console)) == LIMIT + 1
    console.ok("rmmod " + " ".join(f"nest_{i:02d}" for i in range(LIMIT + 1)))


# --- at boot ---

def test_autoload(boot, probe_tree, tmp_path):
    """Names, one a line, in files by their names; what fails costs a line, and the boot goes on."""
    lists = {"b.conf": "chain_a\nnowhere\n", "a.conf": "# names\n; too\n\n  probe-plain  \nrefuses\n",
             "c.txt": "soft\n", "d.conf": "inside_it\noops\nasked"}
    shutil.copytree(probe_tree.folder, tmp_path / "tree")
    for name, text in lists.items():
        write(tmp_path / "tree/etc/modules-load.d" / name, text)
    write(tmp_path / "tree/etc/modules-load.d/koan.conf", "# nothing\n")
    write(tmp_path / "tree/etc/modprobe.d/test.conf", "alias probe-plain opts\noptions opts level=8\n")
    console = boot(initrds=[pack(tmp_path / "tree")], drivers=True)
    assert loaded(console) == ["asked", "ask", "oops", "chain_a", "chain_b", "chain_c",
                               "opts"]
    said = [line for line in console.run("dmesg").log
            if re.match("opts|autoload|chain_a|asked", line)]
    assert [line for line in said if "taint" not in line] == [
        "opts: level=8 word=none",
        "autoload: could not insert 'refuses': No such device",
        "chain_a: 321",
        f"autoload: Module nowhere not found in directory /{LIB}",
        "autoload: killed while it loaded oops",
        "asked: 1"]
    console.close()
