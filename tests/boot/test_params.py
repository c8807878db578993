# SPDX-License-Identifier: MIT
"""Parameters: every type and its range, words of insmod, files in /sys/module/NAME/parameters."""

import pytest

INVALID = "koan: echo: write error: Invalid argument\n"
TOO_LARGE = "koan: echo: write error: Numerical result out of range\n"

# By type, the smallest and the largest number that fits.
RANGES = {
    "byte": (0, 2**8 - 1), "short": (-2**15, 2**15 - 1), "ushort": (0, 2**16 - 1),
    "int": (-2**31, 2**31 - 1), "uint": (0, 2**32 - 1), "long": (-2**63, 2**63 - 1),
    "ulong": (0, 2**64 - 1), "ullong": (0, 2**64 - 1), "hexint": (0, 2**32 - 1),
}


@pytest.fixture(scope="module")
def slashed(built, tmp_path_factory):
    """A module with a parameter whose name no compiler would take."""
    path = tmp_path_factory.mktemp("slashed") / "slashed.ko"
    data = (built("parameters") / "slashed.ko").read_bytes()
    assert data.count(b"nosolidus\0") >= 1
    path.write_bytes(data.replace(b"nosolidus\0", b"no/olidus\0"))
    return path


@pytest.fixture(scope="module")
def console(boot, built, slashed):
    names = ("params", "kinds", "doubled")
    return boot(modules=[*(built("parameters") / f"{name}.ko" for name in names), slashed])


@pytest.fixture(autouse=True)
def nothing_is_left(console):
    before = console.counts()
    yield
    assert console.counts() == before


@pytest.fixture
def kinds(console):
    """Reads and writes parameters of the loaded module kinds."""
    console.ok("insmod kinds.ko")
    yield Files(console, "kinds")
    console.ok("rmmod kinds")


class Files:
    """A module's parameters as files."""

    def __init__(self, console, module):
        self.console = console
        self.folder = f"/sys/module/{module}/parameters"

    def get(self, name):
        return self.console.ok(f"cat {self.folder}/{name}")

    def set(self, name, text, options=""):
        """What the shell says: nothing when it was taken."""
        return self.console.run(f"echo {options} '{text}' > {self.folder}/{name}").output


def shown(kind, value):
    """A number of that type as its file shows it."""
    return f"{f'0x{value:06x}' if kind == 'hexint' else value}\n"


# --- insmod's words ---

def test_session(console):
    """The messages of Linux 6.1, line by line."""
    refused = "insmod: ERROR: could not insert module params.ko: "
    result = console.run("insmod params.ko num=abc")
    assert (result.status, result.output) == (1, refused + "Invalid parameters\n")
    assert result.log[-1] == "params: `abc' invalid for parameter `num'"
    result = console.run("insmod params.ko num=99999999999")
    assert (result.status, result.output) == (1, refused + "Numerical result out of range\n")
    assert result.log == ["params: `99999999999' invalid for parameter `num'"]
    result = console.run("insmod params.ko num=5 flag=1 who=koan arr=1,2,3")
    assert (result.status, result.output) == (0, "")
    assert result.log == ["params: num=5 flag=1 who=koan narr=3 arr=1,2,3,0"]
    assert console.ok("cat /sys/module/params/parameters/num") == "5\n"
    assert console.ok("echo 9 > /sys/module/params/parameters/num") == ""
    assert console.ok("ls /sys/module/params/parameters") == "arr   flag  num   who\n"
    result = console.run("rmmod params")
    assert (result.status, result.output, result.log) == (0, "", ["params: num=9"])
    result = console.run("insmod params.ko arr=1,2,3,4,5")
    assert (result.status, result.output) == (1, refused + "Invalid parameters\n")
    assert result.log == ["arr: can only take 4 arguments",
                          "params: `1' invalid for parameter `arr'"]
    result = console.run("insmod params.ko bogus=1")
    assert (result.status, result.output) == (0, "")
    assert result.log == ["params: unknown parameter 'bogus' ignored",
                          "params: num=1 flag=0 who=world narr=0 arr=0,0,0,0"]
    console.ok("rmmod params")


def test_words(console):
    """Quotes, dashes, bare names, what is for nobody, and several wrong words at once."""
    def log(words):
        result = console.run(f"insmod params.ko {words}")
        if not result.status:
            console.ok("rmmod params")
        return result.log

    assert log("'who=\"a b\"' flag") == ["params: num=1 flag=1 who=a b narr=0 arr=0,0,0,0"]
    assert log("'\"who=c  d\"' num=0x10")[0].startswith("params: num=16 flag=0 who=c  d ")
    assert log("num=1 num=2")[0].startswith("params: num=2 ")
    assert log("num") == ["params: `' invalid for parameter `num'"]
    assert log("num= flag=maybe who") == [
        "params: `' invalid for parameter `num'", "params: `maybe' invalid for parameter `flag'",
        "params: `' invalid for parameter `who'"]
    assert log("num=3 -- num=x other") == [
        "params: parameters 'num=x other' after `--' ignored",
        "params: num=3 flag=0 who=world narr=0 arr=0,0,0,0"]
    assert log("num=4 --") == ["params: num=4 flag=0 who=world narr=0 arr=0,0,0,0"]
    assert log("async_probe async_probe=1 num=5")[0].startswith("params: num=5 ")


