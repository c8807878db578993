# SPDX-License-Identifier: MIT
"""insmod -v and -n: watching a load, or only trying it, changes nothing.

That is compared for every module of modules/tests, the refused ones above all. What is told is judged in
test_story.py.
"""

import re

import pytest

import harness
from conftest import rewrite
from story import Story
from test_modules import BY_FILE, CASES, SAID_ONCE, by_name


@pytest.fixture(scope="module")
def files(own_modules):
    paths = {case.file: own_modules[case.file] for case in CASES}
    paths.update({name: own_modules[name] for name in ("greeter", "visitor", "params")})
    return paths


@pytest.fixture(scope="module")
def console(boot, files):
    return boot(modules=list(files.values()))


# --- with every module ---

def state(console):
    """All that a load might leave."""
    text = console.ok("cat /proc/meminfo /proc/sys/kernel/tainted /proc/modules; "
                      "cat /proc/kallsyms | wc -l; cat /sys/kernel/debug/modules/stats")
    counters, _, stats = text.partition("Mods ever loaded")
    lines = [line for line in counters.splitlines() if not line.endswith("kB")]
    assert any(line.startswith("HeapObjects:") for line in lines)
    return {"counters": lines, "stats": stats}


def log_of(console):
    """As much of it as shows that nothing was added."""
    return console.ok("dmesg | wc; dmesg | tail -n 1")


def snapshot(console, name):
    """Where everything of a module is."""
    return console.ok("cat /proc/modules"), console.run(f"grep '.{name}.$' /proc/kallsyms").output


def without_once(log):
    return [line for line in log if not (line.endswith(SAID_ONCE) or line.startswith(SAID_ONCE))]


def undo(console, case, result):
    """After what `result` says of a load; nobody's business how a module goes."""
    if result.status == 0:
        console.ok(f"rmmod -f {case.name}")


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_watching_changes_nothing(case, console):
    """Without, with -v, and only trying: the same end, the same words, the same addresses."""
    if case.permanent:
        pytest.skip("comes once and stays")
    for module in case.after:
        console.ok(f"insmod {module}.ko")
    command = f"{case.file}.ko{case.args}"
    undo(console, case, console.run(f"insmod {command}"))  # what is said only once is said
    before = state(console)

    plain = console.run(f"insmod {command}")
    plain_at = snapshot(console, case.name)
    undo(console, case, plain)
    after_plain = state(console)

    told = console.run(f"insmod -v {command}")
    assert snapshot(console, case.name) == plain_at
    undo(console, case, told)
    after_told = state(console)
    for counted in (before, after_plain, after_told):
        counted.pop("stats")
    assert after_plain == after_told == before

    assert told.status == plain.status
    assert told.log == plain.log
    assert told.output.endswith(plain.output)
    story = Story(told.output.removesuffix(plain.output))
    if plain.status:
        assert re.match(r"refused: err -\d+, |init is over: -\d+$", story.rows[-1]["text"])
    else:
        assert story.steps[-1] == "live"
    try_it(console, case, plain, story)
    for module in reversed(case.after):
        console.ok(f"rmmod {BY_FILE[module].name}")


def try_it(console, case, plain, story):
    """insmod -n: as far as init, its words are those of a load; nothing is left, not even a word."""
    before, log = state(console), log_of(console)
    tried = console.run(f"insmod -n {case.file}.ko{case.args}")
    assert log_of(console) == log
    assert state(console) == before
    reached_init = "init" in story.steps
    vetoed = story.steps[-1] == "coming"
    if reached_init or vetoed:
        assert tried.status == 0, tried
        last = [line for line in tried.lines if not line.startswith("    log ")][-1]
        assert re.match(r" 11 init +(init at 0x[0-9a-f]+ would be called|there is no init)", last)
    else:
        assert (tried.status, tried.log) == (plain.status, plain.log)
        assert tried.output.endswith(plain.output)
        tried = console.run(f"insmod -nv {case.file}.ko{case.args}")
        ended = Story(tried.output.removesuffix(plain.output))
        assert ended.rows[-1].group() == story.rows[-1].group()


# --- only trying ---

@pytest.fixture(scope="module")
def fresh(boot, tutorial, errors, own_modules, tmp_path_factory):
    """A machine that nothing has tainted yet."""
    closed = str(tmp_path_factory.mktemp("closed") / "closed.ko")
    rewrite(own_modules["ok_bss"], closed, b"license=GPL", b"license=BSD")
    return boot(modules=list(tutorial.values()) + list(errors.values())
                + [closed, own_modules["ok_params"]])


def test_a_try_taints_nothing_and_says_what_would(fresh):
    before, log = state(fresh), log_of(fresh)
    assert fresh.ok("cat /proc/sys/kernel/tainted") == "0\n"
    tried = fresh.run("insmod -n closed.ko")
    assert tried.status == 0
    assert "would say: ok_bss: module license 'BSD' taints kernel." in tried.output
    assert (state(fresh), log_of(fresh)) == (before, log)
    tried = fresh.run("insmod -nv lender.ko")
    assert "O: it is not of the kernel's own tree: would taint the kernel" in tried.output
    assert "would say: lender: loading out-of-tree module taints kernel." in tried.output
    assert (state(fresh), log_of(fresh)) == (before, log)


