# SPDX-License-Identifier: MIT
"""Versions of symbols: who was built against something else is not loaded."""

import re
import struct
import types
from pathlib import Path

import pytest

import harness
import versions
from conftest import rewrite

ROW = 64  # struct modversion_info


class Built:
    """The two modules as they were, the lender as it is now, and borrowers with damaged tables."""

    def __init__(self, top):
        def make(*arguments):
            return harness.run(["make", "-C", harness.TOP, *arguments], env=harness.clean_environment())

        tree = types.SimpleNamespace(path=top, make=make)
        lender, borrower = versions.pair(tree)
        self.top, self.files = top, {}
        self.keep("borrower", borrower)
        self.keep("lender_then", lender)
        self.then = versions.of(lender.parent / "Module.symvers")
        self.used = versions.dumped(harness.run(["/sbin/modprobe", "--dump-modversions", borrower]).stdout)
        versions.change(tree, lender)
        self.keep("lender_now", lender)
        self.now = versions.of(lender.parent / "Module.symvers")
        self.damage()

    def keep(self, name, path):
        self.files[name] = self.top / f"{name}.ko"
        self.files[name].write_bytes(path.read_bytes())

    def forge(self, name, source, old, new):
        self.files[name] = self.top / f"{name}.ko"
        rewrite(self.files[source], self.files[name], old, new)

    def row(self, name):
        return struct.pack("<Q", int(self.used[name], 16)) + name.encode() + b"\0"

    def damage(self):
        lend, layout = self.row("lend"), self.row("module_layout")
        self.forge("silent", "borrower", lend, lend.replace(b"lend", b"lent"))
        self.forge("endless", "borrower", lend.ljust(ROW, b"\0"), lend[:8].ljust(ROW, b"x"))
        self.forge("other_layout", "borrower", layout, b"\1\2\3\4" + layout[4:])
        self.forge("tableless", "borrower", b"\0__versions\0", b"\0__versionz\0")
        self.forge("unversioned", "lender_now", b"\0__kcrctab\0", b"\0__kcrctaz\0")
        self.forge("other_release", "borrower", b"vermagic=0.1.0 ", b"vermagic=9.1.0 ")
        self.files["odd"] = self.top / "odd.ko"
        self.files["odd"].write_bytes(one_byte_less(self.files["borrower"], "__versions"))


def one_byte_less(path, section):
    """The file with that section's sh_size, at byte 32 of its Elf64_Shdr, made smaller."""
    data = bytearray(path.read_bytes())
    headers = harness.run(["readelf", "-hSW", path]).stdout
    start = int(re.search(r"Start of section headers: +(\d+)", headers).group(1))
    index, size = re.search(r"\[ *(\d+)\] " + section + r" +PROGBITS +\w+ \w+ (\w+) ", headers).groups()
    at = start + 64 * int(index) + 32
    assert struct.unpack_from("<Q", data, at)[0] == int(size, 16)
    struct.pack_into("<Q", data, at, int(size, 16) - 1)
    return data


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return Built(tmp_path_factory.mktemp("versions"))


@pytest.fixture(scope="module")
def console(boot, built):
    return boot(modules=built.files.values())


@pytest.fixture(autouse=True)
def nothing_is_left(console):
    before = console.counts()
    yield
    for name in ("borrower", "lender"):
        console.run(f"rmmod {name}")
    assert console.counts() == before


def refused(result, file, words="Invalid module format"):
    assert (result.status, result.lines[0]) == (
        1, f"insmod: ERROR: could not insert module {file}.ko: {words}"), result


def test_what_the_host_reads(built):
    """kmod finds in the borrower what modpost wrote down about the lender and the kernel."""
    kernel = versions.of(Path(harness.BUILD, "Module.symvers"))
    assert set(built.used) == {"lend", "unchanged", "module_layout", "printk"}
    for name, crc in built.used.items():
        assert crc == {**kernel, **built.then}[name] != "0x00000000"


def test_only_what_changed_has_another_version(built):
    assert built.then["lend"] != built.now["lend"]
    assert built.then["unchanged"] == built.now["unchanged"]


