# SPDX-License-Identifier: MIT
"""gdb knows the kernel, and its modules as they come and go: tools/gdb, debugger_module_linked().

What the kernel says at its console is the judge of what gdb says, and the sources of the lines.
"""

import os
import re
import shutil

import pytest

import harness
from debugger import Debugger

EXPORT = "modules/examples/export"
SOURCES = {name: f"{EXPORT}/{name}.c" for name in ("greeter", "visitor")}


def line_of(source, text):
    """The number of the only line of a source that has `text`."""
    with open(os.path.join(harness.TOP, source), encoding="utf-8") as file:
        found = [number for number, line in enumerate(file, 1) if text in line]
    assert len(found) == 1, (source, text, found)
    return found[0]


@pytest.fixture(scope="module")
def paused(tmp_path_factory, own_modules):
    """A machine before its first instruction. The tests below go on from each other, in order."""
    folder = tmp_path_factory.mktemp("gdb")
    with Debugger(folder, [own_modules[name] for name in ("greeter", "visitor", "ok_exports")]) as debugger:
        yield debugger


def test_before_the_kernel_is_there(paused):
    """The launcher says what to type; gdb shows the source, and its helpers say what to do first."""
    assert re.search(r"^ +gdb -x \S*gdbinit$", paused.told, re.MULTILINE)
    assert "continue" in paused.told and "docs/debugging.md" in paused.told
    assert "koan: the kernel is not there yet" in paused.greeting
    number = line_of("kernel/main.c", "void kernel_main(u32 magic, u32 info)\n")
    assert f"\n{number}\tvoid kernel_main(u32 magic, u32 info)\n" in "\n" + paused.gdb("list kernel_main")
    for command in ("koan-lsmod", "koan-dmesg", "koan-exports"):
        said = paused.gdb(command)
        assert "the kernel is not there yet" in said and "break kernel_main" in said


def test_a_breakpoint_in_init_before_the_module_is_loaded(paused):
    assert "Breakpoint 1 (greeter_init) pending." in paused.gdb("break greeter_init")
    paused.boot()
    paused.type("insmod greeter.ko")
    said = paused.stopped()
    number = line_of(SOURCES["greeter"], "return 0;")
    assert re.search(rf"Breakpoint 1, .*greeter_init \(\) at .*greeter\.c:{number}\n", said), said
    assert f"\n{number}\t\treturn 0;\n" in said
    # Nothing of it has run.
    assert paused.gdb("output greeter_count") == "0"
    assert "(loading)" in paused.gdb("koan-lsmod")


def test_from_the_console_to_the_modules_line(paused):
    """The whole way is in the backtrace, and it ends where C began."""
    frames = re.findall(r"^#(\d+) +(?:0x[0-9a-f]+ in )?(\w+|\?\?) \(", paused.gdb("bt"), re.MULTILINE)
    names = [name for _, name in frames]
    assert names[0] == "greeter_init"
    assert names.index("do_init_module") < names.index("module_load") < names.index("shell_run")
    assert names[-2:] == ["kernel_main", "??"]  # who called kernel_main() is at address 0
    assert "stopped" not in paused.gdb("bt")


def test_modules_as_lsmod_lists_them(paused):
    paused.gdb("delete 1")
    paused.gdb("break visitor_init")
    paused.resume()
    paused.machine.answer()
    greeter = paused.run("lsmod").splitlines()[1].split()
    address = paused.run("cat /proc/modules").split()[5]
    paused.type("insmod visitor.ko")
    assert "visitor_init () at" in paused.stopped()
    rows = [line.split() for line in paused.gdb("koan-lsmod").splitlines()]
    assert rows[0] == ["Address", "Module", "Size", "Used", "by"]
    assert rows[1][1:] == ["visitor", "12288", "1", "(loading)"]
    assert rows[2:] == [[address, *greeter[:2], "1", "visitor"]]
    assert paused.gdb('output $koan_module("greeter")->num_gpl_syms') == "1"
    assert "no module nosuch is loaded; there are: visitor, greeter\n" in paused.gdb('print $koan_module("nosuch")')


def test_memory_of_init_belongs_to_the_next_one(paused):
    """visitor lies where greeter's init was, and gdb knows only visitor there; nothing is at 0."""
    text = paused.gdb("koan-lsmod").splitlines()[1].split()[0]
    assert re.match(r"visitor_exit|cleanup_module", paused.gdb(f"info symbol {text}"))
    assert paused.gdb("info symbol 0") == "No symbol matches 0.\n"
    assert "greeter_greet" in paused.gdb("info symbol greeter_greet")


def test_a_breakpoint_in_a_module_that_others_call(paused):
    paused.gdb("delete")
    paused.gdb("break greeter_greet")
    paused.resume()
    said = paused.stopped()
    assert re.search(r'greeter_greet \(who=.*"visitor"\)\s+at ', said), said
    called = paused.gdb("up")
    number = line_of(SOURCES["visitor"], 'greeter_greet("visitor");')
    assert f"visitor_init () at modules/examples/export/visitor.c:{number}" in called
    paused.gdb("delete")
    paused.resume()
    assert "number 1" in paused.machine.answer()


