# SPDX-License-Identifier: MIT
"""The command line, and what each command does."""

import argparse
import os
import signal
import sys
import tempfile

from . import image, interactive
from .errors import EXIT_USAGE, Failure
from .machine import Machine, command_line
from .session import Session

EPILOG = """\
exit status of exec and of a piped run:
  0..126  that of the last command; N after `poweroff N`
  2       the launcher was asked for something that cannot be done
  70      the kernel panicked (the transcript has its words)
  71      QEMU did not start, or the machine reset itself
  124     the time was over
"""

DEFAULT_TIMEOUT = 60.0
TIMEOUT_MAX = 1e6  # eleven days; select() has a limit somewhere above


def say(text):
    """A line to the user, apart from the transcript."""
    sys.stdout.flush()
    print(f"koan: {text}", file=sys.stderr, flush=True)


def _parser():
    machine = argparse.ArgumentParser(add_help=False)
    machine.add_argument("--module", metavar="F.ko", action="append", default=[],
                         help="put this module into /root; may be given several times")
    machine.add_argument("--file", metavar="F", action="append", default=[],
                         help="put this file into /root; may be given several times")
    machine.add_argument("--initrd", metavar="F.cpio", action="append", default=[],
                         help="unpack this archive (cpio, newc) over Koan's own; may be given several times")
    machine.add_argument("--append", metavar="WORDS", action="append", default=[],
                         help='kernel command line, as in "loglevel=3"')
    machine.add_argument("--memory", metavar="SIZE", default="128M", help="default: 128M")
    machine.add_argument("--uefi", action="store_true", help="boot through UEFI firmware (OVMF)")
    machine.add_argument("--gui", action="store_true", help="open a window for the screen")
    machine.add_argument("--qemu-arg", metavar="ARG", action="append", default=[],
                         help="one more argument for QEMU, as in --qemu-arg=-icount")
    machine.add_argument("--timeout", metavar="S", type=float, default=DEFAULT_TIMEOUT,
                         help="seconds, 0 for no limit: in all for exec, for each line of a piped "
                              f"run; default: {DEFAULT_TIMEOUT:g}")

    parser = argparse.ArgumentParser(
        prog="koan", description="Starts Koan in QEMU.", epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in (("exec", "type commands, print the transcript, power off"),
                       ("run", "the console on this terminal; piped: type what stdin has"),
                       ("debug", "like run, paused for gdb")):
        sub = commands.add_parser(name, parents=[machine], help=text, description=text,
                                  epilog=EPILOG,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        if name == "debug":
            sub.add_argument("--gdbinit", metavar="F", default=os.path.join(image.BUILD, "gdbinit"),
                             help="write gdb's commands here; default: build/gdbinit")
        if name == "exec":
            sub.add_argument("--drivers", action="store_true",
                             help="load the drivers of /etc/modules-load.d at boot, as run does; "
                                  "without it a script finds no modules but its own")
            sub.add_argument("-c", metavar="CMD", dest="commands", action="append",
                             required=True, help="what to type; may be given several times")
    return parser


def _typed_lines(options):
    text = "\n".join(options.commands)
    return text.encode("utf-8", "surrogateescape").split(b"\n")


def _piped_lines(session):
    for line in sys.stdin.buffer if sys.stdin else ():
        session.extend()  # how long the line took to come is not the guest's doing
        yield line.rstrip(b"\r\n")
    session.extend()


def _kernel_words(options):
    bare = options.command == "exec" and not options.drivers
    return " ".join((["noautoload"] if bare else []) + options.append)


def _start(options, folder):
    files = options.module + options.file
    image.check_files(files)
    iso = image.compose(folder, files, _kernel_words(options), options.initrd)
    args = command_line(iso, options.memory, options.uefi, options.gui, options.qemu_arg)
    if options.command == "debug":
        return interactive.debug(args, options, folder, say)
    if options.command == "run" and sys.stdin and sys.stdin.isatty():
        return interactive.run(args, folder, say)
    with Machine(args) as machine:
        session = Session(machine, sys.stdout.buffer, say, options.timeout or None)
        if options.command == "exec":
            return session.run(_typed_lines(options))
        return session.run(_piped_lines(session))


class Terminated(Exception):
    """The launcher, not the guest, got a signal that ends it."""

    def __init__(self, number):
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.status = 128 + number


def _terminate(number, _frame):
    raise Terminated(number)


def main(argv):
    """Returns the exit status."""
    options = _parser().parse_args(argv)
    if not 0 <= options.timeout <= TIMEOUT_MAX:  # so nan is refused as well
        say(f"--timeout {options.timeout:g}: seconds, or 0 for no limit, were expected")
        return EXIT_USAGE
    # Ended from outside, still remove what was made: the exit unwinds the `with` blocks.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _terminate)
    try:
        with tempfile.TemporaryDirectory(prefix="koan-") as folder:
            return _start(options, folder)
    except (Failure, Terminated) as err:
        say(err)
        return err.status
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # the reader of the transcript has gone
        sys.stderr.close()
        return 128 + signal.SIGPIPE
