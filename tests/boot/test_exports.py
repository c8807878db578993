# SPDX-License-Identifier: MIT
"""Which module may use which export: by licence, by namespace, by name. The loader decides, so the
users here are built without knowing who exports what: modpost would not let most of them through.
"""

import pytest

import harness
from conftest import rewrite

NEEDS = """#include <linux/module.h>
extern char {symbol}[];
char *needed;
int init_module(void) {{ needed = {symbol}; return 0; }}
void cleanup_module(void) {{ }}
MODULE_LICENSE("{licence}");
MODULE_DESCRIPTION("Needs {symbol}");
{more}
"""

# name: what it needs, its licence, what else it says
USERS = {
    "stranger_word": ("test_ns_word", "GPL", ""),
    "stranger_string": ("test_ns_string", "GPL", "MODULE_IMPORT_NS(KOAN_WORD);"),
    "stranger_default": ("test_ns_default", "GPL", ""),
    "stranger_listed": ("test_ns_listed", "GPL", ""),
    "importer": ("test_ns_listed", "GPL", 'MODULE_IMPORT_NS("modulX:nobody,ok-name*");'),
    "ok_name_too": ("test_ns_listed", "GPL", ""),
    "ok_name_closed": ("test_ns_listed", "Proprietary", ""),
    "closed_word": ("test_ns_word", "Proprietary", "MODULE_IMPORT_NS(KOAN_WORD);"),
    "closed_string": ("test_ns_string", "Proprietary", "MODULE_IMPORT_NS(KOAN_STRING);"),
    "closed_future": ("test_gpl_future", "Proprietary", ""),
    "idle": ("test_unused", "GPL", ""),
    "idle_gpl": ("test_unused_gpl", "GPL", ""),
    "closed_idle": ("test_unused", "Proprietary", ""),
    "closed_idle_gpl": ("test_unused_gpl", "Proprietary", ""),
    "closed_gpl": ("test_gpl", "Proprietary", ""),
}

# modpost did not know the symbol, so the module cannot say what it was built against.
NO_VERSION = "{0}: no symbol version for {1}"
NOT_IMPORTED = "{0}: module uses symbol ({1}) from namespace {2}, but does not import it."


@pytest.fixture(scope="module")
def users(tmp_path_factory):
    """{name: path} of the modules of USERS."""
    folder = tmp_path_factory.mktemp("users")
    for name, (symbol, licence, more) in USERS.items():
        (folder / f"{name}.c").write_text(NEEDS.format(symbol=symbol, licence=licence, more=more))
    (folder / "Kbuild").write_text("obj-m := " + " ".join(f"{name}.o" for name in USERS) + "\n")
    harness.build_modules(folder, "KBUILD_MODPOST_WARN=1")
    rewrite(folder / "importer.ko", folder / "changed", b"import_ns=modulX:", b"import_ns=module:")
    (folder / "changed").rename(folder / "importer.ko")
    return {name: folder / f"{name}.ko" for name in USERS}


@pytest.fixture(scope="module")
def console(boot, users, own_modules):
    providers = [own_modules[name] for name in ("ok_exports", "ok_namespaces", "ok_namesake")]
    machine = boot(modules=[*users.values(), *providers])
    machine.ok("insmod ok_exports.ko")
    machine.ok("insmod ok_namespaces.ko")
    machine.run(f"insmod {list(USERS)[0]}.ko")  # the one whose taint is told
    machine.run("insmod closed_gpl.ko")
    return machine


def test_all_ways_to_import(console):
    result = console.run("insmod ok_namesake.ko")
    assert (result.status, result.output, result.log) == (0, "", ["ok_namesake: 1 2 3 4"])
    assert console.ok("rmmod ok_namesake") == ""


@pytest.mark.parametrize("name, namespace", [
    ("stranger_word", "KOAN_WORD"), ("stranger_string", "KOAN_STRING"), ("stranger_default", "KOAN_DEFAULT"),
    ("stranger_listed", "module:nobody,ok-name*"), ("importer", "module:nobody,ok-name*"),
])
def test_not_imported(console, name, namespace):
    before = console.counts()
    symbol = USERS[name][0]
    result = console.run(f"insmod {name}.ko")
    assert result.status == 1
    assert result.lines[0] == f"insmod: ERROR: could not insert module {name}.ko: Invalid parameters"
    assert result.log[:3] == [NO_VERSION.format(name, symbol),
                              NOT_IMPORTED.format(name, symbol, namespace),
                              f"{name}: Unknown symbol {symbol} (err -22)"]
    owner = f"{name}: {symbol}, in ok_namespaces, is "
    assert result.log[3:] == [owner + (f"only for the modules {namespace[7:]}" if ":" in namespace
                                       else f'for modules that say MODULE_IMPORT_NS("{namespace}")')]
    assert console.counts() == before


def test_named_in_the_list(console):
    """`-` and `_` are the same, and `*` stands for any rest."""
    assert console.run("insmod ok_name_too.ko").status == 0
    assert "ok_namespaces" in console.ok("lsmod")
    assert console.ok("rmmod ok_name_too") == ""


@pytest.mark.parametrize("name", ["ok_name_closed", "closed_string", "closed_gpl",
                                  "closed_idle_gpl"])
def test_gpl_only(console, name):
    symbol = USERS[name][0]
    result = console.run(f"insmod {name}.ko")
    assert result.status == 1
    assert result.lines[0] == f"insmod: ERROR: could not insert module {name}.ko: Unknown symbol in module"
    assert result.log[0] == f"{name}: Unknown symbol {symbol} (err -2)"


def test_a_namespace_that_is_for_any_licence(console):
    assert console.run("insmod closed_word.ko").status == 0
    assert console.ok("rmmod closed_word") == ""


def test_gpl_only_some_day(console):
    result = console.run("insmod closed_future.ko")
    assert result.status == 0 and result.output == ""
    assert result.log == ["Symbol test_gpl_future is being used by a non-GPL module, "
                          "which will not be allowed in the future",
                          NO_VERSION.format("closed_future", "test_gpl_future")]
    assert console.ok("rmmod closed_future") == ""


@pytest.mark.parametrize("name", ["idle", "idle_gpl", "closed_idle"])
def test_what_nobody_was_known_to_use(console, name):
    """The words of Linux before 5.12."""
    symbol = USERS[name][0]
    result = console.run(f"insmod {name}.ko")
    assert result.status == 0 and result.output == ""
    assert result.log[:3] == [
        f"Symbol {symbol} is marked as UNUSED, however this module is using it.",
        "This symbol will go away in the future.",
        "Please evaluate if this is the right api to use and if it really is, submit a report to "
        "the linux kernel mailing list together with submitting your code for inclusion."]
    assert console.ok(f"rmmod {name}") == ""


def test_everyone_sees_who_is_exported_to_all(console):
    """A capital letter: EXPORT_SYMBOL, in a namespace or not."""
    rows = console.ok("grep test_ns_ /proc/kallsyms").splitlines()
    letters = {row.split()[2]: row.split()[1] for row in rows if "__" not in row}
    assert letters == {"test_ns_word": "D", "test_ns_default": "D", "test_ns_string": "t", "test_ns_listed": "t"}
