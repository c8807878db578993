# SPDX-License-Identifier: MIT
"""The outside judge: the same command lines given to bash and the tools of this machine."""

import re
import shutil

import pexpect

import harness

# As Koan's console: 80 columns, names as they are, the C locale.
ENVIRONMENT = {"LC_ALL": "C", "QUOTING_STYLE": "literal", "COLUMNS": "80", "TERM": "dumb",
               "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"}

FILES = {
    "poem": "The wind is high,\nthe sea is low;\nthe wind has told\nwhere ships will go.\n\n"
            "Low tide, high tide,\n  two spaces lead\nand\ttabs are in between.\n",
    "numbers": "10\n9\n100\n-3\n0\n7\n10\n007\n25\n 3\n3x\nnone\n",
    "twelve": "".join(f"line {n}\n" for n in range(1, 13)),
    "no-newline": "first\nlast without end",
    "empty": "",
    "one-byte": "x",
    "blank": "\n\n\n",
    "words": "apple Banana cherry\nbanana\napple\nCherry\n  apple\nbanana\nZebra\n_under\n1one\n",
    "regex": "a.b\na+b\naab\nab\nabab\n[x]\n^start\nend$\nfoo(bar)\n{2}\nback\\slash\nUPPER lower\n"
             "x1y22z333\nfoobar barfoo foo_bar foo-bar\n",
    "long": "w" * 3000 + " " + "v" * 3000 + "\n",
    "bytes": "".join(map(chr, range(200))) + "\0" * 100 + "end of zeros" + "\xff" * 80,
    "b.txt": "in b\n", "a.txt": "in a\n", "c.md": "in c\n",
}


class Outside:
    """A folder with FILES, and bash in it."""

    def __init__(self, folder):
        self.folder = folder
        for name, content in FILES.items():
            (folder / name).write_text(content)

    def paths(self):
        return [self.folder / name for name in FILES]

    def add(self, path):
        """Another file."""
        shutil.copy(path, self.folder)

    def run(self, command):
        """(what a terminal would show, exit status)."""
        bash = pexpect.spawn("/bin/bash", ["--norc", "--noprofile", "-c", command],
                             cwd=str(self.folder), env=ENVIRONMENT, encoding="utf-8",
                             codec_errors="surrogateescape", timeout=harness.HANG_SECONDS)
        bash.ptyproc.delayafterclose = 0
        text = bash.read()
        bash.wait()
        bash.close()
        return as_koan(text.replace("\r\n", "\n"), str(self.folder)), bash.exitstatus


def as_koan(text, folder):
    """What bash -c says in front of its own errors, a shell at a prompt leaves out."""
    text = re.sub(r"^/bin/bash: -c: line \d+: `.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^/bin/bash: (-c: )?(line \d+: )?", "koan: ", text, flags=re.MULTILINE)
    return text.replace(folder, "/root")
