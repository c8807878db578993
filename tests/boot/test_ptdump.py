# SPDX-License-Identifier: MIT
"""ptdump against the processor: QEMU walks the same page tables in its own way."""

import re

import pytest

import qmp

PAGE = 4096
LARGE_PAGE = 1 << 21
RANGE = re.compile(r"0x([0-9a-f]{16})-0x([0-9a-f]{16}) +(\d+)K (r[w-][x-]) (.+)")
# "VIRTUAL: PHYSICAL FLAGS": X forbids to execute, P is a large page, W may be written.
TLB = re.compile(r"([0-9a-f]{16}): [0-9a-f]{16} ([X-])[G-]([P-])[D-][A-][C-][T-][U-]([W-])")


def ranges(text):
    """[(start, end, permissions, who)] of ptdump's lines, all but the last."""
    found = []
    for line in text.splitlines()[:-1]:
        match = RANGE.fullmatch(line)
        assert match, line
        start, end = int(match.group(1), 16), int(match.group(2), 16)
        assert end - start == int(match.group(3)) * 1024, line
        found.append((start, end, match.group(4), match.group(5)))
    return found


def pages_of_tlb(text):
    """{page: permissions}."""
    found = {}
    for match in TLB.finditer(text):
        start = int(match.group(1), 16)
        may = "r" + ("w" if match.group(4) == "W" else "-") + ("-" if match.group(2) == "X" else "x")
        size = LARGE_PAGE if match.group(3) == "P" else PAGE
        found.update((page, may) for page in range(start, start + size, PAGE))
    return found


@pytest.fixture(scope="module")
def machine(boot, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ptdump")
    console = boot(drivers=True, qemu=qmp.Monitor.arguments(folder))
    console.monitor = qmp.Monitor(folder)
    yield console
    console.monitor.close()


def test_every_page_as_the_processor_sees_it(machine):
    told = ranges(machine.ok("ptdump"))
    pages = {page: may for start, end, may, _ in told for page in range(start, end, PAGE)}
    tlb = machine.monitor.call("human-monitor-command", **{"command-line": "info tlb"})
    assert len(pages) > 1000
    assert pages == pages_of_tlb(tlb)
    # In order, and what could be one line is one.
    for a, b in zip(told, told[1:]):
        assert a[1] < b[0] or a[1] == b[0] and a[2:] != b[2:]


def test_no_page_is_both_writable_and_executable(machine):
    result = machine.run("ptdump")
    assert result.status == 0
    assert result.lines[-1] == "no page is both writable and executable"
    assert not any("wx" in may for _, _, may, _ in ranges(result.output))


def test_who_lives_there(machine, system_map):
    told = ranges(machine.ok("ptdump"))
    where = {who: (start, end, may) for start, end, may, who in told}
    assert where["kernel .text"] == (system_map["__text_start"], system_map["__init_text_start"], "r-x")
    assert where["kernel .rodata"] == (system_map["__rodata_start"], system_map["__rodata_end"], "r--")
    assert where["a device"][2] == "rw-"  # the screen's
    blocks = {who: may for _, _, may, who in told if who.startswith("pci ")}
    assert blocks == {"pci text": "r-x", "pci data": "rw-", "pci read-only data": "r--"}
    rows = [line.split() for line in machine.ok("cat /proc/modules").splitlines()]
    for name, address in ((row[0], int(row[5], 16)) for row in rows):
        assert where[name + " text"][0] == address
    assert len(rows) == len({who.split()[0] for who in where if who.endswith(" text")} - {"kernel"})


def test_modules_come_and_go(machine):
    before = machine.ok("ptdump")
    machine.ok("insmod /lib/modules/0.1.0/kernel/examples/hello/hello.ko")
    assert [who for *_, who in ranges(machine.ok("ptdump")) if who.startswith("hello ")] \
        == ["hello text", "hello data", "hello read-only data"]
    machine.ok("rmmod hello")
    assert machine.ok("ptdump") == before


def test_arguments(machine):
    assert machine.run("ptdump now").status == 1
    assert machine.run("ptdump -x").status == 1
    assert machine.ok("ptdump | tail -n 1") == "no page is both writable and executable\n"
