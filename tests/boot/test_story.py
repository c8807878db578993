# SPDX-License-Identifier: MIT
"""insmod -v and -n: what the loader tells of a load, with readelf, nm and arithmetic as the judges.

A story is a list of lines "PHASE STEP TEXT". Sections, symbols and relocations must be those that
readelf finds in the same file; addresses those of /sys/module and /proc/kallsyms; and each result what
the psABI's formula says. Watching, or only trying, must change nothing: that is compared for every module
of modules/tests, the refused ones above all.
"""

import collections
import re

import pytest

import harness
from conftest import rewrite
from test_modules import BY_FILE, CASES, SAID_ONCE, by_name

LINE = re.compile(r"^ *(?P<phase>\d*) +(?P<step>[a-z]+) +(?P<text>.*)$")
SECTION = re.compile(r"\[ *(\d+)\] (\S*) (\S+) (\S+) 0x([0-9a-f]+) bytes, align (\d+): (.*)$")
PLACED = re.compile(r"\[ *(\d+)\] (\S*) at 0x([0-9a-f]+): 0x([0-9a-f]+) bytes")
SYMBOL = re.compile(r"(\S+): S=0x([0-9a-f]+) in (\S+), for (.*) \(we are (\S+)\), "
                    r"namespace (.*), CRC (.*)$")
FIELD = re.compile(r"(\S+)\+0x([0-9a-f]+) (R_\S+) (\S+) S=0x([0-9a-f]+) A=(-?\d+) P=0x([0-9a-f]+) "
                   r"(S\+A|S\+A-P)=0x([0-9a-f]+)  ([0-9a-f ]*) -> ([0-9a-f ]*)$")
TAKES_MEMORY = "A"
FOR_LOADING_ONLY = {"__versions", "__version_ext_crcs", "__version_ext_names"}

# x86-64 psABI, table 4.9: (is P taken off?, bytes). Four-byte fields hold the low bytes.
FORMULAS = {"R_X86_64_NONE": (False, 0), "R_X86_64_64": (False, 8), "R_X86_64_PC32": (True, 4),
            "R_X86_64_PLT32": (True, 4), "R_X86_64_32": (False, 4), "R_X86_64_32S": (False, 4),
            "R_X86_64_PC64": (True, 8)}

MANY = 400
MANY_SOURCE = """
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#define FUNCTION(n) static noinline void f##n(void) { pr_info("%d\\n", n); }
FUNCTIONS
void (*many_table[])(void) = {TABLE};

static int __init many_init(void)
{
	many_table[0]();
	return 0;
}

static void __exit many_exit(void)
{
	many_table[MANY - 1]();
}

module_init(many_init);
module_exit(many_exit);
MODULE_LICENSE("GPL");
"""


# --- the two views of a file ---

class Elf:
    """What readelf says of a file."""

    def __init__(self, path):
        self.sections = [self._section(line) for line in self._lines("-SW", path)
                         if re.match(r"^ +\[ *\d+\]", line)]
        self.symbols = [line.split() for line in self._lines("-sW", path)
                        if re.match(r"^ *\d+: [0-9a-f]{16}", line)]
        self.relocations = list(self._relocations(path))

    @staticmethod
    def _lines(option, path):
        done = harness.run(["readelf", option, path])
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    @staticmethod
    def _section(line):
        """(name, type, flags, size, alignment): the columns stand where they stand."""
        index, rest = re.match(r"^ +\[ *(\d+)\] (.*)$", line).groups()
        if index == "0":
            return ("", "NULL", "", 0, 0)
        name, kind, _, _, size, _, *flags, _, _, align = rest.split()
        return (name, kind, flags[0] if flags else "", int(size, 16), int(align))

    def _relocations(self, path):
        """(section, offset, type, symbol's number, addend) of those that are in memory."""
        section = None
        for line in self._lines("-rW", path):
            head = re.match(r"^Relocation section '\.rela(.*)' at", line)
            row = re.match(r"^([0-9a-f]{16}) +([0-9a-f]{16}) (R_\S+)"
                           r"(?: .*? ([+-]))? +([0-9a-f]+)$", line)
            if head:
                section = head.group(1)
            elif row and self.is_loaded(section):
                addend = int(row.group(5), 16) * (-1 if row.group(4) == "-" else 1)
                yield (section, int(row.group(1), 16), row.group(3),
                       int(row.group(2), 16) >> 32, addend)

    def is_loaded(self, name):
        return any(row[0] == name and TAKES_MEMORY in row[2] and name not in FOR_LOADING_ONLY
                   for row in self.sections)

    def undefined(self):
        return {row[7] for row in self.symbols if row[6] == "UND" and len(row) > 7}