def test_every_export_of_the_kernel_has_a_version(system_map):
    """And Module.symvers says what lies in the kernel's tables."""
    said = versions.of(Path(harness.BUILD, "Module.symvers"))
    assert said and "0x00000000" not in said.values()
    image = Path(harness.BUILD, "koan.elf").read_bytes()
    headers = harness.run(["readelf", "-SW", f"{harness.BUILD}/koan.elf"]).stdout
    sections = [tuple(int(n, 16) for n in row) for row in
                re.findall(r"PROGBITS +(\w{16}) (\w+) (\w+) ", headers)]
    for symbol, crc in said.items():
        at = system_map[f"__crc_{symbol}"]
        start, offset, _ = next(s for s in sections if s[0] <= at < s[0] + s[2])
        assert struct.unpack_from("<I", image, at - start + offset)[0] == int(crc, 16), symbol


def test_same_versions(console):
    console.ok("insmod lender_then.ko")
    result = console.run("insmod borrower.ko")
    assert (result.status, result.output, result.log[-1]) == (0, "", "borrowed")


def test_another_version(console, built):
    """One field of a structure, and only the exporter built anew: both versions are told, and the cure."""
    console.ok("insmod lender_now.ko")
    result = console.run("insmod borrower.ko")
    refused(result, "borrower", "Invalid parameters")
    assert result.log == [
        "borrower: disagrees about version of symbol lend",
        f"borrower: lend has version {built.now['lend']} in lender, but borrower was built for "
        f"{built.then['lend']}: build borrower anew against lender's Module.symvers",
        "borrower: Unknown symbol lend (err -22)"]
    assert console.ok("cat /proc/modules").split()[:3] == ["lender", "12288", "0"]


def test_no_version_of_one_symbol(console):
    """It is let in: that is how modules work that were built without the exporter's Module.symvers."""
    console.ok("insmod lender_now.ko")
    result = console.run("insmod silent.ko")
    assert (result.status, result.log) == (0, ["borrower: no symbol version for lend", "borrowed"])


def test_a_name_without_an_end(console):
    console.ok("insmod lender_then.ko")
    result = console.run("insmod endless.ko")
    refused(result, "endless")
    assert re.fullmatch(r"borrower: __versions row \d: the name has no end", result.log[0])


def test_a_table_of_odd_size(console):
    result = console.run("insmod odd.ko")
    refused(result, "odd")
    assert result.log == ["borrower: __versions has 255 bytes, no whole number of 64-byte rows"]


def test_another_layout(console, built):
    """Refused before anything else is looked at."""
    result = console.run("insmod other_layout.ko")
    refused(result, "other_layout")
    assert result.log == [
        "borrower: disagrees about version of symbol module_layout",
        f"borrower: module_layout has version {built.used['module_layout']} in kernel, but borrower was built for "
        "0x04030201: build borrower anew against kernel's Module.symvers"]


def test_another_release(console):
    """Versions say more about what fits than a number does."""
    console.ok("insmod lender_then.ko")
    assert console.run("insmod other_release.ko").status == 0
    assert console.ok("modinfo -F vermagic other_release.ko").startswith("9.1.0 mod_unload ")


def test_no_versions_at_all(boot, built):
    """Refused, unless it is insisted; that taints."""
    machine = boot(modules=[built.files["tableless"], built.files["unversioned"]])
    result = machine.run("insmod tableless.ko")
    refused(result, "tableless")
    assert result.log == ["borrower: has no versions of the symbols it uses: "
                          "build it with this kernel's configuration"]
    result = machine.run("insmod unversioned.ko")
    refused(result, "unversioned")
    assert result.log[-1] == ("lender: no versions for exported symbols: "
                              "build it with this kernel's configuration")
    result = machine.run("insmod -f unversioned.ko")
    assert (result.status, result.log[0]) == (0, "lender: module_layout: kernel tainted.")
    result = machine.run("insmod -f tableless.ko")
    assert (result.status, result.log[-1]) == (0, "borrowed")
    assert [row.split()[-1] for row in machine.ok("cat /proc/modules").splitlines()] == ["(FO)", "(FO)"]
    assert int(machine.ok("cat /proc/sys/kernel/tainted")) & 2
