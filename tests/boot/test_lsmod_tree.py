# SPDX-License-Identifier: MIT
"""lsmod -t: the tree of who uses whom, against what /proc/modules says of each."""

import itertools

import pytest

import harness

# A module and those it uses: a diamond with a handle, a chain, and one that stands alone.
USES = {"base": [], "left": ["base"], "right": ["base"], "top": ["left", "right"], "roof": ["top"],
        "alone": [], "both": ["roof", "base"]}


@pytest.fixture(scope="module")
def console(boot, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    for name, used in USES.items():
        (folder / f"t_{name}.c").write_text(
            "#include <linux/module.h>\n"
            + "".join(f"int t_{other}_number(void);\n" for other in used)
            + f"int t_{name}_number(void);\nint t_{name}_number(void)\n{{\n\treturn 1"
            + "".join(f" + t_{other}_number()" for other in used)
            + f";\n}}\nEXPORT_SYMBOL(t_{name}_number);\n"
            + "static int start(void)\n{\n\treturn 0;\n}\nmodule_init(start);\n"
            + "static void stop(void)\n{\n}\nmodule_exit(stop);\nMODULE_LICENSE(\"GPL\");\n"
            + "MODULE_DESCRIPTION(\"One of a tree\");\n")
    (folder / "Kbuild").write_text("obj-m := " + " ".join(f"t_{name}.o" for name in USES) + "\n")
    harness.build_modules(folder)
    return boot(modules=[folder / f"t_{name}.ko" for name in USES])


def users(console):
    """{module: [its users]}, newest module first."""
    found = {}
    for line in console.ok("cat /proc/modules").splitlines():
        name, _, _, names, *_ = line.split()
        found[name] = [] if names == "-" else names.strip(",").split(",")
    return found


def tree(found):
    """The lines that lsmod -t should print, made in the plainest way."""
    lines, seen = [], set()

    def below(name, prefix):
        for last, user in zip(itertools.chain([False] * (len(found[name]) - 1), [True]),
                              sorted(found[name])):
            lines.append(prefix + ("`-- " if last else "|-- ") + user
                         + (" (*)" if user in seen else ""))
            if user not in seen:
                seen.add(user)
                below(user, prefix + ("    " if last else "|   "))

    for name in found:
        if not any(name in names for names in found.values()):
            lines.append(name)
            below(name, "")
    return lines


def test_no_modules_no_lines(console):
    assert console.ok("lsmod -t") == ""


def test_tree_of_all_uses(console):
    for name in USES:
        console.ok(f"insmod t_{name}.ko")
    lines = console.ok("lsmod -t").splitlines()
    assert lines == tree(users(console))
    assert lines == [
        "t_alone", "t_base", "|-- t_both", "|-- t_left", "|   `-- t_top", "|       `-- t_roof",
        "|           `-- t_both (*)", "`-- t_right", "    `-- t_top (*)"]


def test_order_of_removal_and_memory(console):
    """What stands below must go first; asking takes nothing for good."""
    before = console.counts()
    assert console.run("rmmod t_base").status == 1
    for _ in range(3):
        console.ok("lsmod -t > /dev/null")
    assert console.counts() == before
    for name in ("both", "roof", "top"):
        console.ok(f"rmmod t_{name}")
    assert console.ok("lsmod -t").splitlines() == ["t_alone", "t_base", "|-- t_left", "`-- t_right"]
    console.ok("rmmod t_left t_right t_base t_alone")
    assert console.ok("lsmod -t") == ""


def test_drivers_stand_alone(plain):
    assert plain.ok("lsmod -t").splitlines() == tree(users(plain))


@pytest.mark.parametrize("words", ["-x", "t_base", "-t x", "-tx"])
def test_usage(console, words):
    result = console.run(f"lsmod {words}")
    assert (result.status, result.lines[-1]) == (1, "Usage: lsmod [-t]")
