# SPDX-License-Identifier: MIT
"""Several modules: who uses whom, who may use what, who is told, and what a failure leaves."""

import pytest


@pytest.fixture(scope="module")
def files(own_modules):
    return [own_modules[name] for name in (
        "ok_exports", "ok_imports", "ok_plain", "ok_user", "ok_mixed", "ok_empty", "ok_bss",
        "ok_notifier", "ok_namespaces", "ok_namesake", "bad_init", "bad_refmodule", "prop_plain",
        "ok_params")]


@pytest.fixture(scope="module")
def console(boot, files):
    return boot(modules=files)


@pytest.fixture(autouse=True)
def nothing_is_left(console):
    """Whatever a test did: no module, no memory, no symbol of it is left."""
    before = console.counts()
    yield
    assert console.counts() == before


def used_by(console):
    """{module: (users, [their names])} as lsmod tells it."""
    table = {}
    for line in console.ok("lsmod").splitlines()[1:]:
        name, _, count, *users = line.split()
        table[name] = int(count), users[0].split(",") if users else []
    return table


def test_users_are_counted_and_named(console):
    console.ok("insmod ok_exports.ko; insmod ok_imports.ko; insmod ok_plain.ko; insmod ok_user.ko")
    assert used_by(console) == {"ok_user": (0, []), "ok_imports": (0, []),
                                "ok_plain": (1, ["ok_user"]),
                                "ok_exports": (2, ["ok_imports", "ok_plain"])}
    rows = {row.split()[0]: row.split()[1:] for row in
            console.ok("cat /proc/modules").splitlines()}
    # Each user with a comma behind it, newest first (lsmod sorts them); "-" where there is none.
    assert [rows["ok_exports"][i] for i in (1, 2)] == ["2", "ok_plain,ok_imports,"]
    assert [rows["ok_user"][i] for i in (1, 2)] == ["0", "-"]
    for name, users in (("ok_exports", "ok_imports ok_plain"), ("ok_plain", "ok_user")):
        result = console.run(f"rmmod {name}")
        assert result.status == 1
        assert result.output == f"rmmod: ERROR: Module {name} is in use by: {users}\n"
    console.ok("rmmod ok_user")
    assert used_by(console)["ok_plain"] == (0, [])
    console.ok("rmmod ok_plain; rmmod ok_imports")
    assert used_by(console) == {"ok_exports": (0, [])}
    console.ok("rmmod ok_exports")


def test_newest_is_listed_first(console):
    console.ok("insmod ok_empty.ko; insmod ok_bss.ko; insmod ok_exports.ko")
    names = [line.split()[0] for line in console.ok("lsmod").splitlines()]
    assert names == ["Module", "ok_exports", "ok_bss", "ok_empty"]
    assert [line.split()[0] for line in console.ok("cat /proc/modules").splitlines()] == names[1:]
    console.ok("rmmod ok_empty ok_bss ok_exports")


def test_rmmod_of_several_goes_on_after_a_refusal(console):
    console.ok("insmod ok_exports.ko; insmod ok_plain.ko; insmod ok_empty.ko")
    result = console.run("rmmod ok_exports ok_empty nosuch ok_plain")
    assert result.status == 1
    assert result.lines == ["rmmod: ERROR: Module ok_exports is in use by: ok_plain",
                            "rmmod: ERROR: Module nosuch is not currently loaded"]
    assert used_by(console) == {"ok_exports": (0, [])}
    console.ok("rmmod ok_exports")


@pytest.mark.parametrize("spelling", ["ok_empty", "ok-empty", "ok_empty.ko", "./ok_empty.ko"])
def test_a_module_has_one_name(console, spelling):
    """By whatever name it is called, it is the same module (kmod's rules)."""
    console.ok("insmod ./ok_empty.ko")
    again = console.run("insmod /root/ok_empty.ko")
    assert again.status == 1
    assert again.output.endswith("/root/ok_empty.ko: File exists\n")
    assert again.log == []
    console.ok(f"rmmod {spelling}")


def test_duplicate_export_is_refused_and_changes_nothing(console):
    console.ok("insmod ok_exports.ko")
    before = console.ok("cat /proc/kallsyms | sort")
    result = console.run("insmod bad_refmodule.ko")
    assert result.status == 1
    assert len(result.log) == 1
    assert result.log[0].startswith("bad_export: exports duplicate symbol test_")
    assert result.log[0].endswith("(owned by ok_exports)")
    assert console.ok("cat /proc/kallsyms | sort") == before
    assert console.run("insmod ok_imports.ko").log == ["ok_imports: 1 2 3 4"]
    console.ok("rmmod ok_imports ok_exports")


def test_failed_init_leaves_nothing(console):
    """Its exports cannot be found, its name is free, its symbols are gone."""
    result = console.run("insmod bad_init.ko text=something")
    assert result.status == 1 and result.log == ["bad_init: returning -19"]
    assert console.run("lsmod | grep bad_init").status == 1
    assert console.run("grep bad_init /proc/kallsyms").status == 1
    assert console.run("rmmod bad_init").output == \
        "rmmod: ERROR: Module bad_init is not currently loaded\n"
    # Once more: a name or an export that was left would be refused now in other words.
    assert console.run("insmod bad_init.ko").output == result.output.replace(" text=something", "")


