# SPDX-License-Identifier: MIT
"""insmod -v: what the loader tells of a load, with readelf, nm and arithmetic as the judges.

Sections, symbols and relocations must be those that readelf finds in the same file; addresses those of
/sys/module and /proc/kallsyms; and each result what the psABI's formula says. That telling changes
nothing is tested in test_watching.py.
"""

import collections
import re

import pytest

import harness
from story import Elf, Story

SECTION = re.compile(r"\[ *(\d+)\] (\S*) (\S+) (\S+) 0x([0-9a-f]+) bytes, align (\d+): (.*)$")
PLACED = re.compile(r"\[ *(\d+)\] (\S*) at 0x([0-9a-f]+): 0x([0-9a-f]+) bytes")
SYMBOL = re.compile(r"(\S+): S=0x([0-9a-f]+) in (\S+), for (.*) \(we are (\S+)\), "
                    r"namespace (.*), CRC (.*)$")
FIELD = re.compile(r"(\S+)\+0x([0-9a-f]+) (R_\S+) (\S+) S=0x([0-9a-f]+) A=(-?\d+) P=0x([0-9a-f]+) "
                   r"(S\+A|S\+A-P)=0x([0-9a-f]+)  ([0-9a-f ]*) -> ([0-9a-f ]*)$")

# x86-64 psABI, table 4.9: (is P taken off?, bytes). Four-byte fields hold the low bytes.
FORMULAS = {"R_X86_64_NONE": (False, 0), "R_X86_64_64": (False, 8), "R_X86_64_PC32": (True, 4),
            "R_X86_64_PLT32": (True, 4), "R_X86_64_32": (False, 4), "R_X86_64_32S": (False, 4),
            "R_X86_64_PC64": (True, 8)}

WATCHED = [("greeter", []), ("visitor", ["greeter"]), ("ok_multi", []), ("many", []),
           ("ok_relocations", []), ("ok_weak", [])]

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
    names = {name for name, _ in WATCHED} - {"many"}
    return {"many": many, **{name: own_modules[name] for name in sorted(names)}}


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
