# SPDX-License-Identifier: MIT
"""Koan in two other configurations, built in copies of the tree and booted: what each option does."""

import gzip
import os
import pathlib
import re

import pytest

import harness
import versions
from tree import Tree

# Off, what is on by default.
SMALL = """\
CONFIG_DEFAULT_HOSTNAME="small"
# CONFIG_KALLSYMS is not set
# CONFIG_MODULE_UNLOAD is not set
# CONFIG_MODVERSIONS is not set
# CONFIG_MODULE_DECOMPRESS is not set
CONFIG_TRIM_UNUSED_KSYMS=y
CONFIG_UNUSED_KSYMS_WHITELIST="build/wanted"
# CONFIG_PRINTK_TIME is not set
"""

# On, what is off, and other numbers.
OTHER = """\
# CONFIG_MODULE_FORCE_LOAD is not set
# CONFIG_MODULE_FORCE_UNLOAD is not set
CONFIG_MODULE_SRCVERSION_ALL=y
CONFIG_EXTENDED_MODVERSIONS=y
CONFIG_MODULE_UNLOAD_TAINT_TRACKING=y
CONFIG_MODULE_COMPRESS_GZIP=y
CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS=y
# CONFIG_STRICT_MODULE_RWX is not set
CONFIG_LOG_BUF_SHIFT=12
CONFIG_CONSOLE_LOGLEVEL_DEFAULT=5
CONFIG_CONSOLE_LOGLEVEL_QUIET=2
CONFIG_MESSAGE_LOGLEVEL_DEFAULT=4
# CONFIG_SECTION_MISMATCH_WARN_ONLY is not set
"""

# In the kernel of OTHER: an export of each kind.
OFFERS = """\
#include <linux/export.h>

extern int offer_word, offer_default;
int offer_string(void);
int offer_listed(void);

int offer_word = 1;
EXPORT_SYMBOL_NS(offer_word, KERNEL_WORD);

int offer_string(void)
{
	return 2;
}
EXPORT_SYMBOL_NS_GPL(offer_string, "KERNEL_STRING");

int offer_listed(void)
{
	return 3;
}
EXPORT_SYMBOL_FOR_MODULES(offer_listed, "tak*");

#undef DEFAULT_SYMBOL_NAMESPACE
#define DEFAULT_SYMBOL_NAMESPACE KERNEL_DEFAULT
int offer_default = 4;
EXPORT_SYMBOL(offer_default);
"""

TAKES = """\
#include <linux/module.h>
extern int offer_word, offer_default;
int offer_string(void);
int offer_listed(void);
static int __init take(void)
{
	printk(KERN_ERR "%s: %d %d %d %d\\n", KBUILD_MODNAME, offer_word, offer_string(), offer_listed(), offer_default);
	printk("by default\\n");
	printk(KERN_NOTICE "not on the console\\n");
	return 0;
}
module_init(take);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Uses what the kernel exports");
"""

IMPORTS = 'MODULE_IMPORT_NS("KERNEL_WORD");\nMODULE_IMPORT_NS(KERNEL_STRING);\nMODULE_IMPORT_NS(KERNEL_DEFAULT);\n'

