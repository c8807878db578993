# SPDX-License-Identifier: MIT
"""Modules that are part of the kernel: those of every Koan, and others in a copy of the tree."""

import os
import re
import shutil
import subprocess

import pytest

import harness
import image
from tree import Tree

HERE = os.path.dirname(os.path.realpath(__file__))
KERNEL = os.path.join(harness.BUILD, "koan.elf")
FOLDER = "/sys/module/builtin/parameters"


@pytest.fixture(scope="module")
def console(boot):
    return boot()


# --- the one that is in every Koan ---

def test_parameters_of_the_command_line(boot):
    console = boot(append="builtin.motto=first builtin.times=2 builtin.motto=hello")
    log = console.run("dmesg").log
    assert log.count("builtin: of kernel: hello") == 2
    assert console.ok(f"cat {FOLDER}/motto") == "hello\n"
    console.ok(f"echo -n changed > {FOLDER}/motto")
    assert console.ok(f"cat {FOLDER}/motto") == "changed\n"


def test_defaults(console):
    assert "builtin:" not in console.ok("dmesg | cat")
    assert console.ok(f"cat {FOLDER}/motto") == "always there\n"


def test_wrong_words_of_the_command_line(boot):
    """What is wrong is told. What may be for a module that comes later, or for nobody, is not."""
    console = boot(append="builtin.times=many builtin.nosuch=1 built-in.motto=no other.x=1 y=2 "
                          "builtin.times=1 builtin. .x=1")
    log = [line for line in console.run("dmesg").log if "Booting" in line or "builtin" in line]
    assert log == ["Booting kernel: `many' invalid for parameter `builtin.times'",
                   "Booting kernel: Unknown parameter `builtin.nosuch'",
                   "Booting kernel: Unknown parameter `builtin.'",
                   "builtin: of kernel: always there"]


def test_what_sysfs_shows(console):
    """What Linux shows: there are no sections, no holders and no state of what is the kernel."""
    assert console.ok("ls -1 /sys/module/builtin").split() == ["parameters", "uevent", "version"]
    assert console.ok("cat /sys/module/builtin/version") == "1.0\n"
    rows = [row.split() for row in console.ok(f"ls -l {FOLDER}").splitlines()[1:]]
    assert [(row[0], row[-1]) for row in rows] == [("-rw-r--r--", "motto"), ("-r--r--r--", "visits")]
    first = int(console.ok(f"cat {FOLDER}/visits"))
    assert int(console.ok(f"cat {FOLDER}/visits")) == first + 1
    assert console.run(f"echo 1 > {FOLDER}/visits").status == 1
    console.ok("echo add > /sys/module/builtin/uevent")


def test_tools(console):
    """kmod's words: it is there, and stays."""
    for command, status, says in (
            ("rmmod builtin", 1, "rmmod: ERROR: Module builtin is builtin.\n"),
            ("modprobe builtin", 0, ""),
            ("modprobe -v builtin", 0, ""),
            ("modprobe -r builtin", 1, "modprobe: FATAL: Module builtin is builtin.\n")):
        result = console.run(command)
        assert (result.status, result.output) == (status, says)
    assert "builtin" not in console.ok("lsmod") + console.ok("cat /proc/modules")


@pytest.mark.parametrize("options", [
    "", "-p", "-a", "-d", "-l", "-n", "-F name", "-F filename", "-F file", "-F parm", "-F parmtype",
    "-F nosuch", "-a -l"])
def test_modinfo_says_what_kmod_says(console, tmp_path, options):
    """The machine's own modinfo, on the lists that the build made."""
    release = os.path.join("lib", "modules", console.ok("uname -r").strip())
    shutil.copytree(os.path.join(harness.BUILD, "initrd", release), tmp_path / release)
    base = ["-b", str(tmp_path), "-k", os.path.basename(release)]
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    subprocess.run(["depmod", "-b", str(tmp_path), os.path.basename(release)], check=True,
                   env={**os.environ, "PATH": path})
    words = options.split() + ["builtin"]
    kmod = harness.run(["modinfo", *base, *words])
    result = console.run("modinfo " + " ".join(words))
    assert (result.status, result.output) == (kmod.returncode, kmod.stdout)


def test_exit_function_is_kept(system_map):
    """In the table of exit functions, though nobody calls it; init goes with the boot's memory."""
    at = system_map["__exitcall_builtin_exit"]
    name, _, address, offset, size, _ = next(section for section in image.sections(KERNEL).values()
                                             if section[2] <= at < section[2] + section[4])
    assert name == ".data" and at + 8 <= address + size
    with open(KERNEL, "rb") as file:
        file.seek(offset + at - address)
        assert int.from_bytes(file.read(8), "little") == system_map["builtin_exit"]
    assert system_map["__init_text_start"] <= system_map["builtin_init"] < system_map["__init_text_end"]


