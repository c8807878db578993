# SPDX-License-Identifier: MIT
"""What modules forget to take back is taken from them when they go: the console stays what it was."""

import pytest

LEFT = ["forgetful: command `forgotten' was left behind: unregister_command() is missing",
        "forgetful: a notifier was left behind: unregister_module_notifier() is missing",
        "forgetful: interrupt 5 was left behind: free_irq() is missing",
        "forgetful: interrupt 5 was left behind: free_irq() is missing",
        "forgetful: region 300-307 was left behind: release_region() is missing",
        "forgetful: 'forgotten2' in /proc was left behind: proc_remove() is missing",
        "forgetful: 'below' in /proc was left behind: proc_remove() is missing",
        "forgetful: 'forgotten' in /proc was left behind: proc_remove() is missing",
        "forgetful: console 'silent' was left behind: unregister_console() is missing"]


@pytest.fixture(scope="module")
def console(boot, built):
    return boot(modules=[built("leftover") / "forgetful.ko"])


@pytest.mark.parametrize("how", ["insmod forgetful.ko; rmmod forgetful", "insmod forgetful.ko fail=1"])
def test_what_is_left_behind(console, how):
    console.run("insmod forgetful.ko fail=1")  # taints, which is said once
    before = console.counts()
    result = console.run(how)
    assert [line for line in result.log if "left behind" in line] == LEFT
    assert console.run("forgotten").status == 127
    seen = console.ok("help; ls -R /proc; cat /proc/interrupts; cat /proc/ioports")
    assert "forgotten" not in seen
    # Once more: nothing that is gone hears of a module.
    console.ok("insmod forgetful.ko; forgotten; rmmod forgetful")
    assert console.counts() == before