def test_exports_are_those_that_modpost_found(paused):
    kallsyms = dict(line.split()[2:0:-2][:1] + [line.split()[0]]
                    for line in paused.run("grep -e greeter_greet -e greeter_count /proc/kallsyms").splitlines()
                    if "ksymtab" not in line and "kstrtab" not in line)
    paused.run("insmod ok_exports.ko")
    paused.interrupt()
    told = [tuple(line.split("\t")) for line in paused.gdb("koan-exports").splitlines()]
    with open(os.path.join(harness.BUILD, "Module.symvers"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    of_kernel = sorted((row[1], *row[2:4]) for row in rows if row[2] == "vmlinux")
    assert sorted(row[1:4] for row in told if row[2] == "vmlinux") == of_kernel
    with open(os.path.join(harness.BUILD, "modules", "tests", "Module.symvers"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    of_module = sorted(tuple(row[1:2] + row[3:]) for row in rows if row[2].endswith("ok_exports"))
    assert len({kind for _, kind, _ in of_module}) == 5
    assert sorted((row[1], row[3], "".join(row[4:])) for row in told if row[2] == "ok_exports") == of_module
    of_greeter = [row for row in told if row[2] == "greeter"]
    assert of_greeter == [("0x" + kallsyms["greeter_count"], "greeter_count", "greeter", "EXPORT_SYMBOL"),
                          ("0x" + kallsyms["greeter_greet"], "greeter_greet", "greeter", "EXPORT_SYMBOL_GPL")]
    with_prefix = [row for row in told if row[1].startswith("greeter_g")]
    assert "\t".join(with_prefix[0]) + "\n" == paused.gdb("koan-exports greeter_g")
    assert "nothing is exported that begins with `nosuch'" in paused.gdb("koan-exports nosuch")
    paused.resume()
    paused.run("rmmod ok_exports")


def test_the_log_as_dmesg_prints_it(paused):
    at_console = paused.run("dmesg")
    assert "visitor: number 1\n" in at_console
    paused.interrupt()
    assert paused.gdb("koan-dmesg") == at_console


def test_modules_that_came_while_nobody_looked(paused, own_modules):
    """Detached, a module goes and two come; attached again, gdb knows what is there now."""
    paused.gdb("detach")
    paused.machine.type("rmmod visitor greeter; cd /lib/modules/0.1.0/kernel/examples")
    paused.machine.until("greeter: 1 greeted\n")
    paused.machine.answer()
    paused.run("insmod hello/hello.ko")
    target = open(paused.gdbinit, encoding="utf-8").read()
    paused.gdb(re.search("target remote .*", target).group())
    said = paused.gdb("koan-symbols")
    assert re.search(r"symbols of \S*build/modules/examples/hello/hello\.ko at 0xffffffffc0000000\n", said), said
    assert "hello_exit" in paused.gdb("info line hello_exit")
    assert 'No symbol "greeter_greet"' in paused.gdb("print greeter_greet")


def test_wrong_words(paused):
    assert "there is no such folder or file" in paused.gdb("koan-symbols /nosuch")
    for command in ("koan-lsmod x", "koan-dmesg x", "koan-exports a b"):
        assert "is one word too many; type: help " + command.split()[0] in paused.gdb(command)
    for command in ("koan-lsmod", "koan-dmesg", "koan-exports", "koan-symbols"):
        assert len(paused.gdb("help " + command).splitlines()) > 2


def test_the_next_machine(paused):
    """The same gdb, told to look at a machine that was started again."""
    paused.restart_machine()
    said = paused.gdb("koan-lsmod")
    assert "Target disconnected" in said and "source build/gdbinit" in said, said
    assert "gdb is not connected to a machine" in paused.gdb("koan-lsmod")
    assert "the kernel is not there yet" in paused.gdb(f"source {paused.gdbinit}")
    paused.gdb("break greeter_init")
    paused.boot()
    paused.type("insmod greeter.ko")
    assert "greeter_init () at" in paused.stopped()
    assert paused.gdb("koan-lsmod").count("greeter") == 1


# --- files that are not there, or are others ---


def test_which_file_a_module_is_from(tutorial, tmp_path):
    """The name finds files, the build id tells which it was; each failure says what to type."""
    shutil.copy(tutorial["lender-gpl.ko"], tmp_path / "lender-gpl.ko")  # the kernel calls it lender
    others, own, bare = (tmp_path / name for name in ("others", "own", "bare"))
    for folder, file in ((others, "lender.ko"), (own, "lender-gpl.ko"), (bare, "lender-gpl.ko")):
        folder.mkdir()
        shutil.copy(tutorial[file], folder / "lender.ko")
    assert harness.run(["strip", "--strip-debug", bare / "lender.ko"]).returncode == 0
    with Debugger(tmp_path, [tmp_path / "lender-gpl.ko"]) as debugger:
        debugger.gdb("break do_init_module")
        debugger.boot()
        debugger.type("insmod lender-gpl.ko")
        said = debugger.stopped()
        assert "koan: lender is loaded, but there is no lender.ko in " in said
        assert "build/modules" in said and "type koan-symbols and its folder" in said
        assert f"{others}/lender.ko is another build of it" in debugger.gdb(f"koan-symbols {others}")
        assert "has no debugging information" in debugger.gdb(f"koan-symbols {bare}")
        assert "symbols of" in debugger.gdb(f"koan-symbols {own}")
        assert "lender.c" in debugger.gdb("info line lender_init")


def test_no_symbols_at_all():
    """The helpers without build/gdbinit."""
    script = os.path.join(harness.TOP, "tools", "gdb", "koan.py")
    done = harness.run(["gdb", "-q", "-nx", "-batch", "-ex", f"source {script}", "-ex", "koan-lsmod"])
    assert "gdb knows no symbols of the kernel" in done.stderr and "gdb -x build/gdbinit" in done.stderr
    done = harness.run(["gdb", "-q", "-nx", "-batch", "-ex", f"source {script}", "-ex", "koan-symbols",
                        f"{harness.BUILD}/koan.elf"])
    assert "gdb is not connected to a machine" in done.stderr and "make debug" in done.stderr


def test_gdbinit_cannot_be_written(tmp_path):
    done = harness.run([harness.KOAN, "debug", "--gdbinit", str(tmp_path)])
    assert done.returncode == 2 and f"{tmp_path}: Is a directory" in done.stderr
