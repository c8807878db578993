# SPDX-License-Identifier: MIT
"""What breaks in the kernel is told in words, with the place, and ends with status 70.

modules/tests/crash breaks it. Here every oops is a panic (oops=panic); sessions/errors.txt has what
happens without that. Addresses that only the host knows come from System.map.
"""

import re
import subprocess

import pytest

import harness
from harness import EXIT_PANIC, koan_exec

NULL = "BUG: kernel NULL pointer dereference, address: 0000000000000008"
FAULT = r"BUG: unable to handle page fault for address: {}"
NX = "kernel tried to execute NX-protected page - exploit attempt? (uid: 0)"
ADDRESS = "[0-9a-f]{16}"
PLACE = r"{}(\.[a-z0-9.]+)?\+0x[0-9a-f]+/0x[0-9a-f]+ \[crash\]"


def crash(own_modules, *commands):
    """The transcript of a boot that ended in a panic: (what was printed, the kernel's lines)."""
    done = koan_exec(*commands, modules=[own_modules["crash"]], drivers=False,
                     append="oops=panic")
    assert done.returncode == EXIT_PANIC, done
    return harness.split_log(done.stdout)


def find(log, pattern):
    """The index of the first line that is `pattern` as a whole."""
    for i, line in enumerate(log):
        if re.fullmatch(pattern, line):
            return i
    raise AssertionError(f"no line {pattern!r} in:\n" + "\n".join(log))


def check_report(log, words, place, name):
    """The parts of a report, in Linux's order."""
    at = [find(log, pattern) for pattern in words]
    at.append(find(log, rf"{name} \[#1\]"))
    at.append(find(log, rf"RIP: 0010:{place}"))
    at.append(find(log, r"RAX: \S+ RBX: \S+ RCX: \S+"))
    at.append(find(log, "Call Trace:"))
    at.append(find(log, " " + PLACE.format("crash_as_told")))
    at.append(find(log, r" do_init_module\+0x[0-9a-f]+/0x[0-9a-f]+"))
    at.append(find(log, r"Modules linked in: crash\(\+\)"))
    at.append(find(log, "Kernel panic - not syncing: Fatal exception"))
    assert at == sorted(at), "\n".join(log)


def page_fault(access, code, cause):
    return [rf"#PF: supervisor {access} in kernel mode",
            rf"#PF: error_code\(0x{code:04x}\) - {cause}"]


READ, WRITE, FETCH = "read access", "write access", "instruction fetch"
ABSENT, FORBIDDEN = "not-present page", "permissions violation"


@pytest.mark.parametrize("how, words, place, name", [
    ("read address=8", [NULL] + page_fault(READ, 0, ABSENT), PLACE.format("crash_read"),
     "Oops: 0000"),
    ("write address=8", [NULL] + page_fault(WRITE, 2, ABSENT), PLACE.format("(crash_write|write_to)"),
     "Oops: 0002"),
    ("call address=8", [NULL] + page_fault(FETCH, 0x10, ABSENT), "0x8", "Oops: 0010"),
    # No address at all: the processor has nothing to read there, and neither has the report.
    ("call address=0x1234567890abcdef", [], "0x1234567890abcdef",
     "general protection fault: 0000"),
    ("text", [FAULT.format(ADDRESS)] + page_fault(WRITE, 3, FORBIDDEN),
     PLACE.format("(crash_text|write_to)"), "Oops: 0003"),
    ("rodata", [FAULT.format(ADDRESS)] + page_fault(WRITE, 3, FORBIDDEN),
     PLACE.format("(crash_rodata|write_to)"), "Oops: 0003"),
    ("data", [re.escape(NX), FAULT.format(ADDRESS)] + page_fault(FETCH, 0x11, FORBIDDEN),
     PLACE.format("code"), "Oops: 0011"),
    ("stack", [re.escape(NX), FAULT.format(ADDRESS)] + page_fault(FETCH, 0x11, FORBIDDEN),
     r"\S+", "Oops: 0011"),
    ("heap", [re.escape(NX), FAULT.format("ffff[0-9a-f]{12}")] + page_fault(FETCH, 0x11, FORBIDDEN),
     r"\S+", "Oops: 0011"),
    ("divide", [], PLACE.format("crash_divide"), "divide error: 0000"),
    ("opcode", [], PLACE.format("crash_opcode"), "invalid opcode: 0000"),
    ("breakpoint", [], PLACE.format("crash_breakpoint"), "int3: 0000"),
    ("protection", [], PLACE.format("crash_protection"), "general protection fault: 0000"),
    ("overflow", [rf"BUG: stack guard page was hit at {ADDRESS} \(stack is {ADDRESS}..{ADDRESS}\)"],
     PLACE.format("deeper"), "kernel stack overflow: 0000"),
])
def test_exception(own_modules, how, words, place, name):
    output, log = crash(own_modules, f"insmod crash.ko what={how}")
    assert output == f"koan# insmod crash.ko what={how}\n"
    check_report(log, words, place, name)


