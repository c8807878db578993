# SPDX-License-Identifier: MIT
"""modprobe, with kmod's own modprobe on this machine as the judge of what it finds and in which order.

Both get the same tree: Koan's modules, those of modules/probe, and some that are only there to be
found; kmod looks at it from outside (`modprobe -d`). Nothing is loaded on either side: see
test_modprobe_loading.py.
"""

import random
import re

import pytest

from library import LIB, pack, write
from phantoms import LOOKED_UP, build_phantoms, random_config
from probe_tree import Tree, inserted

# What kmod is asked, too. Nothing is loaded on either side.
QUESTIONS = [
    "-D chain_a", "-D chain-a", "-D chain_c", "-n -v chain_b", "-D soft", "-n -v soft x=1",
    "-D opts", "-D opts level=3", "-D tall", "-D tall level=9 word='a b c'", "-D sm", "-D small",
    "-D small-7", "-D small--", "-D smallest", "-D round-about", "-D to-nowhere", "-n -v to-nowhere",
    "-D banned", "-D refuses", "-n -v -b refuses", "-D -b banned", "-D in_vain", "-n -v in-peace",
    "-n -v chatty a=1", "-i -D opts", "-i -n -v in_vain", "-D probe-plain", "-D probe-bx-",
    "-D probe-dx-", "-D probe-b--y", "-R probe-cc-z", "-R tall", "-R sm", "-R small-7", "-R opts",
    "-R nowhere", "-D nowhere", "-q -D nowhere", "-a -D chain_a nowhere soft", "-D chain_a soft",
    "-D symbol:chain_c_value", "-R symbol:chain_b_value", "-R symbol:none", "-D symbol:ask_value",
    "-D ask", "-D asked", "-r -n -v chain_a", "-r -n -v in-peace", "-r nowhere", "-r -q nowhere",
    "-r --first-time chain_a", "-r chain_a soft nowhere opts", "-D soft-before-", "-R soft-after-1",
    "-D b[a", "-D ''", "--show-depends --all chain_b chain_a", "--resolve-alias --quiet tall", "",
    "-D chain_a.ko", "-D extra/chain_a.ko", "--first-time -D visitor", "-D hello greeter=1",
]


@pytest.fixture(scope="module")
def machine(boot, probe_tree):
    return probe_tree.start(boot)


def compare(machine, tree, arguments):
    """Both say the same; errors and results may mix in another order."""
    status, expected = tree.kmod(arguments)
    result = machine.run(f"modprobe {arguments}")
    assert sorted(result.lines) == sorted(expected.splitlines()), result
    found = [line for line in result.lines if not line.startswith("modprobe: ")]
    assert found == [line for line in expected.splitlines() if not line.startswith("modprobe: ")]
    assert result.status == status, result


@pytest.mark.parametrize("arguments", QUESTIONS)
def test_as_kmod(machine, probe_tree, arguments):
    compare(machine, probe_tree, arguments)


@pytest.mark.parametrize("seed", range(4))
def test_random_trees_as_kmod(boot, built, tmp_path, seed):
    rng = random.Random(seed)
    tree = Tree(tmp_path / "tree", built("probe"))
    names = build_phantoms(rng, tree.lib / "extra")
    write(tree.folder / "etc/modprobe.d/test.conf", random_config(rng, names))
    console = boot(initrds=[tree.finish()])
    for name in names + LOOKED_UP:
        for options in ("-D", "-R", "-n -v -b", "-i -D"):
            compare(console, tree, f"{options} {name}")
    console.close()


def test_showconfig(machine, probe_tree):
    """As kmod, but for what this machine's command line has, and a blank that kmod 30 forgets between pre and post."""
    result = machine.run("modprobe -c")
    _, expected = probe_tree.kmod("-c")
    with open("/proc/cmdline", encoding="utf-8") as file:
        named = tuple(f"options {word.split('.')[0]} " for word in file.read().replace("-", "_").split() if "." in word)
    wanted = [re.sub(r"(\w)post: ", r"\1 post: ", line) for line in expected.splitlines() if not line.startswith(named)]
    assert (result.status, result.lines) == (0, wanted)
    assert machine.ok("modprobe --show-config nonsense") == machine.ok("modprobe --showconfig") == result.output
    assert {"softdep opts pre: chain_a", "alias symbol:chain_c_value chain_c", "options chain_c nothing=1"} <= set(wanted)


def test_weakdeps_are_read_and_shown(boot, built, tmp_path):
    """kmod 30 does not know them yet; later ones read them and leave them to makers of initrds."""
    tree = Tree(tmp_path / "tree", built("probe"))
    tree.finish()
    write(tree.folder / "etc/modprobe.d/weak.conf", "weakdep chain_a soft opts\n")
    write(tree.lib / "modules.weakdep", "# Weak dependencies extracted from modules themselves.\nweakdep soft chain_b\n")
    console = boot(initrds=[pack(tree.folder)])
    assert console.ok("modprobe -c | grep weakdep") == "weakdep chain_a soft opts\nweakdep soft chain_b\n"
    assert console.ok("modprobe -D chain_a") == f"insmod /{LIB}/extra/chain-c.ko nothing=1 \n" + inserted("chain_b", "chain_a")
    console.close()


def test_command_line(boot, probe_tree):
    """Options and blacklists on the kernel's command line, as kmod reads them in /proc/cmdline."""
    console = boot(initrds=[probe_tree.archive], append="opts.level=7 modprobe.blacklist=opts,chain-a "
                   "opts.word=boot chain_c.x nonsense .y=1 opts.a.b=2")
    assert console.ok("modprobe -D chain_c") == f"insmod /{LIB}/extra/chain-c.ko nothing=1 x \n"
    assert console.ok("modprobe -i -D opts").endswith(
        '/opts.ko level=1  word="two words" level=7 word=boot \n')
    assert console.ok("modprobe -n -v tall") == ""
    assert console.ok("modprobe -n -v -b chain_a") == ""
    assert console.ok("modprobe -n -v probe-plain") == ""
    console.close()
