# SPDX-License-Identifier: MIT
"""A person at the console: QEMU has the terminal, and the launcher waits."""

import os
import shlex
import signal
import socket
import subprocess

from .errors import Refusal
from .image import BUILD, TOP
from .machine import End, die_with_parent


def run(args, folder, say, pass_fds=()):
    """Runs QEMU on this terminal until it ends; returns the exit status."""
    log = os.path.join(folder, "console.log")  # tells a guest's power-off from QEMU's refusal
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the guest's
    say("Ctrl-A X quits, Ctrl-A C switches to QEMU's monitor")
    code = subprocess.call(
        args + ["-chardev", f"stdio,id=console,mux=on,signal=off,logfile={log}",
                "-serial", "chardev:console", "-mon", "chardev=console"],
        preexec_fn=die_with_parent, pass_fds=pass_fds)
    end = End(code, os.path.exists(log) and os.path.getsize(log) > 0)
    if end.powered_off or end.reset or code == 0:  # 0 is also Ctrl-A X
        return end.status if end.powered_off else 0
    say(end.describe())
    return end.status


def debug(args, options, folder, say):
    """As run(), but QEMU waits for gdb, before the first instruction.

    What gdb has to do first is in the file `options.gdbinit`. They talk over a socket in `folder`,
    which is this run's own, as no port is. It listens before the user hears of it.
    """
    with socket.socket(socket.AF_UNIX) as listener:
        path = os.path.join(folder, "gdb")
        listener.bind(path)
        listener.listen()
        _write_gdbinit(options.gdbinit, options.module, path)
        say("the machine is paused before its first instruction. In another terminal, type:\n"
            f"    gdb -x {os.path.realpath(options.gdbinit)}\n"
            "and there, for example:\n"
            "    break do_init_module\n"
            "    continue\n"
            "koan-lsmod, koan-dmesg, koan-exports and koan-symbols show more (help koan-lsmod);\n"
            "docs/debugging.md has a whole session")
        return run(args + ["-S", "-gdb", "chardev:gdb", "-chardev",
                           f"socket,id=gdb,server=on,wait=off,fd={listener.fileno()}"],
                   folder, say, (listener.fileno(),))


def _write_gdbinit(gdbinit, modules, path):
    lines = ["# Written by tools/koan debug.",
             shlex.join(["file", f"{BUILD}/koan.elf"]),
             f"source {TOP}/tools/gdb/koan.py",
             "set breakpoint pending on",  # a module that is not loaded yet
             f"target remote {path}",
             shlex.join(["koan-symbols"] + [os.path.realpath(module) for module in modules])]
    try:
        with open(gdbinit, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError as err:
        raise Refusal(f"{gdbinit}: {err.strerror}") from err