# --- initcall_debug, initcall_blacklist ---

CALLING = r"calling  (\w+)\+0x0/0x[0-9a-f]+ @ 1"
RETURNED = r"initcall (\w+)\+0x0/0x[0-9a-f]+ returned (-?\d+) after \d+ usecs"


def test_initcalls_are_told(boot):
    """Linux's two lines for each, in pairs; from then on for modules, until somebody wants no more."""
    console = boot(append="initcall_debug builtin.times=1")
    log = console.run("dmesg").log
    calls = [match[1] for match in (re.fullmatch(CALLING, line) for line in log) if match]
    returns = [match[1] for match in (re.fullmatch(RETURNED, line) for line in log) if match]
    assert calls == returns and {"ioremap_init", "builtin_init"} <= set(calls)
    at = log.index("builtin: of kernel: always there")
    assert re.fullmatch(CALLING, log[at - 1])[1] == "builtin_init"
    assert re.fullmatch(RETURNED, log[at + 1]).groups() == ("builtin_init", "0")

    switch = "/sys/module/kernel/parameters/initcall_debug"
    assert console.ok(f"cat {switch}") == "Y\n"
    console.ok("dmesg -C; modprobe hello")
    called, _, returned = console.run("dmesg").log
    match = re.fullmatch(r"calling  hello_init\+0x0/0x[0-9a-f]+ \[hello\] @ (\d+)", called)
    assert int(match[1]) > 1, "a command is not the boot"
    assert re.fullmatch(r"initcall hello_init\+0x0/0x[0-9a-f]+ \[hello\] returned 0 after \d+ usecs",
                        returned)
    console.ok(f"rmmod hello; echo N > {switch}; dmesg -C; modprobe hello")
    assert [line.split(":")[0] for line in console.run("dmesg").log] == ["hello"]


def test_initcalls_are_left_out(boot, own_modules):
    """Of the kernel and of modules, by the names of functions; the word may stand twice."""
    console = boot(modules=[own_modules["ok_params"]],
                   append="initcall_blacklist=nosuch,,builtin_init builtin.times=1 "
                          "initcall_blacklist=ok_params_init")
    assert [line for line in console.run("dmesg").log if "initcall" in line or "builtin" in line] == [
        "blacklisting initcall nosuch", "blacklisting initcall builtin_init",
        "blacklisting initcall ok_params_init", "initcall builtin_init blacklisted"]
    before = console.counts()
    console.ok("dmesg -C")
    result = console.run("insmod ok_params.ko")
    assert result.output == ("insmod: ERROR: could not insert module ok_params.ko: "
                             "Operation not permitted\n")
    assert "initcall ok_params_init blacklisted" in console.run("dmesg").log
    assert console.counts() == before


def test_wrong_initcall_words(boot):
    console = boot(append="initcall_debug=maybe initcall_blacklist builtin.times=1")
    log = console.run("dmesg").log
    assert [line for line in log if "Booting" in line or "calling" in line] == [
        "Booting kernel: `maybe' invalid for parameter `initcall_debug'",
        "Booting kernel: `' invalid for parameter `initcall_blacklist'"]
    assert "builtin: of kernel: always there" in log


# --- others, in a copy of the tree ---

CONFIG = """\
CONFIG_PCI=y
CONFIG_VGA_CONSOLE=y
CONFIG_EXAMPLE_BUILTIN=m
CONFIG_LEVELS=y
"""
LEVELS = """
config LEVELS
	tristate "Initcalls of each level"
	help
	  A folder that is there or not.
"""


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Levels, two lessons and two drivers are part of this kernel, the lesson builtin is not."""
    tree = Tree(tmp_path_factory.mktemp("builtin") / "koan", CONFIG)
    shutil.copytree(os.path.join(HERE, "modules", "levels"), tree.path / "modules" / "levels")
    with open(tree.path / "modules" / "Kbuild", "a", encoding="utf-8") as kbuild:
        kbuild.write("obj-$(CONFIG_LEVELS) += levels/\n")
    with open(tree.path / "Kconfig", "a", encoding="utf-8") as kconfig:
        kconfig.write(LEVELS)
    for lesson in ("params", "multi"):
        kbuild = tree.path / "modules" / "examples" / lesson / "Kbuild"
        kbuild.write_text(kbuild.read_text().replace("obj-m", "obj-y"))
    tree.build("iso")
    return tree


def kernel_log(lines):
    return [harness.STAMP.sub("", line, count=1) for line in lines if harness.STAMP.match(line)]


def test_levels(other):
    """In Linux's order, and within a level in that of the objects; a failure stops nobody."""
    log = kernel_log(other.run("dmesg", append="all-levels.set_early=7"))
    assert [line[len("levels: "):] for line in log if line.startswith("levels: ")] == [
        "early", "set_early=7", "pure", "core", "core sync", "postcore", "postcore sync", "arch",
        "arch sync", "subsys", "subsys sync", "fs", "fs sync", "rootfs", "device of all_levels",
        "device sync", "late", "late sync"]
    assert any(re.fullmatch(r"initcall fail_init\+0x0/0x[0-9a-f]+ returned -19", line) for line in log)
    assert any(re.fullmatch(r"initcall deaf_init\+0x0/0x[0-9a-f]+ returned with disabled interrupts",
                            line) for line in log)