def test_dynamic_debugging_is_not_there(boot, built):
    """Said once."""
    console = boot(modules=[built("parameters") / "params.ko"])
    says = "dyndbg param is supported only in CONFIG_DYNAMIC_DEBUG builds"
    assert says in console.run("insmod params.ko dyndbg=+p; rmmod params").log
    assert says not in console.run("insmod params.ko dyndbg=+p; rmmod params").log


# --- types ---

@pytest.mark.parametrize("kind", sorted(RANGES))
def test_range(kinds, kind):
    """Both ends fit; one more, at either end, is refused and changes nothing."""
    low, high = RANGES[kind]
    for value in (low, high):
        assert kinds.set(kind, value) == ""
        assert kinds.get(kind) == shown(kind, value)
        assert kinds.set(kind, high + 1) == TOO_LARGE
        # There is no minus in front of what has no sign.
        assert kinds.set(kind, low - 1) == (TOO_LARGE if low else INVALID)
        for rubbish in ("", "x", "1x", "1 2", "--1", "0x"):
            assert kinds.set(kind, rubbish) == INVALID
        assert kinds.get(kind) == shown(kind, value)


@pytest.mark.parametrize("kind", sorted(RANGES))
def test_range_at_insmod(console, kind):
    low, high = RANGES[kind]
    for value in (low, high):
        console.ok(f"insmod kinds.ko {kind}={value}; rmmod kinds")
    for value, why in ((high + 1, "Numerical result out of range"),
                       (low - 1, "Numerical result out of range" if low else "Invalid parameters"),
                       ("1x", "Invalid parameters")):
        result = console.run(f"insmod kinds.ko {kind}={value}")
        assert result.output == f"insmod: ERROR: could not insert module kinds.ko: {why}\n"
        assert result.log[-1] == f"kinds: `{value}' invalid for parameter `{kind}'"


def test_other_bases(kinds):
    for text, value in (("0x7f", 127), ("010", 8), ("+5", 5), ("0", 0)):
        assert kinds.set("int", text) == ""
        assert kinds.get("int") == f"{value}\n"


def test_yes_and_no(kinds):
    for text, value in (("y", True), ("N", False), ("1", True), ("0", False), ("on", True),
                        ("off", False), ("true", True), ("f", False)):
        for kind, answers in (("bool", "NY"), ("invbool", "NY"), ("bint", "01")):
            assert kinds.set(kind, text) == ""
            assert kinds.get(kind) == answers[value] + "\n"
    for kind in ("bool", "invbool", "bint"):
        assert kinds.set(kind, "maybe") == INVALID
        assert kinds.set(kind, "o") == INVALID
    assert kinds.get("bool") == "N\n"


def test_once_on_always_on(kinds):
    assert kinds.set("once", "n") == ""
    assert kinds.set("once", "y") == ""
    assert kinds.set("once", "y") == ""
    assert kinds.set("once", "n") == "koan: echo: write error: Read-only file system\n"
    assert kinds.get("once") == "Y\n"


def test_text(console, kinds):
    """A new value takes the place and the memory of the old one. echo's newline belongs to it."""
    assert kinds.get("text") == "unset\n"
    before = console.counts()
    assert kinds.set("text", "first", "-n") == ""
    held = console.counts()["HeapObjects"] - before["HeapObjects"]
    assert held == 1
    for word in ("second", "3", "a b c"):
        assert kinds.set("text", word, "-n") == ""
        assert kinds.get("text") == word + "\n"
    assert console.counts()["HeapObjects"] - before["HeapObjects"] == held
    assert kinds.set("text", "line") == ""
    assert kinds.get("text") == "line\n\n"


def test_long_text(console, kinds):
    assert kinds.set("text", "x" * 1024, "-n") == ""
    result = console.run(f"echo -n {'y' * 1025} > /sys/module/kinds/parameters/text")
    assert result.output == "koan: echo: write error: No space left on device\n"
    assert result.log == ["text: string parameter too long"]
    assert kinds.get("text") == "x" * 1024 + "\n"


def test_text_with_room_of_its_own(console, kinds):
    assert kinds.set("room", "1234567", "-n") == ""
    result = console.run("echo -n 12345678 > /sys/module/kinds/parameters/room")
    assert result.output == "koan: echo: write error: No space left on device\n"
    assert result.log == ["room: string doesn't fit in 7 chars."]
    assert kinds.get("room") == "1234567\n"


