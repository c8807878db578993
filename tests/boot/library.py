# SPDX-License-Identifier: MIT
"""Initrds with a /lib/modules of one's own: folders, kmod's depmod, archives."""

import os
import shutil

import harness

RELEASE = os.listdir(os.path.join(harness.BUILD, "initrd", "lib", "modules"))[0]
LIB = os.path.join("lib", "modules", RELEASE)


def copy_library(tree):
    """Koan's /lib/modules, into the folder that becomes an archive's root; returns where it is."""
    return shutil.copytree(os.path.join(harness.BUILD, "initrd", LIB), tree / LIB)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def pack(tree):
    """The path of a cpio archive of it."""
    names = sorted(str(path.relative_to(tree)) for path in tree.rglob("*"))
    archive = str(tree) + ".cpio"
    with open(archive, "wb") as out:
        done = harness.subprocess.run(["cpio", "--create", "--null", "--format=newc", "--quiet"],
                                      cwd=tree, input="\0".join(names).encode(), stdout=out,
                                      check=False)
    assert done.returncode == 0
    return archive


def depmod(tree):
    done = harness.run(["depmod", "-b", str(tree), RELEASE],
                       env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})
    assert done.returncode == 0 and not done.stderr, done.stderr
