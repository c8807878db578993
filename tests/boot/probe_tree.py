# SPDX-License-Identifier: MIT
"""The tree that the tests of modprobe look at: Koan's modules, those of modules/probe, a configuration."""

import os
import shutil

import harness
from library import LIB, RELEASE, copy_library, depmod, pack, write

NESTED = 60  # more than may wait for each other

CONFIG = """\
# aliases, options and the rest, as people write them
alias tall opts
alias sm* chain_a
alias small-[0-9-] soft
alias round-about tall
alias to-nowhere nothing-there
alias banned refuses
options tall word=tall
options opts	level=1  word="two words"
options chain-c \\
nothing=1
blacklist refuses
softdep opts pre: soft-before-x nowhere post: refuses
softdep opts pre: chain_a
install in_vain /bin/false
install in-peace /bin/true
install chatty /bin/echo one two
remove in-peace /bin/false
"""


class Tree:
    """A folder with lib/modules and etc, and its archive."""

    def __init__(self, folder, probe):
        self.folder, self.archive = folder, None
        self.lib = folder / LIB
        copy_library(folder)
        (self.lib / "extra").mkdir()
        for path in probe.glob("*.ko"):
            shutil.copy(path, self.lib / "extra")
        nest = (probe / "nest_00.ko").read_bytes()
        for i in range(1, NESTED):
            (self.lib / f"extra/nest_{i:02d}.ko").write_bytes(
                nest.replace(b"nest_00", b"nest_%02d" % i))
        with open(self.lib / "modules.builtin", "a", encoding="ascii") as file:
            file.write("kernel/lib/inside-it.ko\n")
        write(folder / "etc/modprobe.d/test.conf", CONFIG)

    def finish(self):
        depmod(self.folder)
        self.archive = pack(self.folder)
        return self.archive

    def start(self, boot):
        """A machine with what finish() packed; what is said only once is said."""
        console = boot(initrds=[self.archive])
        console.ok("modprobe chain_c; modprobe -r chain_c")
        return console

    def kmod(self, arguments):
        """(status, standard output and error) of the real modprobe, with Koan's paths in them."""
        done = harness.run(["sh", "-c", f'PATH=$PATH:/usr/sbin:/sbin; exec modprobe -d "$1" -S "$2" '
                            f'-C "$1/etc/modprobe.d" {arguments} 2>&1', "sh", self.folder, RELEASE],
                           env={**os.environ, "LC_ALL": "C"})
        return done.returncode, done.stdout.replace(str(self.folder), "")


def inserted(*names):
    """What modprobe -v says of modules of modules/probe."""
    return "".join(f"insmod /{LIB}/extra/{name}.ko \n" for name in names)
