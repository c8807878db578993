# SPDX-License-Identifier: MIT
"""Compressed modules: gzip's files load and are shown; what is damaged is refused, and loses nothing."""

import gzip
import lzma
import os
import struct

import pytest

import harness
from library import LIB, RELEASE, copy_library, pack

REFUSED = "insmod: ERROR: could not insert module {}: {}"


def files(hello, folder):
    """{name: path} of compressed modules, good and bad."""
    good = gzip.compress(hello, 9)
    empty = b"\x1f\x8b\x08" + bytes(7) + b"\x03\0" + bytes(8)
    made = {
        "hello.ko.gz": good,
        "renamed.ko": good,
        "stored.ko.gz": gzip.compress(hello, 0),
        "twice.ko.gz": gzip.compress(good),
        "plain.ko.gz": hello,
        "empty.ko.gz": b"",
        "nothing.ko.gz": empty,
        "cut.ko.gz": good[:len(good) // 2],
        "short.ko.gz": good[:11],
        "bit.ko.gz": good[:1000] + bytes([good[1000] ^ 4]) + good[1001:],
        "sum.ko.gz": good[:-8] + bytes([good[-8] ^ 1]) + good[-7:],
        "less.ko.gz": good[:-4] + struct.pack("<I", len(hello) - 1),
        "more.ko.gz": good[:-4] + struct.pack("<I", len(hello) + 1),
        "bomb.ko.gz": good[:-4] + struct.pack("<I", 0xffffffff),
        "large.ko.gz": gzip.compress(bytes(200 << 20), 9),
        "hello.ko.xz": lzma.compress(hello),
        "hello.ko.zst": b"\x28\xb5\x2f\xfd" + good,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in made}


@pytest.fixture(scope="module")
def library(tmp_path_factory, own_modules):
    """An archive of /lib/modules where greeter, and visitor, which needs it, are compressed."""
    tree = tmp_path_factory.mktemp("library") / "tree"
    copy_library(tree)
    for name in ("greeter", "visitor"):
        (path,) = tree.rglob(f"{name}.ko")
        with open(own_modules[name], "rb") as file:
            path.with_suffix(".ko.gz").write_bytes(gzip.compress(file.read()))
        path.unlink()
    done = harness.run([os.path.join(harness.TOP, "tools/build/depmod.sh"), tree / LIB, RELEASE])
    assert done.returncode == 0 and not done.stderr, done.stderr
    return pack(tree)


@pytest.fixture(scope="module")
def console(boot, library, own_modules, tmp_path_factory):
    with open(own_modules["hello"], "rb") as file:
        made = files(file.read(), tmp_path_factory.mktemp("compressed"))
    return boot(initrds=[library], modules=[own_modules["hello"]], files=made.values())


@pytest.fixture(autouse=True)
def nothing_is_lost(console):
    before = console.counts()
    yield
    assert console.counts() == before


@pytest.mark.parametrize("name", ["hello.ko.gz", "renamed.ko", "stored.ko.gz"])
def test_insmod(console, name):
    """It is the name inside that counts, and the bytes, not what the file is called."""
    result = console.run(f"insmod {name}")
    assert result.status == 0 and result.log, result
    assert console.ok("lsmod").splitlines()[1].startswith("hello ")
    console.ok("rmmod hello")


def test_modinfo(console):
    plain = console.ok("modinfo hello.ko").splitlines()
    packed = console.ok("modinfo hello.ko.gz").splitlines()
    assert packed[0] == "filename:       /root/hello.ko.gz"
    assert packed[1:] == plain[1:] and len(plain) > 5


def test_modprobe(console):
    folder = f"/lib/modules/{RELEASE}/kernel/examples/export"
    assert console.ok("modprobe -v visitor") == (
        f"insmod {folder}/greeter.ko.gz \ninsmod {folder}/visitor.ko.gz \n")
    assert console.ok("modinfo -F filename visitor") == f"{folder}/visitor.ko.gz\n"
    console.ok("modprobe -r visitor")


def test_what_the_kernel_knows(console):
    assert console.ok("cat /sys/module/compression") == "gzip\n"


EARLY = ["decompression failed with status -5", "the compressed file ends too early"]
SUM = ["decompression failed with status -3", "the checksum of what was unpacked is wrong"]
OVER = ["decompression failed with status -5", "the compressed file holds more than it says at its end"]
LIE = ["decompression failed with status -5", "the compressed file says that it holds more than it can"]
NOT_GZIP = ["not a gzip compressed module"]


@pytest.mark.parametrize("name, words, log", [
    ("plain.ko.gz", "Invalid parameters", NOT_GZIP),
    ("empty.ko.gz", "Invalid parameters", NOT_GZIP),
    ("cut.ko.gz", "Invalid parameters", None),
    ("short.ko.gz", "Invalid parameters", EARLY),
    ("sum.ko.gz", "Invalid parameters", SUM),
    ("less.ko.gz", "Invalid parameters", OVER),
    ("more.ko.gz", "Invalid parameters", EARLY),
    ("bomb.ko.gz", "Invalid parameters", LIE),
    ("bit.ko.gz", "Invalid parameters", None),
    ("large.ko.gz", "Cannot allocate memory", [f"no memory for a module of {200 << 20} bytes"]),
    ("nothing.ko.gz", "Invalid module format", ["Invalid ELF header len 0"]),
    ("twice.ko.gz", "Invalid module format", ["Invalid ELF header magic: != \x7fELF"]),
    ("hello.ko.xz", "Operation not supported",
     ["the module is compressed with xz, and only gzip is built in: unpack it with `xz -d' first"]),
    ("hello.ko.zst", "Operation not supported",
     ["the module is compressed with zstd, and only gzip is built in: unpack it with `zstd -d' first"]),
])
def test_refused(console, name, words, log):
    result = console.run(f"insmod {name}")
    assert (result.status, result.lines[0]) == (1, REFUSED.format(name, words)), result
    if log is None:  # what is found first depends on where the damage is
        assert len(result.log) == 2 and result.log[0].startswith("decompression failed with status "), result
    else:
        assert result.log == log, result


@pytest.mark.parametrize("name", ["cut", "sum", "plain", "bomb"])
def test_modinfo_of_a_bad_file(console, name):
    result = console.run(f"modinfo {name}.ko.gz")
    assert (result.status, result.output) == (
        1, f"modinfo: ERROR: could not get modinfo from '{name}': Invalid argument\n")