MISMATCH = """\
#include <linux/module.h>
static int noinline __init early(void) { __asm__ volatile(""); return 0; }
int late(void);
int late(void) { return early() + 1; }
MODULE_LICENSE("GPL");
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("small") / "koan", SMALL)
    (tree.path / "build").mkdir()
    (tree.path / "build/wanted").write_text("dump_stack\n")
    with open(tree.path / "modules/examples/hello/hello.c", "a", encoding="utf-8") as source:
        source.write("extern int sort(void);\nvoid *ask(void);\nvoid *ask(void)\n{\n\treturn symbol_get(sort);\n}\n")
    tree.build("iso")
    return tree


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    tree = Tree(tmp_path_factory.mktemp("other") / "koan", OTHER)
    (tree.path / "kernel/lib/offers.c").write_text('/* First, as for all. */\n#include "lib/lib.h"\n' + OFFERS)
    with open(tree.path / "kernel/lib/Kbuild", "a", encoding="utf-8") as kbuild:
        kbuild.write("obj-$(CONFIG_MODULE_SRCVERSION_ALL) += offers.o\nobj-$(CONFIG_NO_SUCH_THING) += nothing.o\n")
    tree.build("iso")
    return tree


STAYING = """\
#include <linux/module.h>
static int __init come(void) { printk(KERN_ERR "come\\n"); return 0; }
static void __exit go(void) { printk(KERN_ERR "go\\n"); }
module_init(come);
module_exit(go);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Comes and would go");
"""

LACKING = """\
#include <linux/module.h>
#include <linux/kernel.h>
static int __init come(void) {{ {} return 0; }}
module_init(come);
MODULE_LICENSE("GPL");
"""

CRASHING = """\
#include <linux/module.h>
/* What is on its stack makes it have a frame. */
static noinline int breaks(void) { volatile int here = 0; __asm__ volatile("ud2"); return here; }
static int __init crash(void) { volatile int here = 1; return breaks() + here; }
module_init(crash);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Crashes");
"""


@pytest.fixture(scope="module")
def small_session(small):
    """{command: lines} of one boot of SMALL."""
    ko, _ = small.module("staying", STAYING)
    commands = ["uname -n", "ls /proc", "insmod staying.ko", "grep staying /proc/modules", "lsmod", "ls /sys/module/staying",
                "lsmod -t", "ksym printk", "ksym printkk", "ksym -u staying", "rmmod staying", "rmmod -f staying", "rmmod nosuch", "dmesg | tail -n 1", "modinfo staying.ko",
                "dmesg | grep -e initcall -e builtin"]
    sessions, current = {}, None
    for line in small.run(*commands, modules=[ko], append="initcall_blacklist=builtin_init builtin.times=1"):
        found = re.fullmatch(r"koan# (.*)", line)
        if found:
            current = sessions.setdefault(found.group(1), [])
        else:
            current.append(line)
    assert list(sessions) == commands
    return sessions


def test_host_name(small_session):
    assert small_session["uname -n"] == ["small"]


def test_no_times_on_the_console(small_session):
    assert small_session["insmod staying.ko"] == ["staying: loading out-of-tree module taints kernel.", "come"]
    assert re.fullmatch(r"\[ *\d+\.\d{6}\] come", small_session["dmesg | tail -n 1"][0])


def test_no_symbols(small_session):
    files = " ".join(small_session["ls /proc"]).split()
    assert "modules" in files and "kallsyms" not in files


def test_questions_without_symbols(small_session):
    """What is exported is known without names; who uses whom, only where uses are counted."""
    lines = small_session["ksym printk"]
    assert lines[0] == "printk" and re.fullmatch(r"  address    ffffffff80[0-9a-f]{6}", lines[1])
    assert lines[2] == "  in         kernel, section .text, from koan.elf"
    assert lines[3].startswith("  exported   EXPORT_SYMBOL") and lines[4].startswith("  used by    staying")
    assert lines[-1].startswith("probes: 0 of the names of symbols; ")
    assert small_session["ksym printkk"] == ["ksym: printkk: no such symbol"]
    assert [line.split()[:2] for line in small_session["ksym -u staying"]] == [["SYMBOL", "FROM"], ["printk", "kernel"]]
    assert small_session["lsmod -t"] == [line.split()[0] for line in small_session["lsmod"][1:]]


def test_functions_without_names(small_session):
    """None can be left out, and who wants that is told."""
    log = [line.split("] ", 1)[1] for line in small_session["dmesg | grep -e initcall -e builtin"]]
    assert log == ["initcall_blacklist requires CONFIG_KALLSYMS", "builtin: of kernel: always there"]


def test_a_backtrace_without_symbols(small):
    ko, _ = small.module("crashing", CRASHING)
    lines = small.run("insmod crashing.ko", modules=[ko])
    assert any(re.fullmatch(r"RIP: 0010:0xffffffffc[0-9a-f]{7}", line) for line in lines), lines
    start = lines.index("Call Trace:")
    trace = [line for line in lines[start + 1:] if line.startswith(" ")]
    assert len(trace) > 3 and all(re.fullmatch(r" 0x[0-9a-f]{16}", line) for line in trace), trace
    assert trace[0].startswith(" 0xffffffffc") and trace[-1].startswith(" 0xffffffff80")
    # Without names an address of the kernel still has a line; where the module was, nothing tells.
    done = harness.run([small.path / "tools" / "decode"], stdin=None, input="\n".join(trace), cwd=small.path)
    assert done.returncode == 0, done.stderr
    decoded = done.stdout.splitlines()
    assert decoded[0] == trace[0]
    assert any("(kernel/module/run.c:" in line for line in decoded)
    assert re.fullmatch(r" 0x[0-9a-f]{16} \(kernel/main\.c:\d+\)", decoded[-1])


def test_no_unloading(small_session):
    assert small_session["rmmod staying"] == ["rmmod: ERROR: Module unloading is not supported"]
    assert small_session["rmmod -f staying"][-1] == "rmmod: ERROR: could not remove module staying: Function not implemented"
    assert small_session["rmmod nosuch"] == ["rmmod: ERROR: Module nosuch is not currently loaded"]
    row = small_session["grep staying /proc/modules"][0]
    assert re.fullmatch(r"staying \d+ - - Live 0x[0-9a-f]{16} \(O\)", row), row
    assert re.fullmatch(r"staying +\d+  -", small_session["lsmod"][1])
    assert "refcnt" not in " ".join(small_session["ls /sys/module/staying"]).split()


def test_exit_code_goes_with_init_code(small, small_session):
    """`size` counts what is kept: without .exit.text that is one page of data and of constants."""
    ko = small.path / "build/m-staying/staying.ko"
    sections = harness.run(["readelf", "-SW", ko]).stdout
    assert re.search(r" \.exit\.text +PROGBITS", sections)  # it is in the file
    assert not re.search(r" \.text +PROGBITS +\S+ \S+ (?!0+ )", sections)  # and is all the code that could stay
    kept = int(small_session["grep staying /proc/modules"][0].split()[1])
    assert kept == 2 * 4096
    assert not re.search(r"\bcleanup_module\b", harness.run(["readelf", "-rW", ko]).stdout)


def test_unused_exports_are_trimmed(small):
    """nm tells what Koan's modules lack; the rest is no export, neither in the list nor in the kernel."""
    order = (small.path / "build/modules/modules.order").read_text().split()
    lacking = harness.run(["nm", "-u", *[small.path / name.replace(".ko", ".o") for name in order]]).stdout
    used = set(re.findall(r"^ +[Uw] (\S+)$", lacking, re.MULTILINE)) | {"dump_stack", "module_layout", "sort"}
    rows = [row.split("\t")[1] for file in ("Module.symvers", "modules/Module.symvers")
            for row in (small.path / "build" / file).read_text().splitlines()]
    assert set(rows) <= used and {"dump_stack", "module_layout", "sort", "greeter_greet", "proc_create"} <= set(rows)
    symbols = harness.run(["nm", small.path / "build/koan.elf"]).stdout
    assert set(re.findall(r" __ksymtab_(\S+)$", symbols, re.MULTILINE)) - {"gpl", "gpl_future"} == {
        row.split("\t")[1] for row in (small.path / "build/Module.symvers").read_text().splitlines()}
    whole = harness.run(["nm", f"{harness.BUILD}/koan.elf"]).stdout
    assert len(re.findall(" __ksymtab_", whole)) > 2 * len(re.findall(" __ksymtab_", symbols))


