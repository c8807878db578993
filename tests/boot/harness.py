# SPDX-License-Identifier: MIT
"""What the boot tests stand on: a machine that takes commands, and builds of modules.

A Console is one boot behind `tools/koan run`, the same door a user has; it is cheap to give it
many commands and dear (a second) to boot another. Nothing here depends on how fast anything is:
time-outs only tell that something hangs.
"""

import os
import re
import shutil
import subprocess

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.join(TOP, "build")
KOAN = os.path.join(TOP, "tools", "koan")

HANG_SECONDS = 60  # nothing a test asks for takes a tenth of that

EXIT_PANIC = 70
EXIT_TIMEOUT = 124

STAMP = re.compile(r"\[ *\d+\.\d{6}\] ")
ASK = "echo =$?="
ANSWER = re.compile(r"koan[#$] " + re.escape(ASK) + r"\n=(\d+)=\n\Z")


class Ended(Exception):
    """The machine ended while a test was still typing."""

    def __init__(self, command, status, text, errors):
        super().__init__(f"after {command!r} the machine ended with status {status}\n"
                         f"{text}\n{errors}")
        self.status = status
        self.text = text


class Result:
    """What one command did. `log` has the kernel's messages without stamps, `output` the rest."""

    def __init__(self, command, text, status):
        self.command = command
        self.text = text
        self.status = status
        self.output, self.log = split_log(text)

    def __repr__(self):
        return f"{self.command!r} -> {self.status}\n{self.text}"

    @property
    def lines(self):
        return self.output.splitlines()


def split_log(text):
    """(what commands wrote, [what the kernel said]): messages are told by their stamps."""
    output, log = [], []
    for line in text.splitlines(keepends=True):
        if STAMP.match(line):
            log.append(STAMP.sub("", line, count=1).rstrip("\n"))
        else:
            output.append(line)
    return "".join(output), log


def arguments(modules=(), files=(), initrds=(), append="", memory=None, uefi=False, qemu=(),
              timeout=None, drivers=True):
    """The launcher's options. Without drivers, no module is loaded at boot."""
    args = []
    if not drivers:
        append = f"noautoload {append}".strip()
    for path in modules:
        args += ["--module", str(path)]
    for path in files:
        args += ["--file", str(path)]
    for path in initrds:
        args += ["--initrd", str(path)]
    if append:
        args += ["--append", append]
    if memory:
        args += ["--memory", memory]
    if uefi:
        args += ["--uefi"]
    for word in qemu:
        args += [f"--qemu-arg={word}"]
    return args + ["--timeout", str(timeout or HANG_SECONDS)]


class Console:
    """A booted Koan at its prompt; without drivers, so that a test knows which modules there are."""

    def __init__(self, drivers=False, launcher=None, **options):
        options["drivers"] = drivers
        self._koan = subprocess.Popen([launcher or KOAN, "run"] + arguments(**options), stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def _type(self, line):
        try:
            self._koan.stdin.write(line.encode("utf-8", "surrogateescape") + b"\n")
        except BrokenPipeError:
            pass  # the next read tells why

    def run(self, command):
        """Types one line; returns its Result."""
        self._type(command)
        self._type(ASK)
        data = b""
        while True:
            more = os.read(self._koan.stdout.fileno(), 65536)
            if not more:
                raise Ended(command, self._koan.wait(), data.decode(errors="replace"),
                            self._koan.stderr.read().decode(errors="replace"))
            data += more
            if data.endswith(b"=\n"):
                text = data.decode("utf-8", "surrogateescape")
                answer = ANSWER.search(text)
                if answer:
                    break
        text = text[:answer.start()]
        typed, _, text = text.partition("\n")
        # The launcher types a tab as a space.
        assert re.sub("^koan[#$] ", "", typed) == command.replace("\t", " "), \
            f"typed {command!r}, the console shows {typed!r}"
        return Result(command, text, int(answer.group(1)))

    def ok(self, command):
        """As run(), for a command that must succeed; returns what it wrote."""
        result = self.run(command)
        assert result.status == 0, result
        return result.output

    def counts(self):
        """The exact counters at the end of /proc/meminfo, and how many modules are listed."""
        rows = dict(line.split() for line in self.ok("cat /proc/meminfo").splitlines()
                    if not line.endswith("kB"))
        counts = {name.rstrip(":"): int(value) for name, value in rows.items()}
        assert {"FramesFree", "HeapBytes", "HeapObjects", "ModulePages"} <= set(counts), rows
        counts["modules"] = int(self.ok("cat /proc/modules | wc -l"))
        return counts

    def close(self):
        """Ends the input, which powers the machine off; returns the launcher's status."""
        if self._koan.stdin:
            try:
                self._koan.stdin.close()
            except BrokenPipeError:
                pass
            self._koan.stdin = None
            self._koan.stdout.read()
            self._koan.stdout.close()
            self._koan.stderr.close()
        return self._koan.wait()


def koan_exec(*commands, **options):
    """One boot through `tools/koan exec`; returns subprocess's result, as text."""
    args = [KOAN, "exec"] + (["--drivers"] if options.get("drivers", True) else []) \
        + arguments(**options)
    for command in commands:
        args += ["-c", command]
    return run(args)


def run(args, **kwargs):
    """A host command, with its output as text."""
    kwargs.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="surrogateescape", check=False, **kwargs)


def build_modules(folder, *args):
    """`make -C KOAN M=folder modules`; returns make's result, which must be a success."""
    done = run(["make", "-C", TOP, f"M={folder}", *args, "modules"], env=clean_environment())
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def clean_environment(**extra):
    """The environment without what an outer make leaves in it."""
    env = {name: value for name, value in os.environ.items()
           if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "M", "V")}
    env.update(extra)
    return env


def copy_sources(folder, target):
    """A copy to build in, so that nothing is written beside the sources."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns(
        "*.o", "*.ko", "*.mod", "*.mod.c", "*.order", "*.symvers", ".*"))
    return str(target)
