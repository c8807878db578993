# SPDX-License-Identifier: MIT
"""ksym, against those who know better: nm and readelf on the files, modpost's Module.symvers for
exports, and /sys/module for where sections are.
"""

import math
import re

import pytest

import harness

MODULES = ("ok_exports", "ok_namespaces", "ok_plain", "ok_user", "ok_weak")
LINES = {"address": r"([0-9a-f]{16})(?:, 0x([0-9a-f]+) bytes to the next symbol)?",
         "type": r"([a-zA-Z]), (.+)",
         "in": r"(\w+), section ([^,]+)(?:, (?:table|whose) [^,]+)?, from (.+)",
         "exported": r"(no|EXPORT_\w+)(?:, namespace ([^ ]+))?(?:, CRC (0x[0-9a-f]{8}))?",
         "used by": r"(.+)"}
COMPARED = re.compile(r"probes: (\d+) of the names of symbols; "
                      r"(\d+) of the kernel's exports, (\d+) of the modules' exports")


@pytest.fixture(scope="module")
def console(boot, own_modules):
    machine = boot(modules=[own_modules[name] for name in MODULES], drivers=True)
    for name in MODULES:
        machine.ok(f"insmod {name}.ko")
    return machine


def parse(text):
    """([(name, {label: groups})], (probes)) of one answer."""
    *lines, last = text.splitlines()
    found = []
    for line in lines:
        if not line.startswith(" "):
            found.append((line, {}))
            continue
        label, value = line[2:12].strip(), line[13:]
        match = re.fullmatch(LINES[label], value)
        assert match, line
        assert label not in found[-1][1], text
        found[-1][1][label] = match.groups()
    return found, tuple(map(int, COMPARED.fullmatch(last).groups()))


def ask(console, name):
    found, _ = parse(console.ok(f"ksym {name}"))
    return found


def symvers(*paths):
    """{name: (crc, macro, namespace)}."""
    rows = [line.rstrip("\n").split("\t") for path in paths
            for line in open(f"{harness.BUILD}/{path}", encoding="ascii")]
    return {row[1]: (row[0], row[3], row[4] or None) for row in rows}


def kernel_sections():
    """[(start, end, name)] of koan.elf, by readelf."""
    text = harness.run(["readelf", "-SW", f"{harness.BUILD}/koan.elf"]).stdout
    rows = re.findall(r"\] (\S+) +(?:PROGBITS|NOBITS) +([0-9a-f]{16}) [0-9a-f]{6,} ([0-9a-f]{6,})", text)
    return [(int(a, 16), int(a, 16) + int(size, 16), name) for name, a, size in rows if int(a, 16)]


# --- the kernel's symbols ---

def test_place_and_export_of_the_kernels_symbols(console, system_map):
    """Every export, and a choice of what is none."""
    exports = symvers("Module.symvers")
    # The namespace column is what follows EXPORT_SYMBOL_NS in the source.
    assert len(exports) > 100
    names = list(exports) + ["kernel_main", "last_status", "commands", "__ksymtab_printk", "kallsyms_table",
                             "rtc_cmos_init", "boot_stack_guard"]
    sections = kernel_sections()
    for name in names:
        if name not in system_map:
            continue
        known = [facts for called, facts in ask(console, name) if int(facts["address"][0], 16) == system_map[name]]
        assert len(known) == 1, name
        facts = known[0]
        address = system_map[name]
        where = [section for start, end, section in sections if start <= address < end]
        assert facts["in"] == ("kernel", where[0], "koan.elf"), name
        if name in exports:
            crc, macro, namespace = exports[name]
            assert facts["exported"] == (macro, namespace, crc), name
            assert facts["used by"]
        else:
            assert facts["exported"] == ("no", None, None)


def test_sizes_and_types_are_those_of_kallsyms(console, system_map):
    rows = [line.split() for line in console.ok("cat /proc/kallsyms").splitlines()]
    own = sorted({int(row[0], 16) for row in rows if len(row) == 3})
    for name in ("printk", "find_symbol", "shell_execute", "kallsyms_lookup_name"):
        facts = ask(console, name)[0][1]
        later = [address for address in own if address > system_map[name]]
        assert int(facts["address"][1], 16) == later[0] - system_map[name]
        assert facts["type"][0] == next(row[1] for row in rows if row[2] == name)
    assert ask(console, "printk")[0][1]["type"] == ("T", "code")