def test_refused_user_holds_no_provider(console):
    console.ok("insmod ok_exports.ko; insmod prop_plain.ko")
    result = console.run("insmod ok_mixed.ko")
    assert result.status == 1
    assert used_by(console) == {"ok_plain": (0, []), "ok_exports": (1, ["ok_plain"])}
    console.ok("rmmod ok_plain ok_exports")


def test_notifiers_hear_and_veto(console):
    console.ok("insmod ok_notifier.ko veto=ok_empty")
    assert console.run("insmod ok_bss.ko").log == [
        "ok_notifier: ok_bss is coming", "ok_bss: zero", "ok_notifier: ok_bss is live"]
    assert console.run("rmmod ok_bss").log == [
        "ok_notifier: the first heard that ok_bss is going", "ok_notifier: ok_bss is going"]
    result = console.run("insmod ok_empty.ko")
    assert result.status == 1
    assert result.output == ("insmod: ERROR: could not insert module ok_empty.ko: "
                             "Operation not permitted\n")
    # Who heard of its coming before the veto hears of its going; who vetoed does not.
    assert result.log == ["ok_notifier: ok_empty is coming",
                          "ok_notifier: the first heard that ok_empty is going"]
    # A failing init is a going, too, for all.
    assert console.run("insmod bad_init.ko").log == [
        "ok_notifier: bad_init is coming", "bad_init: returning -19",
        "ok_notifier: the first heard that bad_init is going", "ok_notifier: bad_init is going"]
    console.ok("rmmod ok_notifier")
    assert console.run("insmod ok_empty.ko; rmmod ok_empty").log == []


@pytest.mark.parametrize("arguments, output, log", [
    ("num=5 flag=1 who=koan arr=1,2,3", "",
     "num=5 big=0 flag=1 who=koan arr=1,2,3,0 narr=3 buffer=none un_der=0"),
    ("num=0x1f", "", "num=31 big=0 flag=0 who=world arr=0,0,0,0 narr=0 buffer=none un_der=0"),
    ("flag", "", "num=1 big=0 flag=1 who=world arr=0,0,0,0 narr=0 buffer=none un_der=0"),
    ("flag=n un-der=7", "", "num=1 big=0 flag=0 who=world arr=0,0,0,0 narr=0 buffer=none un_der=7"),
    ("'who=\"two words\"'", "",
     "num=1 big=0 flag=0 who=two words arr=0,0,0,0 narr=0 buffer=none un_der=0"),
    ("big=18446744073709551615", "",
     "num=1 big=18446744073709551615 flag=0 who=world arr=0,0,0,0 narr=0 buffer=none un_der=0"),
])
def test_parameters(console, arguments, output, log):
    result = console.run(f"insmod ok_params.ko {arguments}")
    assert (result.output, result.log) == (output, [f"ok_params: {log}"])
    console.ok("rmmod ok_params")


@pytest.mark.parametrize("arguments, sentence, log", [
    ("num=abc", "Invalid parameters", ["ok_params: `abc' invalid for parameter `num'"]),
    ("num=99999999999", "Numerical result out of range",
     ["ok_params: `99999999999' invalid for parameter `num'"]),
    ("num=", "Invalid parameters", ["ok_params: `' invalid for parameter `num'"]),
    ("num", "Invalid parameters", ["ok_params: `' invalid for parameter `num'"]),
    ("un-der=256", "Numerical result out of range",
     ["ok_params: `256' invalid for parameter `un-der'"]),
    ("flag=maybe", "Invalid parameters", ["ok_params: `maybe' invalid for parameter `flag'"]),
    ("arr=1,2,3,4,5", "Invalid parameters",
     ["arr: can only take 4 arguments", "ok_params: `1' invalid for parameter `arr'"]),
    ("buffer=12345678", "No space left on device",
     ["buffer: string doesn't fit in 7 chars.",
      "ok_params: `12345678' too large for parameter `buffer'"]),
])
def test_wrong_parameters(console, arguments, sentence, log):
    """Facts of Linux 6.1; a module with a wrong one is not loaded."""
    result = console.run(f"insmod ok_params.ko {arguments}")
    assert result.output == f"insmod: ERROR: could not insert module ok_params.ko: {sentence}\n"
    assert (result.status, result.log) == (1, log)


def test_unknown_parameters_are_told_and_ignored(console):
    result = console.run("insmod ok_params.ko bogus=1 num=2 -- num=3")
    assert (result.output, result.status) == ("", 0)
    assert result.log[0] == "ok_params: unknown parameter 'bogus' ignored"
    assert result.log[1] == "ok_params: parameters 'num=3' after `--' ignored"
    assert result.log[2].startswith("ok_params: num=2 ")
    console.ok("rmmod ok_params")