def test_a_module_that_needs_what_was_trimmed(small):
    """As with any other name that is not there; the white list has what one's own modules need."""
    ko, said = small.module("lacking", LACKING.format('simple_strtol("", (void *)0, 0);'))
    assert not ko.exists() and "simple_strtol\" [" in said and "undefined!" in said
    ko, said = small.module("served", LACKING.format("dump_stack();"))
    assert ko.exists(), said


def test_version_magic_tells(small, small_session, boot):
    row = next(line for line in small_session["modinfo staying.ko"] if line.startswith("vermagic:"))
    assert "mod_unload" not in row and len(row.split()) >= 2
    assert "modversions" not in row
    # And so a kernel that compares versions refuses it.
    console = boot(modules=[small.path / "build/m-staying/staying.ko"])
    result = console.run("insmod staying.ko")
    assert result.status == 1
    assert result.log == ["staying: has no versions of the symbols it uses: build it with this kernel's configuration"]


def test_no_versions(small):
    """All are 0, and a type that has changed is nobody's business."""
    for row in (small.path / "build/Module.symvers").read_text().splitlines():
        assert row.startswith("0x00000000\t")
    symbols = harness.run(["nm", small.path / "build/koan.elf"]).stdout
    assert "__ksymtab_printk" in symbols and "__crc_" not in symbols
    lender, borrower = versions.pair(small)
    versions.change(small, lender)
    assert (lender.parent / "Module.symvers").read_text().startswith("0x00000000\tlend\t")
    lines = small.run("insmod lender.ko", "insmod borrower.ko", modules=[lender, borrower])
    assert lines[-1] == "borrowed" and not any("version" in line for line in lines)


