# SPDX-License-Identifier: MIT
"""A person at the console: QEMU has the terminal, and the launcher waits."""

import os
import signal
import socket
import subprocess

from .errors import Failure
from .image import BUILD
from .machine import End, die_with_parent

GDB_PORT = 1234


def run(args, folder, say):
    """Runs QEMU on this terminal until it ends; returns the exit status."""
    log = os.path.join(folder, "console.log")  # tells a guest's power-off from QEMU's refusal
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the guest's
    say("Ctrl-A X quits, Ctrl-A C switches to QEMU's monitor")
    code = subprocess.call(
        args + ["-chardev", f"stdio,id=console,mux=on,signal=off,logfile={log}",
                "-serial", "chardev:console", "-mon", "chardev=console"],
        preexec_fn=die_with_parent)
    end = End(code, os.path.exists(log) and os.path.getsize(log) > 0)
    if end.powered_off or end.reset or code == 0:  # 0 is also Ctrl-A X
        return end.status if end.powered_off else 0
    say(end.describe())
    return end.status


def debug_arguments(say):
    """QEMU's arguments for a machine that waits for gdb; tells the user how to start that."""
    port = _free_port()
    gdbinit = os.path.join(BUILD, "gdbinit")
    with open(gdbinit, "w", encoding="utf-8") as file:
        file.write("# Written by tools/koan debug.\n"
                   f"symbol-file {BUILD}/koan.elf\n"
                   f"target remote localhost:{port}\n")
    say("the machine is paused before its first instruction. In another terminal, type:\n"
        f"    gdb -x {os.path.relpath(gdbinit)}\n"
        "and there, for example:\n"
        "    break kernel_main\n"
        "    continue")
    return ["-S", "-gdb", f"tcp:localhost:{port}"]


def _free_port():
    """1234 if nobody has it, else one that the system gives."""
    for port in (GDB_PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("localhost", port))
                return probe.getsockname()[1]
            except OSError:
                continue
    raise Failure("no TCP port is free for gdb")
