#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench.py: what Koan costs. Run by `make bench`.

Time is measured from QEMU's start to the first sign of life, Koan's prompt and the first character
of an empty kernel (empty.asm) in turns, so that both see the same machine in the same mood. What
lies between the two is Koan's own; the empty kernel's is firmware and GRUB.

Instructions are counted by QEMU while it records the run (-icount with rr=record): gdb stops the
guest at a function and asks how many instructions there were. These figures do not depend on the
machine, and repeat to the last digit or two.

(Recording loses what is typed faster than 16 characters at once, the depth of the serial line's
queue: so the commands are short, and gdb ends the machine when it has all its figures.)

Loading is measured with two modules of N symbols each: one exports N functions, the other calls
all of them. What counts is module_load(), from its first instruction to its return.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.join(TOP, "build")
KOAN = os.path.join(TOP, "tools", "koan")
sys.path.insert(0, os.path.join(TOP, "tools"))

from koanlib.machine import Machine, command_line  # noqa: E402

HANG_SECONDS = 600

EXPORTER = """\
#include <linux/init.h>
#include <linux/module.h>

{functions}
static int __init exporter_init(void)
{{
	return 0;
}}

static void __exit exporter_exit(void)
{{
}}

module_init(exporter_init);
module_exit(exporter_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports {n} functions");
"""

EXPORTED = """\
int bench_function_{i:06}(void);
int bench_function_{i:06}(void)
{{
	return {i};
}}
EXPORT_SYMBOL_GPL(bench_function_{i:06});
"""

USER = """\
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

{declarations}
static int total;

static int __init user_init(void)
{{
{calls}
	printk(KERN_INFO "user: %d\\n", total);
	return 0;
}}

static void __exit user_exit(void)
{{
}}

module_init(user_init);
module_exit(user_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Calls {n} functions");
"""


# --- time ---

def seconds_to(sign, iso):
    """From QEMU's start until `sign` comes over the serial line."""
    start = time.monotonic()
    with Machine(command_line(iso)) as machine:
        text = b""
        while sign not in text:
            data = machine.read(start + HANG_SECONDS)
            if not data:
                sys.exit(f"bench: {iso} did not say {sign!r}:\n{text.decode(errors='replace')}")
            text += data
        return time.monotonic() - start


def measure_time(runs):
    """Medians in milliseconds: (empty kernel, Koan)."""
    empty, koan = [], []
    for _ in range(runs):
        empty.append(seconds_to(b"!", os.path.join(BUILD, "bench", "empty.iso")))
        koan.append(seconds_to(b"koan# ", os.path.join(BUILD, "koan.iso")))
    return [round(statistics.median(times) * 1000) for times in (empty, koan)]


# --- instructions ---

def address_of(symbol):
    done = subprocess.run(["nm", os.path.join(BUILD, "koan.elf")], check=True, text=True,
                          stdout=subprocess.PIPE)
    return int(re.search(rf"^(\w+) \w {symbol}$", done.stdout, re.MULTILINE).group(1), 16)


def entry_point():
    done = subprocess.run(["readelf", "-hW", os.path.join(BUILD, "koan.elf")], check=True, text=True,
                          stdout=subprocess.PIPE)
    return int(re.search(r"Entry point address: +(0x\w+)", done.stdout).group(1), 16)


def stop_at(place):
    """gdb's commands for: run up to there, and say how many instructions that were."""
    return [f"hbreak *{place}", "continue", "monitor info replay", "delete"]


def count_instructions(places, folder, modules=(), commands=("true",)):
    """How many instructions the guest had executed at each of `places`, in their order."""
    socket, script = os.path.join(folder, "gdb"), os.path.join(folder, "script")
    with open(script, "w", encoding="ascii") as file:
        lines = ["set confirm off", f"target remote {socket}"]
        for place in places:
            lines += stop_at(place)
        lines += ["kill"]
        file.write("\n".join(lines) + "\n")
    record = f"shift=0,rr=record,rrfile={folder}/record"
    args = [KOAN, "exec", "--timeout", str(HANG_SECONDS), "--append", "noautoload"]
    for word in ("-S", "-gdb", f"unix:{socket},server=on,wait=off", "-icount", record):
        args.append(f"--qemu-arg={word}")
    for path in modules:
        args += ["--module", path]
    for command in commands:
        args += ["-c", command]
    with subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True) as koan:
        while not os.path.exists(socket) and koan.poll() is None:
            time.sleep(0.01)
        gdb = subprocess.run(["gdb", "-q", "-nx", "-batch", "-x", script], text=True, check=False,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=HANG_SECONDS)
        transcript, _ = koan.communicate(timeout=HANG_SECONDS)
    counts = [int(n) for n in re.findall(r"instruction count = (\d+)", gdb.stdout)]
    if len(counts) != len(places):
        sys.exit(f"bench: the guest was not measured:\n{gdb.stdout}\n{transcript}")
    return counts


def measure_boot(folder):
    """Instructions from the kernel's entry to its prompt."""
    entry, prompt = count_instructions([entry_point(), address_of("line_start")], folder)
    return prompt - entry


# --- loading ---

def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def build_pair(n, folder):
    """The two modules of n symbols; returns their paths."""
    numbers = range(n)
    write(os.path.join(folder, "e.c"), EXPORTER.format(
        n=n, functions="\n".join(EXPORTED.format(i=i) for i in numbers)))
    write(os.path.join(folder, "u.c"), USER.format(
        n=n, declarations="\n".join(f"int bench_function_{i:06}(void);" for i in numbers),
        calls="\n".join(f"\ttotal += bench_function_{i:06}();" for i in numbers)))
    write(os.path.join(folder, "Kbuild"), "obj-m := e.o u.o\n")
    done = subprocess.run(["make", "-s", "-C", TOP, f"M={folder}", "modules"], text=True,
                          check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=environment())
    if done.returncode:
        sys.exit(f"bench: {done.stdout}")
    paths = [os.path.join(folder, name) for name in ("e.ko", "u.ko")]
    for path in paths:  # the launcher's ISO need not carry what only gdb reads
        subprocess.run(["strip", "--strip-debug", path], check=True)
    return paths


def environment():
    return {name: value for name, value in os.environ.items()
            if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")}


def measure_loading(n, folder):
    """Instructions of module_load() for each of the pair."""
    paths = build_pair(n, folder)
    load = address_of("module_load")
    back = "*(unsigned long *)$rsp"  # on entry, the return address is what the stack begins with
    counts = count_instructions([address_of("line_start"), load, back, load, back], folder,
                                paths, ["insmod e.ko", "insmod u.ko"])
    return counts[2] - counts[1], counts[4] - counts[3]


# --- the report ---

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--exports", type=int, nargs="+", default=[1000])
    options = parser.parse_args()

    empty, koan = measure_time(options.runs)
    print(f"from QEMU's start, median of {options.runs} boots of an ISO (BIOS)")
    print(f"  empty kernel, first character   {empty:>8} ms")
    print(f"  Koan, prompt                    {koan:>8} ms   {koan - empty:+} ms")
    print("instructions")
    with tempfile.TemporaryDirectory(prefix="koan-bench-") as folder:
        print(f"  kernel's entry to prompt        {measure_boot(folder):>15,}")
    for n in options.exports:
        with tempfile.TemporaryDirectory(prefix="koan-bench-") as folder:
            exporter, user = measure_loading(n, folder)
        print(f"  load a module of {n:>6} exports  {exporter:>15,}   {exporter // n:>7,} each")
        print(f"  load one that imports them all  {user:>15,}   {user // n:>7,} each", flush=True)


if __name__ == "__main__":
    main()
