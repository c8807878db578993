# SPDX-License-Identifier: MIT
"""The PCI buses: lspci, with QEMU's monitor as the judge, and drivers that are found by their device."""

import re
import shutil

import harness
from library import LIB, copy_library, depmod, pack
from watched import Watched

# A bus behind a bridge, and a device with a second function.
PCI_QEMU = ["-device", "pci-bridge,id=behind,chassis_nr=1,addr=5",
            "-device", "virtio-rng-pci,bus=behind,addr=3",
            "-device", "virtio-rng-pci,addr=6.0,multifunction=on",
            "-device", "virtio-rng-pci,addr=6.2"]


def devices(buses):
    """(bus, slot, function, class, vendor, device, card's vendor, card's device) of all that QEMU has."""
    for bus in buses:
        for d in bus["devices"]:
            yield (d["bus"], d["slot"], d["function"], d["class_info"]["class"], d["id"]["vendor"],
                   d["id"]["device"], d["id"].get("subsystem-vendor", 0), d["id"].get("subsystem", 0))
            if "pci_bridge" in d:
                yield from devices([{"devices": d["pci_bridge"].get("devices", [])}])


# For any display adapter, and for one of QEMU's sources of random numbers on a bus behind another.
PCI_DRIVER = """\
#include <linux/module.h>
#include <linux/pci.h>
static const struct pci_device_id ids[] = {{ {{ {} }}, {{ }} }};
MODULE_DEVICE_TABLE(pci, ids);
MODULE_LICENSE("GPL");
"""


def test_modprobe_finds_a_driver_by_its_device(boot, tmp_path):
    """What lspci says of the device, and the table of the driver; depmod is kmod's."""
    source = tmp_path / "drivers"
    source.mkdir()
    (source / "Kbuild").write_text("obj-m := screen.o virtio.o\n")
    (source / "screen.c").write_text(PCI_DRIVER.format("PCI_DEVICE_CLASS(0x030000, 0xff0000)"))
    (source / "virtio.c").write_text(PCI_DRIVER.format("PCI_DEVICE_SUB(0x1af4, 0x1005, 0x1af4, 4)"))
    harness.build_modules(source)
    tree = tmp_path / "tree"
    copy_library(tree)
    for name in ("screen.ko", "virtio.ko"):
        shutil.copy(source / name, tree / LIB)
    depmod(tree)
    console = boot(initrds=[pack(tree)], qemu=PCI_QEMU, drivers=True)
    for device, module in (("1234:1111", "screen"), ("1af4:1005", "virtio")):
        alias = re.search(device + r"[^\n]*\n\tModalias: (\S+)\n", console.ok("lspci -k")).group(1)
        assert console.ok(f"modprobe -R {alias}") == f"{module}\n"
        console.ok(f"modprobe {alias}")
        assert console.ok("lsmod").splitlines()[1].startswith(f"{module} ")
    (bridge,) = re.findall(r"8086:1237[^\n]*\n\tModalias: (\S+)\n", console.ok("lspci -k"))
    result = console.run(f"modprobe {bridge}")
    assert (result.status, result.output) == (
        1, f"modprobe: FATAL: Module {bridge} not found in directory /{LIB}\n")
    console.close()


def test_lspci_lists_what_is_there(tmp_path):
    with Watched(tmp_path, qemu=PCI_QEMU) as console:
        numbers = console.ok("lspci -n").splitlines()
        there = sorted(devices(console.monitor.call("query-pci")))
        named = console.ok("lspci").splitlines()
        aliases = console.ok("lspci -kn").splitlines()
    assert aliases[::2] == numbers
    assert [line[:-len("00")] for line in aliases[1::2]] == [
        "\tModalias: pci:v%08Xd%08Xsv%08Xsd%08Xbc%02Xsc%02Xi" % (*d[4:8], d[3] >> 8, d[3] & 0xff) for d in there]
    assert len({d[0] for d in there}) == 2 and len(there) >= 9
    assert [re.sub(r" \(rev \w\w\)$", "", line) for line in numbers] == [
        "%02x:%02x.%x %04x: %04x:%04x" % d[:6] for d in there]
    assert [re.sub(r" \S.* \[(\w{4})\]:", r" \1:", line) for line in named] == numbers
    assert named[0] == "00:00.0 Host bridge [0600]: 8086:1237 (rev 02)"
    assert "PCI bridge [0604]" in "\n".join(named)
    assert "VGA compatible controller [0300]" in "\n".join(named)