def test_versions_of_names_of_any_length(other):
    """The extended tables, which the kmod of this machine may be too old to read."""
    lender, borrower = versions.pair(other)
    sections = harness.run(["readelf", "-SW", borrower]).stdout
    assert "__version_ext_crcs" in sections and "__version_ext_names" in sections and " __versions " in sections
    names = harness.run(["readelf", "-p", "__version_ext_names", borrower]).stdout
    assert versions.LONG in names and "module_layout" in names
    assert versions.LONG not in harness.run(["readelf", "-p", "__versions", borrower]).stdout
    commands = ("dmesg -n 8", "insmod lender.ko", "insmod borrower.ko", "lsmod")
    assert any(line.endswith("borrowed") for line in other.run(*commands, modules=[lender, borrower]))
    versions.change(other, lender)
    lines = other.run(*commands, modules=[lender, borrower])
    assert any(line.endswith("borrower: disagrees about version of symbol lend") for line in lines), lines
    assert not any(line.startswith("borrower ") for line in lines)


def test_no_decompression(small, tmp_path):
    ko, _ = small.module("staying", STAYING)
    packed = tmp_path / "staying.ko.gz"
    packed.write_bytes(gzip.compress(ko.read_bytes()))
    lines = small.run("insmod staying.ko.gz", "modinfo staying.ko.gz", "ls /sys/module/compression", "insmod staying.ko",
                      modules=[ko], files=[packed])
    assert [harness.STAMP.sub("", line) for line in lines] == [
        "koan# insmod staying.ko.gz",
        "insmod: ERROR: could not insert module staying.ko.gz: Operation not supported",
        "this kernel cannot unpack modules: it was built without CONFIG_MODULE_DECOMPRESS",
        "koan# modinfo staying.ko.gz",
        "modinfo: ERROR: could not get modinfo from 'staying': Operation not supported",
        "koan# ls /sys/module/compression",
        "ls: cannot access '/sys/module/compression': No such file or directory",
        "koan# insmod staying.ko", "staying: loading out-of-tree module taints kernel.", "come"]