@pytest.mark.parametrize("name, after", [
    ("borrower", []), ("nogpl", ["prov"]), ("nons", ["prov"]), ("badmagic", []),
    ("dup", ["prov"]), ("borrower-nolicense", ["lender-gpl"])])
def test_refusals_of_linkings(name, after, fresh, errors, tutorial):
    """Missing symbols, licences, namespaces, exports that are taken: tried before they are loaded."""
    if f"{name}.ko" not in {**errors, **tutorial}:
        pytest.fail(f"there is no {name}.ko")
    for module in after:
        fresh.ok(f"insmod {module}.ko")
    before, log = state(fresh), log_of(fresh)
    tried = fresh.run(f"insmod -n {name}.ko")
    assert tried.status == 1
    assert (state(fresh), log_of(fresh)) == (before, log)
    told = fresh.run(f"insmod -v {name}.ko")
    plain = fresh.run(f"insmod {name}.ko")
    assert plain.status == told.status == 1
    assert told.output.endswith(plain.output) and tried.output == plain.output
    assert without_once(told.log) == without_once(plain.log)
    assert without_once(tried.log) == without_once(plain.log)
    assert ": refused" in told.output or "refused: err" in told.output
    for module in reversed(after):
        fresh.ok(f"rmmod {module.split('-')[0]}")


def test_a_name_that_is_taken(fresh):
    fresh.ok("insmod lender.ko")
    before = state(fresh)
    tried = fresh.run("insmod -n lender.ko")
    assert (tried.status, tried.output) == (
        1, "insmod: ERROR: could not insert module lender.ko: File exists\n")
    assert state(fresh) == before
    told = fresh.run("insmod -v lender.ko")
    assert "lender: a module of that name is there" in told.output
    assert told.lines[-2].split() == "name refused: err -17, File exists".split()
    fresh.ok("rmmod lender")


def test_providers_are_not_held_by_a_try(fresh):
    fresh.ok("insmod lender.ko")
    fresh.ok("insmod -n borrower.ko")
    assert fresh.ok("lsmod | grep lender").split()[2] == "0"
    fresh.ok("rmmod lender")


def test_parameters_are_tried(fresh, own_modules):
    """A wrong value is refused in a try as in a load; a right one would be set."""
    rows = dict(line.split(":")[:2] for line in
                harness.run(["modinfo", "-F", "parmtype", own_modules["ok_params"]])
                .stdout.splitlines())
    numbers = [name for name, kind in rows.items() if kind in ("int", "uint", "ulong")]
    assert numbers, rows
    name = numbers[0]
    before, log = state(fresh), log_of(fresh)
    assert f" 10 params     {name}='3' would be set\n" in fresh.ok(f"insmod -n ok_params.ko {name}=3")
    wrong = fresh.run(f"insmod -n ok_params.ko {name}=x")
    assert (state(fresh), log_of(fresh)) == (before, log)
    loaded = fresh.run(f"insmod ok_params.ko {name}=x")
    assert wrong.status == loaded.status == 1
    assert wrong.log == [line for line in loaded.log if "taints kernel" not in line]
    assert f"{name}='x' would be refused" in wrong.output


def test_a_try_says_nothing_for_the_first_time(fresh):
    """What is said only once is said to the first who loads."""
    once = "dyndbg param is supported only in CONFIG_DYNAMIC_DEBUG builds"
    assert f"would say: {once}" in fresh.ok("insmod -n lender.ko dyndbg=+p")
    assert once in fresh.run("insmod lender.ko dyndbg=+p").log
    fresh.ok("rmmod lender")


def test_forcing_is_tried(fresh):
    before, log = state(fresh), log_of(fresh)
    tried = fresh.run("insmod -nf badmagic.ko")
    assert tried.status == 0
    assert tried.output.count("kernel tainted.") == 1
    assert (state(fresh), log_of(fresh)) == (before, log)


def test_init_that_crashes_while_it_is_watched(boot, own_modules):
    console = boot(modules=[own_modules["crash"]])
    killed = console.run("insmod -v crash.ko what=read")
    assert killed.status == 137
    assert re.search(r"^ 11 init +init at 0x[0-9a-f]+ is called: crash_init\+0x0/", killed.output,
                     re.MULTILINE)
    assert "init is over:" not in killed.output


def test_when_no_module_may_come_any_more(boot, own_modules):
    console = boot(modules=[own_modules["ok_params"]], append="nomodule")
    plain = console.run("insmod ok_params.ko")
    told, tried = console.run("insmod -v ok_params.ko"), console.run("insmod -n ok_params.ko")
    assert plain.status == told.status == tried.status == 1
    assert told.output == "    policy     refused: err -1, Operation not permitted\n" + plain.output
    assert (tried.output, tried.log) == (plain.output, plain.log)


def test_a_pipe_that_is_not_read_to_its_end(fresh):
    """head takes three lines; the module is loaded all the same."""
    assert len(fresh.ok("insmod -vv lender.ko | head -n 3").splitlines()) == 3
    assert fresh.ok("lsmod | grep lender")
    assert len(fresh.ok("rmmod lender; insmod -v lender.ko | true; lsmod | grep lender")) > 0
    fresh.ok("rmmod lender; insmod -v lender.ko > story; rmmod lender")
    Story(fresh.ok("cat story"))
    fresh.ok("rm story")