def test_all_of_one_name_are_told(console):
    """Static functions of several files may share a name: as many as nm has."""
    nm = harness.run(["nm", "--defined-only", f"{harness.BUILD}/koan.elf"]).stdout.splitlines()
    names = [line.split()[2] for line in nm if line.split()[1] in "tTdDbBrR"]
    twice = sorted({name for name in names if names.count(name) > 1 and re.fullmatch(r"\w+", name)})
    assert twice
    for name in twice[:6]:
        found = ask(console, name)
        assert len(found) == names.count(name), name
        assert len({facts["address"][0] for _, facts in found}) == len(found)


# --- modules' symbols ---

def test_exports_of_modules(console, own_modules):
    exports = symvers("modules/tests/Module.symvers")
    for name, provider in (("test_plain", "ok_exports"), ("test_gpl", "ok_exports"),
                           ("test_gpl_future", "ok_exports"), ("test_in_namespace", "ok_exports"),
                           ("test_unused", "ok_exports"), ("test_unused_gpl", "ok_exports"),
                           ("test_ns_word", "ok_namespaces"), ("test_ns_string", "ok_namespaces"),
                           ("test_ns_listed", "ok_namespaces")):
        (_, facts), = ask(console, name)
        module, section, file = facts["in"]
        assert (module, file) == (provider, f"/root/{provider}.ko")
        # Where the file has it: readelf's section and value; where that section is: /sys.
        symbols = harness.run(["readelf", "-sW", own_modules[provider]]).stdout
        value, index = re.search(rf"\d+: ([0-9a-f]{{16}}) .* (\d+) {name}$", symbols, re.M).groups()
        headers = harness.run(["readelf", "-SW", own_modules[provider]]).stdout
        assert section == re.search(rf"\[ *{index}\] (\S+)", headers)[1]
        start = int(console.ok(f"cat /sys/module/{provider}/sections/{section}"), 16)
        assert int(facts["address"][0], 16) == start + int(value, 16)
        crc, macro, namespace = exports[name]
        if namespace and namespace.startswith("module:"):
            macro = "EXPORT_SYMBOL_FOR_MODULES"
        elif namespace:
            macro = macro.replace("EXPORT_SYMBOL", "EXPORT_SYMBOL_NS", 1)
        assert facts["exported"] == (macro, namespace, crc), name


def test_users(console):
    """Those whose files have the name as undefined."""
    (_, facts), = ask(console, "plain_export")
    assert facts["used by"] == ("ok_user",)
    (_, facts), = ask(console, "test_ns_word")
    assert facts["used by"] == ("no module",)
    (_, facts), = ask(console, "printk")
    users = facts["used by"][0].split(", ")
    for name in MODULES:
        text = console.ok(f"ksym -u {name}")
        assert (name in users) is bool(re.search(r"^printk ", text, re.M)), name


def test_module_and_name(console):
    assert ask(console, "ok_exports:test_plain") == ask(console, "test_plain")
    assert ask(console, "kernel:printk") == ask(console, "printk")
    for words in ("ok_user:test_plain", "kernel:test_plain", "nosuch:printk", ":printk"):
        result = console.run(f"ksym {words}")
        assert (result.status, result.output) == (1, f"ksym: {words}: no such symbol\n")


def test_an_address(console, system_map):
    address = system_map["printk"]
    first, *rest = console.ok(f"ksym 0x{address + 5:x}").splitlines()
    size = parse("\n".join(rest))[0][0][1]["address"][1]
    assert first == f"{address + 5:016x} is printk+0x5/0x{size}"
    assert rest == console.ok("ksym printk").splitlines()
    assert console.ok(f"ksym {address:016x}").splitlines()[0] == f"{address:016x} is printk+0x0/0x{size}"
    (_, facts), = ask(console, "test_gpl")
    inside = int(facts["address"][0], 16) + 1
    assert console.ok(f"ksym 0x{inside:x}").splitlines()[0] \
        == f"{inside:016x} is test_gpl+0x1/0x{facts['address'][1]} [ok_exports]"
    for outside in ("0x0", "0x8", "ffffffffffffffff", "0xffff888000000000", "ffffffffc8000000"):
        result = console.run(f"ksym {outside}")
        assert (result.status, result.output) == (
            1, f"ksym: {int(outside, 16):016x}: neither in the kernel nor in a module\n")


def test_unknown_names(console):
    for words, hint in (("prinkt", "printk"), ("printkk", "printk"), ("test_plian", "test_plain")):
        result = console.run(f"ksym {words}")
        assert result.status == 1
        assert re.fullmatch(rf"ksym: {words}: no such symbol; perhaps ([\w.]+, )*{hint}(, [\w.]+)*\n",
                            result.output), result
    for words in ("zzz", "qqqqqqqqqqqq", "x" * 600, "printk:", "0xyz", "ffffffff8011600"):
        result = console.run(f"ksym {words}")
        assert (result.status, result.output.count("\n")) == (1, 1)
        assert "no such symbol" in result.output and "perhaps" not in result.output
    assert console.run("ksym zzz printk").status == 1
    assert "EXPORT_SYMBOL" in console.run("ksym zzz printk").output