class Story:
    """What insmod -v says."""

    def __init__(self, text):
        self.rows = [LINE.match(line) for line in text.splitlines()]
        assert all(self.rows), text
        self.steps = [row["step"] for row in self.rows]

    def of(self, step):
        return [row["text"] for row in self.rows if row["step"] == step]

    def matches(self, step, pattern):
        return [found.groups() for found in map(pattern.match, self.of(step)) if found]


# --- machines and modules ---

@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A module with a few thousand relocations."""
    folder = tmp_path_factory.mktemp("many")
    source = MANY_SOURCE.replace("FUNCTIONS", "\n".join(f"FUNCTION({n})" for n in range(MANY)))
    source = source.replace("TABLE", ", ".join(f"f{n}" for n in range(MANY)))
    (folder / "many.c").write_text(source.replace("MANY", str(MANY)))
    (folder / "Kbuild").write_text("obj-m := many.o\n")
    harness.build_modules(folder)
    return str(folder / "many.ko")


@pytest.fixture(scope="module")
def files(own_modules, many):
    paths = {case.file: own_modules[case.file] for case in CASES}
    paths.update({name: own_modules[name] for name in ("greeter", "visitor", "params")})
    paths["many"] = many
    return paths


@pytest.fixture(scope="module")
def console(boot, files):
    return boot(modules=list(files.values()))


def sections_of(console, name):
    """{section: address} by /sys/module/NAME/sections."""
    folder = f"/sys/module/{name}/sections"
    names = [name for name in console.ok(f"ls -a {folder} | cat").split() if name.strip(".")]
    rows = console.ok(f"cd {folder}; grep 0x {' '.join(names)}; cd").splitlines()
    return {row.split(":")[0]: int(row.split(":")[1], 16) for row in rows}


def kallsyms(console, module):
    """{symbol: address}; of those that several have, the module's own."""
    rows = [row.split() for row in console.ok("cat /proc/kallsyms").splitlines()]
    rows.sort(key=lambda row: row[3:] == [f"[{module}]"])
    return {row[2]: int(row[0], 16) for row in rows}


# --- the story is true ---

WATCHED = [("greeter", []), ("visitor", ["greeter"]), ("ok_multi", []), ("many", []),
           ("ok_relocations", []), ("ok_weak", [])]


@pytest.fixture(scope="module", params=WATCHED, ids=[name for name, _ in WATCHED])
def watched(request, console, files):
    """(what readelf says, the story, the addresses of the kernel and of this module)."""
    name, providers = request.param
    for provider in providers:
        console.ok(f"insmod {provider}.ko")
    story = Story(console.ok(f"insmod -vv {name}.ko"))
    yield Elf(files[name]), story, kallsyms(console, name), name
    console.ok(f"rmmod {name} " + " ".join(providers))


def test_every_section_is_told(watched):
    elf, story, _, _ = watched
    told = story.matches("plan", SECTION)
    assert [int(row[0]) for row in told] == list(range(1, len(elf.sections)))
    assert [(row[1], row[2], row[3].replace("-", ""), int(row[4], 16), int(row[5]))
            for row in told] == elf.sections[1:]
    stays = {row[1]: row[6] for row in told}
    for section in elf.sections[1:]:
        kept = elf.is_loaded(section[0])
        assert (" + 0x" in stays[section[0]]) == kept, section


def test_sections_are_where_the_story_says(watched, console):
    elf, story, _, name = watched
    placed = {row[1]: (int(row[2], 16), int(row[3], 16))
              for row in story.matches("place", PLACED)}
    assert set(placed) == {row[0] for row in elf.sections if elf.is_loaded(row[0])}
    shown = sections_of(console, name)
    assert shown
    assert {section: placed[section][0] for section in shown} == shown
    for section, (address, _) in placed.items():
        align = max(1, next(row[4] for row in elf.sections if row[0] == section))
        assert address % align == 0


def test_every_undefined_symbol_is_resolved_in_public(watched, system_map, console):
    elf, story, addresses, _ = watched
    told = {row[0]: row for row in story.matches("resolve", SYMBOL)}
    weak = {text.split(":")[0] for text in story.of("resolve") if ", weak: " in text}
    assert set(told) | weak == elf.undefined()
    for name, row in told.items():
        assert int(row[1], 16) == addresses[name] == \
            (system_map[name] if row[2] == "kernel" else addresses[name])
        # Found in the last place that was searched, and in none before.
        search = next(text for text in story.of("resolve")
                      if text.startswith(f"{name}: searched "))
        assert search.endswith(": found")
        assert search.split("searched ")[1].startswith("__ksymtab (")
    modules = {line.split()[0] for line in console.ok("cat /proc/modules").splitlines()}
    assert {row[2] for row in told.values()} <= modules | {"kernel"}