def test_the_same_sources(other):
    """What lessons and drivers do as modules they do as parts of the kernel."""
    lines = other.run("lsmod", "cat /proc/modules | wc -l", "lspci", "ls /sys/module",
                      "cat /sys/module/params/parameters/whom /sys/module/params/parameters/lucky",
                      "dmesg", append="params.count=2 params.whom=Ada params.lucky=7,13 params.loud")
    log = kernel_log(lines)
    assert log.count("params: hello Ada!") == 2
    assert "params: lucky number 2 is 13" in log
    assert any(line.startswith("multi:") for line in log)
    assert any(line.startswith("vga:") for line in log)
    text = "\n".join(lines)
    assert re.search(r"^00:00\.0 Host bridge ", text, re.M)
    assert "\nkoan# cat /sys/module/params/parameters/whom" in text and "\nAda\n7,13\n" in text
    modules = re.search(r"koan# lsmod\n(.*?)koan# ", text, re.S)[1]
    assert {row.split()[0] for row in modules.splitlines()[1:]} == {"rtc_cmos", "ps2kbd"}


def test_lists(other):
    """What kmod reads: the path that each would have as a module."""
    built = other.path / "build"
    assert (built / "modules.builtin").read_text().splitlines() == [
        "kernel/drivers/vga/vga.ko", "kernel/drivers/pci/pci.ko", "kernel/examples/params/params.ko",
        "kernel/examples/multi/multi.ko", "kernel/levels/all-levels.ko"]
    order = (built / "modules" / "modules.order").read_text()
    assert "builtin.ko" in order and "asks.ko" in order
    assert "params.ko" not in order and "pci.ko" not in order


KERNEL_BASE = 0xffffffff80000000  # below it is what is not loaded, such as .modinfo
RANGE = re.compile(r"(\.\S+) ([0-9a-f]{8})-([0-9a-f]{8}) (.+)")


def symbols(path):
    """[(name, address)] that nm finds."""
    rows = (line.split() for line in harness.run(["nm", "-n", path]).stdout.splitlines())
    return [(row[2], int(row[0], 16)) for row in rows if len(row) == 3]


def ranges_of(tree):
    """[(start, end, [module])] of modules.builtin.ranges: section by section, found by its anchor."""
    kernel = dict(symbols(tree.path / "build" / "koan.elf"))
    found, base = [], {}
    for line in (tree.path / "build" / "modules.builtin.ranges").read_text().splitlines():
        section, start, end, what = RANGE.fullmatch(line).groups()
        start, end = int(start, 16), int(end, 16)
        if what.startswith("= "):
            assert start == end and section not in base
            base[section] = kernel[what[2:]] - start
        else:
            assert start < end
            found.append((base[section] + start, base[section] + end, what.split()))
    assert found == sorted(found) and all(a[1] <= b[0] for a, b in zip(found, found[1:]))
    return found


def test_ranges(other):
    """An address of the kernel leads to the built-in module it is in: nm says the same of each object."""
    ranges = ranges_of(other)
    kernel = symbols(other.path / "build" / "koan.elf")
    objects = {"builtin": [], "vga": ["drivers/vga/main.o", "drivers/vga/terminal.o"],
               "pci": ["drivers/pci/main.o", "drivers/pci/classes.o"],
               "multi": ["examples/multi/main.o", "examples/multi/primes.o", "examples/multi/text.o"],
               "params": ["examples/params/params.o"], "all_levels": ["levels/levels.o", "levels/second.o"]}
    assert {name for _, _, names in ranges for name in names} == {name for name in objects if objects[name]}
    names = [name for name, _ in kernel]
    for module, paths in objects.items():
        own = [name for path in paths for name, _ in symbols(other.path / "build" / "modules" / path)
               if not name.startswith("__kstrtab")]  # strings: equal ones are one
        checked = 0
        for name, address in kernel:
            if name in own and names.count(name) == 1 and address >= KERNEL_BASE:
                checked += 1
                assert [names for start, end, names in ranges if start <= address < end] == [[module]], name
        assert checked > 2 or not paths
    for name, address in kernel:
        if name in ("kernel_main", "printk", "do_one_initcall", "boot_info", "ring_text", "builtins_init"):
            assert not any(start <= address < end for start, end, _ in ranges), name