# --- cost ---

def test_lookups_halve(console):
    """A list of n names is halved log2(n) times, and a hash leads to one name or two."""
    symbols = int(console.ok("cat /proc/kallsyms | wc -l"))
    exports = symvers("Module.symvers")
    modules = len(console.ok("lsmod").splitlines()) - 1
    tables = 1 + modules  # each is halved by itself
    for name in ("printk", "test_plain", "test_gpl", "zzz", "capable"):
        text = console.run(f"ksym {name}").output
        if name == "zzz":
            continue
        _, (names, kernel, module) = parse(text)
        assert 2 <= names <= tables * (math.log2(symbols) + 3)
        assert 1 <= kernel <= 5 * (math.log2(len(exports)) + 2)
        assert module <= 3
    assert parse(console.ok("ksym test_plain"))[1][2] >= 1
    assert parse(console.ok("ksym printk"))[1][2] == 0


# --- ksym -u ---

def test_imports(console, own_modules):
    exports = {**symvers("Module.symvers"), **symvers("modules/tests/Module.symvers")}
    for name in MODULES:
        undefined = re.findall(r"^ +[Uwv] (\S+)$", harness.run(["nm", "-p", own_modules[name]]).stdout, re.M)
        head, *rows = console.ok(f"ksym -u {name}").splitlines()
        assert head.split() == ["SYMBOL", "FROM", "LICENCE", "CRC", "NAMESPACE"]
        assert [row.split()[0] for row in rows] == undefined
        for row in rows:
            symbol, provider, *terms = re.split(r"  +", row)
            if provider == "-":
                assert symbol not in exports and terms == ["weak: nobody exported it"]
                continue
            crc, macro, namespace = exports[symbol]
            licence = "GPL soon" if "FUTURE" in macro else "GPL only" if "GPL" in macro else "any"
            assert terms == [licence, crc, namespace or "-"], row
            (_, facts), *_ = ask(console, symbol)
            assert facts["in"][0] == provider


def test_imports_wrong(console):
    for words, said in (("-u nosuch", "ksym: module nosuch is not loaded\n"),
                        ("", "ksym: missing name or address\nTry 'ksym --help' for more information.\n"),
                        ("-u", "ksym: option requires an argument -- 'u'\n"
                               "Try 'ksym --help' for more information.\n"),
                        ("-u ok_user x", "ksym: extra operand 'x'\nTry 'ksym --help' for more information.\n")):
        result = console.run(f"ksym {words}")
        assert (result.status, result.output) == (1, said)


def test_file_of_modprobe_and_of_another_folder(console):
    console.ok("modprobe greeter")
    (_, facts), = ask(console, "greeter_count")
    assert facts["in"][2] == "/lib/modules/0.1.0/kernel/examples/export/greeter.ko"
    console.ok("rmmod greeter; cd /lib/modules/0.1.0; insmod ./kernel/../kernel/examples/export/greeter.ko; cd")
    assert ask(console, "greeter_count")[0][1]["in"][2] == facts["in"][2]
    console.ok("rmmod greeter")
    assert console.run("ksym greeter_count").status == 1


def test_memory(console):
    """What a module is remembered by goes with it; a refused one leaves nothing."""
    console.ok("modprobe visitor; ksym -u visitor; ksym greeter_greet; rmmod visitor greeter")
    before = console.counts()
    console.ok("modprobe visitor; ksym -u visitor; ksym greeter_greet; ksym 0xffffffffc0000000; rmmod visitor greeter")
    console.run("insmod /lib/modules/0.1.0/kernel/examples/export/visitor.ko")
    console.run("insmod ok_user.ko; ksym zzz; ksym -u nosuch")
    assert console.counts() == before


# --- who may ---

def test_student_gets_no_address(console):
    known = console.ok("ksym test_plain")
    console.ok("su student")
    try:
        shown = console.ok("ksym test_plain")
        assert re.sub("(?<=address    )[0-9a-f]{16}", "0" * 16, known) == shown != known
        result = console.run("ksym 0xffffffff80116000")
        assert (result.status, result.output) == (1, "ksym: Operation not permitted\n")
        assert "printk" in console.ok("ksym -u ok_user")
    finally:
        console.ok("exit")
