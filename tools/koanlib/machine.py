# SPDX-License-Identifier: MIT
"""QEMU: its command line, its pipes, and what its end means."""

import ctypes
import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time

from .errors import EXIT_MACHINE, EXIT_PANIC, Refusal

QEMU = "qemu-system-x86_64"

# Firmware images that hold code and variables, for -bios; then those for a flash chip.
FIRMWARE = ["/usr/share/ovmf/OVMF.fd", "/usr/share/qemu/OVMF.fd"]
FLASH = ["/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_CODE.fd",
         "/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/x64/OVMF_CODE.4m.fd"]

# The guest ends QEMU by writing N to this device; QEMU's status is then 2N + 1.
EXIT_DEVICE = "isa-debug-exit,iobase=0xf4,iosize=0x04"
GUEST_PANIC = 127  # kernel/dev/dev.h: POWEROFF_STATUS_PANIC

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def command_line(iso, memory="128M", uefi=False, gui=False, extra=()):
    """QEMU's arguments, all but those for the console."""
    if not shutil.which(QEMU):
        raise Refusal(f"{QEMU} is not installed: type `tools/setup run`")
    if not re.fullmatch(r"[1-9][0-9]*[MG]?", memory):
        raise Refusal(f"--memory {memory}: a number of megabytes, as in 128M or 2G, was expected")
    args = [QEMU, "-accel", "tcg", "-nic", "none", "-no-reboot", "-device", EXIT_DEVICE,
            "-m", memory, "-cdrom", iso, "-boot", "d"]
    if not gui:
        args += ["-display", "none"]
    if uefi:
        args += _firmware()
    return args + list(extra)


def _firmware():
    for path in FIRMWARE:
        if os.path.exists(path):
            return ["-bios", path]
    for path in FLASH:
        if os.path.exists(path):
            return ["-drive", f"if=pflash,unit=0,format=raw,readonly=on,file={path}"]
    raise Refusal("no UEFI firmware: install the package ovmf (looked for "
                  + ", ".join(FIRMWARE + FLASH) + ")")


def die_with_parent():
    """In the child: when the launcher is killed, QEMU must not live on."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class End:
    """How a machine ended, from QEMU's exit status and from whether the guest ever said a word.

    QEMU also exits with 1 when it cannot start; then the serial line stayed silent.
    """

    def __init__(self, code, spoke):
        guest = (code - 1) // 2 if code > 0 and code % 2 and spoke else None
        self.code = code
        self.panic = guest == GUEST_PANIC
        self.reset = code == 0 and spoke
        self.powered_off = guest is not None and not self.panic
        self.status = guest if self.powered_off else EXIT_PANIC if self.panic else EXIT_MACHINE

    def describe(self):
        """Why this was not a plain power-off."""
        if self.panic:
            return "the kernel panicked"
        if self.reset:
            return ("the machine reset itself without a word: a triple fault "
                    "(a fault while handling a fault), or a reboot")
        if self.code < 0:
            return f"QEMU was killed by {signal.Signals(-self.code).name}"
        return f"QEMU ended with status {self.code}"


class Machine:
    """A running QEMU whose serial line is a pair of pipes. Use with `with`: the end kills it."""

    def __init__(self, args):
        self.spoke = False
        self._stderr = tempfile.TemporaryFile()
        self._qemu = subprocess.Popen(
            args + ["-monitor", "none", "-chardev", "stdio,id=console,signal=off",
                    "-serial", "chardev:console"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, bufsize=0,
            preexec_fn=die_with_parent, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._qemu.kill()
        self._qemu.wait()
        self._qemu.stdout.close()
        try:
            self._qemu.stdin.close()
        except BrokenPipeError:
            pass
        self._stderr.close()

    def write(self, data):
        """Types. What a machine that is off does not take is nobody's loss."""
        try:
            self._qemu.stdin.write(data)
        except BrokenPipeError:
            pass

    def read(self, until):
        """What has come: bytes; b"" at the machine's end; None when time.monotonic() is `until`."""
        wait = None if until is None else max(0, until - time.monotonic())
        if not select.select([self._qemu.stdout], [], [], wait)[0]:
            return None
        data = os.read(self._qemu.stdout.fileno(), 65536)
        self.spoke = self.spoke or bool(data)
        return data

    def wait(self):
        """How the machine ended; to be asked when read() has told that it did."""
        return End(self._qemu.wait(), self.spoke)

    def stderr(self):
        """What QEMU itself had to say."""
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace").strip()