def test_the_image_has_compressed_modules(other):
    """And autoload, which reads what depmod says of them, loads them."""
    lines = other.run("lsmod", "modprobe -v visitor", drivers=True)
    release = os.listdir(other.path / "build/initrd/lib/modules")[0]
    library = other.path / "build/initrd/lib/modules" / release
    assert list(library.rglob("*.ko.gz")) and not list(library.rglob("*.ko"))
    folder = f"/lib/modules/{release}/kernel/examples/export"
    assert f"insmod {folder}/greeter.ko.gz " in lines and f"insmod {folder}/visitor.ko.gz " in lines, lines
    assert any(line.startswith("ps2kbd ") for line in lines)


def test_compressed_modules_are_installed(other, tmp_path):
    """Once, under one name; a module of one's own beside Koan's, which depmod is to know, too."""
    done = other.make("modules_install", f"INSTALL_MOD_PATH={tmp_path}")
    assert done.returncode == 0 and "WARNING" not in done.stdout + done.stderr, done.stdout + done.stderr
    (library,) = (tmp_path / "lib/modules").iterdir()
    installed = sorted(str(path.relative_to(library)) for path in library.rglob("*.ko*"))
    assert installed and all(name.endswith(".ko.gz") for name in installed)
    assert "  GZIP    " in done.stdout
    one = library / "kernel/examples/hello/hello.ko.gz"
    assert gzip.decompress(one.read_bytes()) == (other.path / "build/modules/examples/hello/hello.ko").read_bytes()
    other.module("staying", STAYING)
    folder = other.path / "build/m-staying"
    (library / "extra").mkdir()
    (library / "extra/staying.ko").write_bytes(b"of old times")
    done = other.make(f"M={folder}", "modules_install", f"INSTALL_MOD_PATH={tmp_path}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert os.listdir(library / "extra") == ["staying.ko.gz"]
    listed = (library / "modules.dep").read_text().splitlines()
    assert sorted(line.split(":")[0] for line in listed) == sorted(installed + ["extra/staying.ko.gz"])
    user = "kernel/examples/export/visitor.ko.gz"
    assert f"{user}: {user.replace('visitor', 'greeter')}" in listed


def test_the_kernels_exports_in_namespaces(other):
    ko, _ = other.module("taker", TAKES + IMPORTS)
    symvers = (other.path / "build/Module.symvers").read_text().splitlines()
    rows = {row.split("\t")[1]: tuple(row.split("\t")[3:]) for row in symvers if "offer_" in row}
    assert rows == {"offer_word": ("EXPORT_SYMBOL", "KERNEL_WORD"), "offer_string": ("EXPORT_SYMBOL_GPL", "KERNEL_STRING"),
                    "offer_listed": ("EXPORT_SYMBOL_GPL", "module:tak*"), "offer_default": ("EXPORT_SYMBOL", "KERNEL_DEFAULT")}
    lines = other.run("insmod taker.ko", "dmesg", modules=[ko])
    assert "taker: 1 2 3 4" in " ".join(lines)


NOT_IMPORTED = "module {0}uses symbol {1} from namespace {2}, but does not import it."


def test_missing_imports_are_only_told(other):
    """Even of a list of modules that this one is not on."""
    wanted = {"offer_word": "KERNEL_WORD", "offer_string": "KERNEL_STRING", "offer_listed": "module:tak*",
              "offer_default": "KERNEL_DEFAULT"}
    ko, said = other.module("grabber", TAKES)
    for symbol, namespace in wanted.items():
        assert f"WARNING: modpost: {NOT_IMPORTED.format('grabber ', symbol, namespace)}" in said
    lines = other.run("insmod grabber.ko", modules=[ko])
    text = "\n".join(lines)
    for symbol, namespace in wanted.items():
        assert "grabber: " + NOT_IMPORTED.format("", f"({symbol})", namespace) in text
    assert "grabber: 1 2 3 4" in text


def test_levels(other):
    """On the console: what is below 5, so a warning; with `quiet`, below 2."""
    ko, _ = other.module("taker", TAKES + IMPORTS)
    lines = other.run("insmod taker.ko", modules=[ko])
    assert any(line.endswith("] by default") for line in lines)
    assert not any("not on the console" in line for line in lines)
    lines = other.run("insmod taker.ko", "dmesg", modules=[ko], append="quiet")
    shown, logged = lines[:lines.index("koan# dmesg")], lines[lines.index("koan# dmesg"):]
    assert not any("taker: 1" in line for line in shown) and any("taker: 1" in line for line in logged)


def test_a_small_log_forgets(other):
    words = "x" * 100
    source = TAKES + IMPORTS
    source = source.replace('printk("by default\\n");', f'for (int i = 0; i < 50; i++)\n\t\tprintk(KERN_INFO "{words} %d\\n", i);')
    ko, _ = other.module("talker", source)
    lines = [line for line in other.run("insmod talker.ko", "dmesg", modules=[ko]) if words in line]
    assert lines[-1].endswith(" 49") and 4096 // 110 - 3 <= len(lines) <= 4096 // 100
    size = harness.run(["nm", "-S", other.path / "build/koan.elf"]).stdout
    assert re.search(r"^\S+ 0*1000 [bB] ring_text$", size, re.MULTILINE)


def test_nothing_is_forced(other, tmp_path):
    """-f is allowed, and changes nothing."""
    ko, _ = other.module("staying", STAYING.replace("module_exit(go);", "").replace("__exit", "__used"))
    foreign = tmp_path / "foreign.ko"
    foreign.write_bytes(ko.read_bytes().replace(b" mod_unload ", b" mod_onload ").replace(b"staying", b"foreign"))
    lines = other.run("insmod -f foreign.ko", "insmod -f staying.ko", "rmmod -f staying", "cat /proc/sys/kernel/tainted",
                      modules=[ko, foreign])
    text = "\n".join(lines)
    assert " mod_onload " in text and "foreign: version magic '" in text
    assert "insmod: ERROR: could not insert module foreign.ko: Invalid module format" in text
    assert "rmmod: ERROR: could not remove module staying: Device or resource busy" in text
    assert lines[-1] == str(1 << 12)  # built out of tree, and nothing worse


GONE = """\
#include <linux/module.h>
static int fail;
module_param(fail, int, 0);
static int __init come(void) { return fail; }
static void __exit go(void) { }
module_init(come);
module_exit(go);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Comes and goes");
"""


def test_modules_that_are_gone_are_remembered(other):
    """Also the one whose init failed; the one that never got so far was never there."""
    gone, _ = other.module("gone", GONE)
    crashing, _ = other.module("crashing", CRASHING)
    lines = other.run("insmod gone.ko; rmmod gone; insmod gone.ko fail=-5", "insmod gone.ko fail=x",
                      "modprobe hello; rmmod hello", "cat /sys/kernel/debug/modules/unloaded_tainted",
                      "insmod crashing.ko", modules=[gone, crashing], drivers=False, append="loglevel=7")
    at = lines.index("koan# cat /sys/kernel/debug/modules/unloaded_tainted")
    assert lines[at + 1:at + 3] == ["gone (O) 2", "koan# insmod crashing.ko"]
    lines = [harness.STAMP.sub("", line) for line in lines]
    at = lines.index("Modules linked in: crashing(O+)")
    assert lines[at + 1] == "Unloaded tainted modules: gone(O):2 [last unloaded: hello]"


def test_every_module_has_a_source_checksum(other):
    ko, _ = other.module("taker", TAKES + IMPORTS)
    assert re.fullmatch(r"[0-9A-F]{23}\n", harness.run(["modinfo", "-F", "srcversion", ko]).stdout)


WRITER = """\
#include <linux/module.h>
static noinline int answer(void) { __asm__ volatile("nop"); return 1; }
static const char constant[] = "constant";
static unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3};
__asm__(".pushsection .both, \\"awx\\", @progbits\\nret\\n.popsection");
static int __init come(void)
{
	*(volatile unsigned char *)answer = *(volatile unsigned char *)answer;
	*(volatile char *)constant = 'C';
	printk(KERN_ERR "writer: %d %s\\n", ((int (*)(void))(void *)code)(), constant);
	return 0;
}
module_init(come);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Writes to its code, runs its data");
"""


def test_modules_that_are_not_sealed(other):
    """A module that no other configuration would even load."""
    ko, _ = other.module("writer", WRITER)
    lines = other.run("insmod writer.ko", "ptdump | grep -e rwx -e both", modules=[ko])
    assert any(line.endswith("] writer: 42 Constant") for line in lines)
    writable = [line for line in lines if "4K rwx " in line]
    assert any(" writer text" in line for line in writable)
    assert f"{len(writable)} pages are both writable and executable" in lines


def test_a_mismatch_is_an_error(other):
    ko, said = other.module("mismatch", MISMATCH)
    assert "WARNING: modpost: " in said and "section mismatch in reference: late+0x" in said
    assert "ERROR: modpost: Section mismatches detected.\nSet CONFIG_SECTION_MISMATCH_WARN_ONLY=y" in said
    assert not ko.exists()


def test_a_change_builds_what_depends_on_it(small):
    """All objects see the configuration; what changes nothing builds nothing."""
    config = small.path / ".config"
    before = small.build("build/koan.elf")
    assert before == []
    config.write_text(SMALL + "# a comment\nCONFIG_LOG_BUF_SHIFT=16\n")
    assert small.build("build/koan.elf") == []
    # Without .config, it is as if there had never been one.
    config.unlink()
    assert "kernel/sym/kallsyms.c" in small.build("iso", "build/System.map")
    assert small.run("uname -n", "ls /proc/kallsyms") == ["koan# uname -n", "koan", "koan# ls /proc/kallsyms", "/proc/kallsyms"]
    assert small.build("iso") == []


def test_test_modules_without_exit(small):
    """All test modules but the one whose exit function is in the wrong place; those that are left are refused."""
    config = SMALL.replace('"small"', '"smaller"').replace("CONFIG_TRIM_UNUSED_KSYMS=y\n", "")
    (small.path / ".config").write_text(config)
    assert "kernel/main.c" in small.build("iso", "test-modules")
    folder = small.path / "build/modules/tests"
    expected, usual = ({line.split(":")[0] for line in (top / "expect").read_text().splitlines()}
                       for top in (folder, pathlib.Path(harness.BUILD, "modules/tests")))
    assert usual - expected == {"bad_exit_place"} and expected < usual
    lines = small.run("insmod bad_init_place.ko", "insmod ok_deaf.ko", "uname -n", "lsmod", drivers=False,
                      modules=[folder / "bad_init_place.ko", folder / "ok_deaf.ko"])
    assert "insmod: ERROR: could not insert module bad_init_place.ko: Invalid module format" in lines
    assert "smaller" in lines
    assert re.fullmatch(r"ok_deaf +\d+  -", lines[-1])


@pytest.mark.parametrize("line, words", [
    ("CONFIG_KALLSYM=y", ["CONFIG_KALLSYM", "no such option", "CONFIG_KALLSYMS"]),
    ("CONFIG_KALLSYMS=1", ["CONFIG_KALLSYMS=1", "y or n"]),
    ("KALLSYMS=y", ["CONFIG_NAME=VALUE was expected"]),
    ("CONFIG_LOG_BUF_SHIFT=99", ["CONFIG_LOG_BUF_SHIFT=99", "from 12 to 21"]),
])
def test_a_wrong_configuration_stops_the_build(other, line, words):
    config = other.path / ".config"
    try:
        config.write_text(f"{OTHER}{line}\n")
        done = other.make("iso")
        assert done.returncode == 2 and f"config: .config:{OTHER.count(os.linesep) + 1}: " in done.stderr, done.stderr
        assert all(word in done.stderr for word in words), done.stderr
        assert "CC " not in done.stdout
    finally:
        config.write_text(OTHER)