def test_lists_of_the_running_system(other):
    folder = "/lib/modules/0.1.0/modules.builtin"
    lines = other.run(f"cat {folder}.alias", f"head -n 1 {folder}.ranges", f"grep -c . {folder}", drivers=False)
    assert lines[1:2] == ["alias steps all_levels"]
    assert lines[3:4] == [".text 00000000-00000000 = __text_start"] and lines[5:] == ["5"]


def test_modinfo_and_rmmod(other):
    lines = other.run("modinfo all-levels", "rmmod all-levels", "rmmod pci", "modprobe steps",
                      "modinfo -n params builtin", "modprobe builtin", "rmmod builtin",
                      drivers=False)
    assert [harness.STAMP.sub("", line, count=1) for line in lines] == [
        "koan# modinfo all-levels", "name:           all_levels", "filename:       (builtin)",
        "alias:          steps", "description:    An initcall of each level", "license:        GPL",
        "file:           levels/all-levels", "parm:           set_early:int",
        "koan# rmmod all-levels", "rmmod: ERROR: Module all_levels is builtin.",
        "koan# rmmod pci", "rmmod: ERROR: Module pci is builtin.",
        "koan# modprobe steps",
        "koan# modinfo -n params builtin", "(builtin)",
        "/lib/modules/0.1.0/kernel/examples/builtin/builtin.ko",
        "koan# modprobe builtin", "koan# rmmod builtin", "builtin: gone"]


DRY = ["-D steps", "-R steps", "-n steps", "-n -v all-levels", "--first-time -n steps", "-n -r steps",
       "-n -q -r all_levels", "-D pci", "-n -r pci", "-n -a pci steps", "-R all-levels", "-D symbol:levels_answer"]


def test_modprobe_says_what_kmod_says(other, tmp_path):
    """The machine's own modprobe, on the lists that the build made; aliases lead to what is built in."""
    library = tmp_path / "lib" / "modules"
    shutil.copytree(other.path / "build" / "initrd" / "lib" / "modules", library)
    (release,) = os.listdir(library)
    env = {**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    subprocess.run(["depmod", "-b", str(tmp_path), release], check=True, env=env)
    wanted = []
    for words in DRY:
        done = harness.run(["modprobe", "-d", str(tmp_path), "-S", release, *words.split()], env=env)
        wanted += [f"koan# modprobe {words}; echo $?",
                   *(done.stdout + done.stderr).replace(str(tmp_path), "").splitlines(), str(done.returncode)]
    assert other.run(*(f"modprobe {words}; echo $?" for words in DRY), drivers=False) == wanted


def test_a_module_uses_what_is_built_in(other):
    assert kernel_log(other.run("modprobe asks", drivers=False)) == ["asks: 42"]
    rows = [row.split("\t") for row in (other.path / "build" / "Module.symvers").read_text().splitlines()]
    assert [row[2:4] for row in rows if row[1] == "levels_answer"] == [["vmlinux", "EXPORT_SYMBOL_GPL"]]


def test_it_is_built_once(other):
    """Nothing is compiled or linked again when nothing changed; one source, when one changed."""
    assert other.build("iso") == []
    source = other.path / "modules" / "levels" / "second.c"
    source.write_text(source.read_text().replace("device of", "changed, of"))
    compiled = other.build("iso")  # build/link has what is made anew for each kernel
    assert [path for path in compiled if not path.startswith("build/link/")] == ["modules/levels/second.c"]
    log = kernel_log(other.run("dmesg", drivers=False))
    assert "levels: changed, of all_levels" in log


def test_from_module_to_kernel_and_back(other):
    """The choice is one letter; what is left of the other choice does no harm."""
    config = other.path / ".config"
    config.write_text(CONFIG.replace("CONFIG_EXAMPLE_BUILTIN=m", "CONFIG_EXAMPLE_BUILTIN=y"))
    other.build("iso")
    assert other.run("modinfo -n builtin", drivers=False)[1:] == ["(builtin)"]
    config.write_text(CONFIG.replace("CONFIG_EXAMPLE_BUILTIN=m", "# CONFIG_EXAMPLE_BUILTIN is not set")
                      .replace("CONFIG_LEVELS=y", "# CONFIG_LEVELS is not set"))
    other.build("iso")
    assert other.run("modinfo builtin", "modinfo asks", "modinfo steps", "dmesg | grep levels",
                     drivers=False) == [
        "koan# modinfo builtin", "modinfo: ERROR: Module builtin not found.",
        "koan# modinfo asks", "modinfo: ERROR: Module asks not found.",
        "koan# modinfo steps", "modinfo: ERROR: Module steps not found.",
        "koan# dmesg | grep levels"]