def test_a_crash_with_interrupts_off_kills_the_command(own_modules):
    """Off by the module's own doing: they are on again, or the prompt would hear nobody."""
    done = koan_exec("insmod crash.ko what=deaf address=8", "echo still here $?", drivers=False,
                     modules=[own_modules["crash"]])
    assert done.returncode == 0
    output, log = harness.split_log(done.stdout)
    assert output.splitlines()[1:] == ["Killed", "koan# echo still here $?", "still here 137"]
    find(log, r"RIP: 0010:" + PLACE.format("crash_(deaf|read)"))



def test_stack_overflow_names_the_page_below_the_stack(own_modules):
    _, log = crash(own_modules, "insmod crash.ko what=overflow")
    line = log[find(log, "BUG: stack guard page was hit.*")]
    hit, start, end = (int(word, 16) for word in re.findall(ADDRESS, line))
    assert start - 4096 <= hit < start < end
    # The trace is cut short, but says so, or leads to the first call.
    assert sum("deeper" in text for text in log) > 10


@pytest.mark.parametrize("access, symbol, code, cause", [
    ("write", "kernel_main", 3, FORBIDDEN),          # the kernel's text
    ("write", "__ksymtab_printk", 3, FORBIDDEN),    # and its read-only data
    ("call", "boot_info", 0x11, FORBIDDEN),          # its data
    ("read", "__init_text_start", 0, ABSENT),        # and what was only for the boot
    ("read", "__init_data_start", 0, ABSENT),
], ids=lambda value: value if isinstance(value, str) else None)
def test_the_kernels_own_memory(own_modules, system_map, access, symbol, code, cause):
    address = system_map[symbol]
    if symbol.endswith("_start"):
        assert address < system_map[symbol.replace("_start", "_end")]
    _, log = crash(own_modules, f"insmod crash.ko what={access} address={address:#x}")
    word = {"read": READ, "write": WRITE, "call": FETCH}[access]
    find(log, FAULT.format(f"{address:016x}"))
    for pattern in page_fault(word, code, cause):
        find(log, pattern)


def test_init_code_of_a_module_is_gone_after_init(own_modules):
    output, log = crash(own_modules, "insmod crash.ko what=stale", "rmmod crash")
    assert "insmod crash.ko what=stale\nkoan# rmmod" in output
    assert "crash: init code gives 2" in log
    for pattern in page_fault(FETCH, 0x10, ABSENT):
        find(log, pattern)
    find(log, " " + PLACE.format("crash_exit"))


def test_ro_after_init_is_read_only_after_init(own_modules):
    _, log = crash(own_modules, "insmod crash.ko what=settled", "rmmod crash")
    assert "crash: init code gives 2" in log  # init could write it
    for pattern in page_fault(WRITE, 3, FORBIDDEN):
        find(log, pattern)


def test_the_page_behind_a_module_is_not_mapped(own_modules, boot):
    console = boot(modules=[own_modules["crash"], own_modules["ok_bss"]], append="oops=panic")
    console.ok("insmod ok_bss.ko")
    name, size, _, _, _, address, *_ = console.ok("cat /proc/modules").split()
    assert name == "ok_bss"
    behind = int(address, 16) + (int(size) + 4095) // 4096 * 4096
    with pytest.raises(harness.Ended) as end:
        # A module's blocks lie apart, so behind the first there is a hole, too.
        console.run(f"insmod crash.ko what=read address={behind:#x}")
    assert end.value.status == EXIT_PANIC


def test_panic_tells_reason_trace_and_modules(own_modules):
    _, log = crash(own_modules, "insmod crash.ko what=panic")
    at = [find(log, "Kernel panic - not syncing: crash: panic was asked for"),
          find(log, "Call Trace:"),
          find(log, " " + PLACE.format("crash_panic")),
          find(log, " " + PLACE.format("crash_as_told")),
          find(log, r"Modules linked in: crash\(\+\)"),
          find(log, r"---\[ end Kernel panic - not syncing: crash: panic was asked for \]---")]
    assert at == sorted(at)


def test_bug_tells_condition_and_place(own_modules):
    _, log = crash(own_modules, "insmod crash.ko what=bug")
    find(log, r"Kernel panic - not syncing: BUG_ON\(address == 0\) at .*crash\.c:\d+, crash_bug\(\)")


def test_offsets_in_a_trace_are_right(own_modules):
    """An outside judge: what nm and objdump say of crash.ko."""
    _, log = crash(own_modules, "insmod crash.ko what=opcode")
    line = log[find(log, "RIP: .*crash_opcode.*")]
    offset, size = (int(word, 16) for word in re.findall(r"0x([0-9a-f]+)", line))
    ko = own_modules["crash"]
    code = subprocess.run(["objdump", "-d", "--no-show-raw-insn", ko], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    start = int(re.search(r"^([0-9a-f]+) <crash_opcode>:", code, re.MULTILINE).group(1), 16)
    ud2 = int(re.search(r"<crash_opcode>:\n(?:.*\n)*?\s*([0-9a-f]+):\s+ud2", code).group(1), 16)
    assert offset == ud2 - start
    rows = [row.split() for row in harness.run(["readelf", "-sW", ko]).stdout.splitlines()]
    section = next(row[6] for row in rows if row and row[-1] == "crash_opcode")
    following = [int(row[1], 16) for row in rows if len(row) == 8 and row[6] == section
                 and row[3] == "FUNC" and int(row[1], 16) > start]
    assert size == min(following) - start
