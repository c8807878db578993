# SPDX-License-Identifier: MIT
"""The ISO that a run boots: the one `make` built, or one of this run's own."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
import tempfile

from .errors import Failure, Refusal

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.join(TOP, "build")
ISO = os.path.join(BUILD, "koan.iso")
ISO_TREE = os.path.join(BUILD, "iso")  # what koan.iso was made from
MAKE_ISO = os.path.join(TOP, "tools", "build", "make-iso.sh")


def check_files(paths):
    """Refuses what cannot be put into /root: unreadable files, and two of one name."""
    seen = {}
    for path in paths:
        name = os.path.basename(path)
        try:
            # Opening something else, a pipe for example, may wait for ever.
            if not stat.S_ISREG(os.stat(path).st_mode):
                raise Refusal(f"{path}: not a regular file")
            with open(path, "rb"):
                pass
        except OSError as err:
            raise Refusal(f"{path}: {err.strerror}") from err
        if name in seen:
            raise Refusal(f"{seen[name]} and {path} would both be /root/{name}: rename one")
        seen[name] = path


def compose(folder, files, append, archives=()):
    """The path of an ISO that has `files` in /root and `append` on the kernel's command line.

    What is in the cpio `archives` wins over files of the same name in Koan's own.

    What has to be made is made in `folder`, which the caller removes.
    """
    if not os.path.exists(ISO):
        raise Refusal(f"{ISO} is not built yet: type `make` in {TOP}")
    if not files and not append and not archives:
        return ISO
    if not files and not archives:
        return _cached(folder, append)
    return _make(folder, files, append, archives)


def _cached(folder, append):
    """As _make(), but kept in the build folder: many boots differ from each other in nothing."""
    kept = os.path.join(BUILD, "iso-of", hashlib.sha1(append.encode()).hexdigest() + ".iso")
    try:
        if os.path.getmtime(kept) > os.path.getmtime(ISO):
            return kept
    except OSError:
        pass
    iso = _make(folder, [], append, ())
    try:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(kept), delete=False) as copy:
            with open(iso, "rb") as source:
                shutil.copyfileobj(source, copy)
        os.replace(copy.name, kept)  # in one step: others may be looking for it
    except OSError:
        pass  # the build folder may be read only; then each boot makes its own
    return iso


def _make(folder, files, append, archives):
    tree = os.path.join(folder, "iso")
    shutil.copytree(ISO_TREE, tree)
    initrd = os.path.join(tree, "boot", "initrd.cpio")
    if files:
        _add_files(folder, files, initrd)
    for archive in archives:
        _add_archive(archive, initrd)
    if append:
        _set_cmdline(os.path.join(tree, "boot", "grub", "grub.cfg"), append)
    iso = os.path.join(folder, "koan.iso")
    _run([MAKE_ISO, iso, tree])
    return iso


def _add_files(folder, files, initrd):
    """Appends a second archive: the kernel unpacks one after the other."""
    root = os.path.join(folder, "initrd", "root")
    os.makedirs(root)
    names = ["root"]
    for path in files:
        name = os.path.basename(path)
        shutil.copy(path, os.path.join(root, name))
        names.append("root/" + name)
    archive = _run(["cpio", "--create", "--null", "--format=newc", "--quiet", "--owner=+0:+0"],
                   cwd=os.path.dirname(root), input="\0".join(names).encode("utf-8", "surrogateescape"))
    with open(initrd, "ab") as out:
        out.write(archive)


def _add_archive(archive, initrd):
    try:
        with open(archive, "rb") as source, open(initrd, "ab") as out:
            shutil.copyfileobj(source, out)
    except OSError as err:
        raise Refusal(f"{archive}: {err.strerror}") from err


def _set_cmdline(grub_cfg, append):
    """Puts `append` into the one line of grub.cfg that is there for it."""
    if re.search(r"[\x00-\x1f'\"\\$]", append):
        raise Refusal(f"--append {append!r}: no quotes, backslashes, dollars or control characters")
    with open(grub_cfg, encoding="utf-8") as file:
        old = file.read()
    new = old.replace('set cmdline=""\n', f'set cmdline="{append}"\n')
    if new == old:
        raise Failure(f'{grub_cfg}: there is no line: set cmdline=""')
    with open(grub_cfg, "w", encoding="utf-8") as file:
        file.write(new)


def _run(command, **kwargs):
    """The standard output of `command`; when it fails, a Failure with its standard error."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                              **kwargs)
    except FileNotFoundError as err:
        raise Refusal(f"{command[0]} is not installed: type `tools/setup build`") from err
    if done.returncode:
        text = done.stderr.decode(errors="replace").strip()
        raise Failure(f"{os.path.basename(command[0])} failed ({done.returncode}): {text}")
    return done.stdout
