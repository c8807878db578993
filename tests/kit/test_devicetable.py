# SPDX-License-Identifier: MIT
"""MODULE_DEVICE_TABLE(): the aliases that modpost makes; kmod's depmod and modprobe find modules by them."""

import pytest

from conftest import KOAN, LICENSED, run

DRIVER = '#include <linux/module.h>\n#include <linux/pci.h>\nMODULE_LICENSE("GPL");\n'


def table(kind, *entries, name="ids", end="{ }"):
    rows = ", ".join([*entries, end] if end else entries)
    return f"static const struct {kind}_device_id {name}[] = {{ {rows} }};\nMODULE_DEVICE_TABLE({kind}, {name});\n"


@pytest.mark.parametrize("kind, entry, aliases", [
    ("pci", "{ PCI_DEVICE(0x8086, 0x100e) }", ["pci:v00008086d0000100Esv*sd*bc*sc*i*"]),
    ("pci", "{ PCI_DEVICE_SUB(0x1af4, 0x1005, 0xabcd, 0x12345678) }", ["pci:v00001AF4d00001005sv0000ABCDsd12345678bc*sc*i*"]),
    ("pci", "{ PCI_DEVICE_CLASS(0x030000, 0xffff00) }", ["pci:v*d*sv*sd*bc03sc00i*"]),
    ("pci", "{ PCI_DEVICE_CLASS(0x0c0330, 0xffffff), .driver_data = 1 }", ["pci:v*d*sv*sd*bc0Csc03i30*"]),
    ("pci", "{ PCI_DEVICE(1, 2), .override_only = 1 }", ["vfio_pci:v00000001d00000002sv*sd*bc*sc*i*"]),
    ("pci", "{ PCI_DEVICE(1, PCI_ANY_ID) }, { PCI_DEVICE(2, 3) }",
     ["pci:v00000001d*sv*sd*bc*sc*i*", "pci:v00000002d00000003sv*sd*bc*sc*i*"]),
    ("platform", '{ "serial8250" }, { .name = "exactly-twenty-chars" }', ["platform:serial8250", "platform:exactly-twenty-chars"]),
    ("of", '{ .compatible = "ns16550a" }', ["of:N*T*Cns16550a", "of:N*T*Cns16550aC*"]),
    ("of", '{ .name = "a b", .type = "serial", .compatible = "x,y" }', ["of:Na_bTserial*Cx,y", "of:Na_bTserial*Cx,yC*"]),
    ("of", '{ .type = "cpu" }', ["of:N*Tcpu", "of:N*TcpuC*"]),
])
def test_aliases(folder, modpost, kind, entry, aliases):
    folder.write(Kbuild="obj-m := drv.o\n", drv_c=DRIVER + table(kind, entry))
    folder.build()
    assert sorted(folder.modinfo("drv.ko", "alias")) == sorted(aliases)
    before = (folder / "drv.mod.c").read_text()  # and under the sanitizers
    assert modpost("-e", "-i", KOAN / "build/Module.symvers", folder / "drv.o").returncode == 0
    assert before.count("MODULE_ALIAS") == (folder / "drv.mod.c").read_text().count("MODULE_ALIAS") == len(aliases)


def test_kmod_finds_the_module(folder, tmp_path):
    """By what a device says of itself, and not by what another one says; tables of two files count."""
    folder.write(Kbuild="obj-m := card.o vga.o both.o\nboth-y := a.o b.o\n",
                 card_c=DRIVER + table("pci", "{ PCI_DEVICE(0x8086, 0x100e) }"),
                 vga_c=DRIVER + table("pci", "{ PCI_DEVICE_CLASS(0x030000, 0xffff00) }"),
                 a_c=DRIVER + table("pci", "{ PCI_DEVICE(5, 6) }", name="first"),
                 b_c="#include <linux/module.h>\n#include <linux/pci.h>\n" + table("pci", "{ PCI_DEVICE(7, 8) }", name="second"))
    folder.build()
    assert folder.make("modules_install", f"INSTALL_MOD_PATH={tmp_path}/r").returncode == 0
    (release,) = (tmp_path / "r/lib/modules").iterdir()

    def found(vendor, device, base=2):
        alias = f"pci:v{vendor:08X}d{device:08X}sv00001AF4sd00001100bc{base:02X}sc00i00"
        return run("sh", "-c", f"PATH=$PATH:/usr/sbin:/sbin modprobe -d {tmp_path}/r -S {release.name} -R '{alias}'").stdout.split()

    assert found(0x8086, 0x100e) == ["card"] and found(0x1234, 0x1111, 3) == ["vga"]
    assert found(5, 6) == ["both"] and found(7, 8) == ["both"]
    assert "not" in found(0x8086, 0x100f)


@pytest.mark.parametrize("text, status, said", [
    (table("pci", "{ PCI_DEVICE(1, 2) }", end=None), 1,
     ["ERROR: modpost: m: struct pci_device_id is not terminated with a NULL entry!"]),
    (table("pci", "{ PCI_DEVICE_CLASS(0x030000, 0xf0f000) }"), 0, ["WARNING: modpost: Can't handle masks in m:F0F000"]),
    ("extern const char short_table[3];\nconst char short_table[3] = {1};\nMODULE_DEVICE_TABLE(platform, short_table);\n", 1,
     ["ERROR: modpost: m: sizeof(struct platform_device_id)=32 is not a modulo of the size of section "
      "__mod_device_table__platform__<identifier>=3.", "Fix definition of struct platform_device_id in mod_devicetable.h"]),
    ("extern const char names[3];\nconst char names[3] = {1};\nMODULE_DEVICE_TABLE(unknown, names);\n", 0, []),
    (table("pci", end="{ }"), 0, []),
    ("static const struct pci_device_id none[2];\nMODULE_DEVICE_TABLE(pci, none);\n", 0, []),
])
def test_wrong_tables(modpost, compiled, tmp_path, text, status, said):
    result = modpost("-w", "-o", tmp_path / "out.symvers", compiled("m", DRIVER + text))
    lines = result.stdout.splitlines()
    assert (result.returncode, lines[:len(said)]) == (status, said) and bool(lines) == bool(said)


@pytest.mark.parametrize("change", [
    "__asm__(\".globl __mod_device_table__pci__far\\n.set __mod_device_table__pci__far, ids + 4096\\n\");",
    "__asm__(\".size __mod_device_table__pci__ids, 1 << 40\");"])
def test_a_table_outside_its_section(modpost, compiled, tmp_path, change):
    result = modpost("-w", "-o", tmp_path / "out.symvers", compiled("m", DRIVER + table("pci", "{ PCI_DEVICE(1, 2) }") + change + "\n"))
    assert result.returncode == 1 and "leaves its section" in result.stdout


def test_licence_only(folder):
    """No table, no alias, no line too many."""
    folder.write(Kbuild="obj-m := m.o\n", m_c=LICENSED)
    folder.build()
    assert "MODULE_ALIAS" not in (folder / "m.mod.c").read_text()
