# SPDX-License-Identifier: MIT
"""Fixtures of the boot tests. Machines are shared by the tests of a file: see README.md."""

import functools
import os

import pytest

import harness
from probe_tree import Tree

HERE = os.path.dirname(os.path.realpath(__file__))


@pytest.fixture(scope="module")
def boot():
    """boot(**options) gives a Console; all of a file's machines end with its last test."""
    consoles = []

    def start(**options):
        console = harness.Console(**options)
        consoles.append(console)
        return console

    yield start
    for console in consoles:
        console.close()


@pytest.fixture
def start():
    """start(**options) gives a machine for this test only."""
    machines = []

    def new(**options):
        machines.append(harness.Console(**options))
        return machines[-1]

    yield new
    for machine in machines:
        machine.close()


@pytest.fixture(scope="module")
def plain(boot):
    """A machine as `make run` starts it, drivers and all."""
    return boot(drivers=True)


@pytest.fixture(scope="module")
def bare(boot):
    """A machine without any module."""
    return boot()


@pytest.fixture(scope="session")
def own_modules():
    """{name: path} of the modules that `make boot-test` built: examples and tests."""
    found = {}
    for folder, _, names in os.walk(os.path.join(harness.BUILD, "modules")):
        for name in names:
            if name.endswith(".ko"):
                found[name[:-3]] = os.path.join(folder, name)
    assert found, "no modules in build/modules: run `make boot-test`"
    return found


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """built(NAME) gives a folder where modules/NAME is built; only the first call builds it.

    Nothing may be changed there: all tests of this process share it.
    """
    @functools.lru_cache(maxsize=None)
    def build(name):
        tree = tmp_path_factory.mktemp(name) / name
        harness.copy_sources(os.path.join(HERE, "modules", name), tree)
        harness.build_modules(tree)
        return tree

    return build


@pytest.fixture(scope="session")
def exhaust(built):
    """The module that takes all memory and gives it back."""
    return str(built("exhaust") / "exhaust.ko")


@pytest.fixture(scope="session")
def probe_tree(built, tmp_path_factory):
    """The tree that modprobe is tried on, packed."""
    tree = Tree(tmp_path_factory.mktemp("tree") / "tree", built("probe"))
    tree.finish()
    return tree


@pytest.fixture(scope="session")
def life(built, tmp_path_factory):
    """{name: path} of modules/life, and stranger.ko: keeper, as if built with other options."""
    stranger = tmp_path_factory.mktemp("stranger") / "stranger.ko"
    rewrite(built("life") / "keeper.ko", stranger, b" mod_unload ", b" mod_onload ")
    return {path.stem: str(path) for path in [*built("life").glob("*.ko"), stranger]}


@pytest.fixture(scope="session")
def system_map():
    """{name: address} of the kernel's symbols; nm's, so that hidden ones are there as well."""
    done = harness.run(["nm", f"{harness.BUILD}/koan.elf"])
    rows = (line.split() for line in done.stdout.splitlines())
    return {row[2]: int(row[0], 16) for row in rows if len(row) == 3}


@pytest.fixture(scope="session")
def tutorial(tmp_path_factory):
    """{file name: path}: the modules of modules/, as the session in sessions/ wants them."""
    return build_tutorial(tmp_path_factory.mktemp("tutorial"))


def build_tutorial(folder, *args):
    """Builds lender in three ways and borrower in two."""
    source = os.path.join(HERE, "modules")
    built = {}

    def keep(path, name):
        target = folder / name
        os.replace(path, target)
        built[name] = str(target)

    for variant, flags in (("-noexport", "-DEXPORT_NOTHING"), ("-gpl", "-DEXPORT_GPL"), ("", "")):
        tree = folder / ("lender-tree" + variant)
        harness.copy_sources(os.path.join(source, "lender"), tree)
        harness.build_modules(tree, f"LENDER_FLAGS={flags}", *args)
        keep(tree / "lender.ko", f"lender{variant}.ko")
    tree = folder / "borrower-tree"
    harness.copy_sources(os.path.join(source, "borrower"), tree)
    # What the last lender built says it exports.
    harness.build_modules(tree, f"KBUILD_EXTRA_SYMBOLS={folder}/lender-tree/Module.symvers", *args)
    keep(tree / "borrower.ko", "borrower.ko")
    rewrite(built["borrower.ko"], folder / "borrower-nolicense.ko", b"license=GPL", b"licence=GPL")
    built["borrower-nolicense.ko"] = str(folder / "borrower-nolicense.ko")
    return built


@pytest.fixture(scope="session")
def errors(tmp_path_factory):
    """{file name: path}: the modules of modules/errors/, as the session in sessions/ wants them."""
    return build_errors(tmp_path_factory.mktemp("errors"))


# What modpost would not let through: which module, which bytes in it, what to put there.
FORGED = {
    "nogpl": (b"license=GPL", b"license=BSD"),
    "nons": (b"import_ns=KOAN_TEST", b"imported_=KOAN_TEST"),
    "badmagic": (b" mod_unload ", b" mod_onload "),
}


def build_errors(folder):
    """Each folder of modules/errors/ with prov's exports known, but not by its duplicate."""
    source = os.path.join(HERE, "modules", "errors")
    symbols = f"KBUILD_EXTRA_SYMBOLS={folder}/prov/Module.symvers"
    built = {}
    for name, args in (("prov", []), ("users", [symbols]), ("dup", []), ("alone", [])):
        harness.copy_sources(os.path.join(source, name), folder / name)
        harness.build_modules(folder / name, *args)
        for file in os.listdir(folder / name):
            if file.endswith(".ko"):
                built[file] = str(folder / name / file)
    harness.copy_sources(os.path.join(source, "prov"), folder / "new")
    harness.build_modules(folder / "new", "PROV_FLAGS=-DPROV_NEW")
    os.replace(folder / "new" / "prov.ko", folder / "new" / "provnew.ko")
    built["provnew.ko"] = str(folder / "new" / "provnew.ko")
    for name, (old, new) in FORGED.items():
        rewrite(built[name + ".ko"], folder / (name + ".ko"), old, new)
        built[name + ".ko"] = str(folder / (name + ".ko"))
    return built


def rewrite(source, target, old, new):
    """Copies a file with some bytes changed: modpost lets no wrong module through."""
    assert len(old) == len(new)
    with open(source, "rb") as file:
        data = file.read()
    assert data.count(old) == 1, f"{source} has {old!r} {data.count(old)} times"
    with open(target, "wb") as file:
        file.write(data.replace(old, new))