def test_too_large_at_insmod(console):
    result = console.run("insmod kinds.ko room=12345678")
    assert result.output == ("insmod: ERROR: could not insert module kinds.ko: "
                             "No space left on device\n")
    assert result.log == ["room: string doesn't fit in 7 chars.",
                          "kinds: `12345678' too large for parameter `room'"]


def test_lists(console, kinds):
    assert kinds.get("list") == ""  # none was given
    assert kinds.set("list", "1,-2,3") == ""
    assert kinds.get("list") == "1,-2,3\n"
    assert kinds.set("list", "4") == ""
    assert kinds.get("list") == "4\n"
    result = console.run("echo 1,2,3,4 > /sys/module/kinds/parameters/list")
    assert result.output == INVALID
    assert result.log == ["list: can only take 3 arguments"]
    # Without a counter all are shown.
    assert kinds.get("words") == "(null),(null),(null)\n"
    assert kinds.set("words", "a,b,c", "-n") == ""
    assert kinds.set("words", "d", "-n") == ""
    assert kinds.get("words") == "d,b,c\n"


# --- modes ---

def test_modes(console, kinds):
    rows = console.ok("ls -l /sys/module/kinds/parameters").splitlines()[1:]
    modes = {row.split()[-1]: row.split()[0] for row in rows}
    assert "hidden" not in modes
    assert {modes[name] for name in RANGES} == {"-rw-r--r--"}
    assert modes["blind"] == "--w-------"
    assert modes["shown"] == modes["port"] == "-r--r--r--"
    assert modes["group"] == "-rw-r-----"
    folder = "/sys/module/kinds/parameters"
    assert kinds.set("shown", "1") == f"koan: {folder}/shown: Permission denied\n"
    assert kinds.get("shown") == "5\n"
    result = console.run(f"cat {folder}/blind")
    assert (result.status, result.output) == (1, f"cat: {folder}/blind: Permission denied\n")
    assert kinds.set("blind", "2") == ""
    assert kinds.set("hidden", "2") == f"koan: {folder}/hidden: Permission denied\n"
    assert console.run(f"rm {folder}/shown").status == 1


def test_what_a_type_of_its_own_decides(console, kinds):
    folder = "/sys/module/kinds/parameters"
    assert kinds.set("even", "4") == ""
    assert kinds.set("even", "5") == ("koan: echo: write error: "
                                      "Numerical argument out of domain\n")
    assert kinds.get("even") == "4\n"
    assert kinds.set("mute", "6") == ""
    assert kinds.get("even") == "6\n"
    assert console.run(f"cat {folder}/mute").output == (
        f"cat: {folder}/mute: Operation not permitted\n")
    assert kinds.set("busy", "1") == "koan: echo: write error: Operation not permitted\n"
    assert console.run(f"cat {folder}/busy").output == (
        f"cat: {folder}/busy: Device or resource busy\n")


def test_more_than_a_page(console, kinds):
    result = console.run("cat /sys/module/kinds/parameters/boast | wc -c")
    assert result.output == "4095\n"
    assert result.log == ["boast: get function of its type returned bad count 5000"]
    result = console.run("cat /proc/kallsyms > /sys/module/kinds/parameters/int")
    assert result.output == "koan: cat: write error: Argument list too long\n"


def test_dangerous(boot, built):
    """Whoever sets it, at insmod or later, taints the kernel."""
    console = boot(modules=[built("parameters") / "kinds.ko"])

    def tainted_by_user():
        return int(console.ok("cat /proc/sys/kernel/tainted")) >> 6 & 1

    says = ["Setting dangerous option danger - tainting kernel"]
    console.ok("insmod kinds.ko port=3")
    assert not tainted_by_user()
    assert console.run("echo 1 > /sys/module/kinds/parameters/danger").log == says
    assert tainted_by_user()
    console.ok("rmmod kinds")
    assert console.run("insmod kinds.ko danger=1").log == says
    console.ok("rmmod kinds")


@pytest.mark.parametrize("command", ["cat {}/trap", "cat {}/traps", "echo 1 > {}/trap",
                                     "echo 1,2 > {}/traps"])
def test_a_type_that_crashes(console, kinds, command):
    """The command is killed; what it had taken is given back, and the module works on."""
    before = console.counts()
    result = console.run(command.format("/sys/module/kinds/parameters"))
    assert (result.status, result.output) == (137, "Killed\n")
    assert console.counts() == before
    assert kinds.set("int", "5") == ""


# --- what cannot be shown ---

@pytest.mark.parametrize("name, why", [
    ("doubled", "doubled: two of its parameters are named `debug'"),
    ("slashed", "slashed: no file in /sys can be named `no/olidus'"),
])
def test_names_that_no_file_can_have(console, name, why):
    result = console.run(f"insmod {name}.ko")
    assert result.status == 1
    assert result.output == f"insmod: ERROR: could not insert module {name}.ko: Invalid parameters\n"
    assert result.log == [why]
    assert name not in console.ok("ls /sys/module").split()