def expected_fields(elf, story):
    """Each relocation worked out from readelf's tables and the story's addresses of sections."""
    base = {row[1]: int(row[2], 16) for row in story.matches("place", PLACED)}
    imported = {row[0]: int(row[1], 16) for row in story.matches("resolve", SYMBOL)}
    for section, offset, kind, number, addend in elf.relocations:
        value, where, *name = elf.symbols[number][1], elf.symbols[number][6], \
            *elf.symbols[number][7:8]
        if where == "UND":
            target = imported.get(name[0] if name else "", 0)
        elif where == "ABS":
            target = int(value, 16)
        else:
            target = base[elf.sections[int(where)][0]] + int(value, 16)
        place = base[section] + offset
        minus_p, width = FORMULAS[kind]
        result = (target + addend - (place if minus_p else 0)) % 2 ** 64
        after = (result % 2 ** (8 * width)).to_bytes(width, "little").hex(" ")
        yield (section, offset, kind, target, addend, place, "S+A-P" if minus_p else "S+A",
               result, bytes(width).hex(" "), after)


def test_every_relocation_is_the_formula(watched):
    elf, story, _, _ = watched
    told = [(row[0], int(row[1], 16), row[2], int(row[4], 16), int(row[5]), int(row[6], 16),
             row[7], int(row[8], 16), row[9], row[10])
            for row in story.matches("relocate", FIELD)]
    wanted = list(expected_fields(elf, story))
    assert len(told) == len(wanted)
    assert told == wanted
    counts = collections.Counter(row[2] for row in wanted)
    assert {text.split(":")[0]: int(text.split()[1]) for text in story.of("relocate")
            if " in all" in text} == counts


def test_named_places_are_those_of_kallsyms(watched):
    """S of a relocation against a symbol with a name of its own."""
    _, story, addresses, _ = watched
    seen = {row[3]: int(row[4], 16) for row in story.matches("relocate", FIELD)
            if row[3] in addresses and not row[3].startswith("__kstrtab")}
    assert seen
    gone = {"init_module"}  # with what only init needed
    for name, value in seen.items():
        if name not in gone:
            assert value == addresses[name], name


def test_steps_come_in_the_order_of_the_code(watched):
    _, story, _, _ = watched
    order = list(dict.fromkeys(story.steps))
    phases = [int(row["phase"]) for row in story.rows if row["phase"]]
    assert phases == sorted(phases)
    assert sorted(set(phases)) == list(range(1, 12)) or set(range(1, 12)) - set(phases) == {9}
    for first, second in (("unpack", "distrust"), ("info", "vermagic"), ("name", "plan"),
                          ("place", "register"), ("register", "taint"), ("taint", "tables"),
                          ("relocate", "verify"), ("verify", "seal"), ("coming", "params"),
                          ("params", "sysfs"), ("init", "live")):
        assert order.index(first) < order.index(second)


def test_without_vv_the_first_of_each_kind(console, files):
    story = Story(console.ok("insmod -v many.ko"))
    shown = collections.Counter(row[2] for row in story.matches("relocate", FIELD))
    assert set(shown.values()) == {3} or max(shown.values()) == 3
    counts = collections.Counter(row[2] for row in Elf(files["many"]).relocations)
    assert counts["R_X86_64_64"] >= MANY and counts["R_X86_64_PLT32"] >= MANY
    for kind, count in counts.items():
        line = next(text for text in story.of("relocate") if text.startswith(f"{kind}: "))
        assert line == (f"{kind}: {count} in all" if count <= 3 else
                        f"{kind}: {count} in all, {count - 3} of them not shown: -vv shows them")
    console.ok("rmmod many")


def test_memory_is_sealed_as_told(console):
    story = Story(console.ok("insmod -v greeter.ko"))
    table = console.ok("ptdump")
    sealed = dict(re.match(r".* at (0x[0-9a-f]+): \d+ bytes (...)$", text).groups()
                  for text in story.of("seal"))
    assert set(sealed.values()) == {"r-x", "r--", "rw-"}
    gone = {re.search(r"at (0x[0-9a-f]+) given back", text).group(1)
            for text in story.of("live") if "given back" in text}
    assert gone and gone < set(sealed)
    for address in set(sealed) - gone:
        assert address.removeprefix("0x") in table
    console.ok("rmmod greeter")


# --- it changes nothing ---

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
