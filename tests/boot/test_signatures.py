# SPDX-License-Identifier: MIT
"""Signatures of modules: one kernel with CONFIG_MODULE_SIG, and what it says of files of all kinds.

openssl makes the keys and the signatures, and the host's modinfo reads them: neither knows Koan.
"""

import os
import re
import struct
import subprocess

import pytest

import harness
from tree import Tree

CONFIG = """\
CONFIG_MODULE_SIG=y
CONFIG_SYSTEM_TRUSTED_KEYS="trusted.pem"
"""

SOURCE = """\
#include <linux/module.h>
static int number = 1;
module_param(number, int, 0444);
static int __init come(void) { return 0; }
static void __exit go(void) { }
module_init(come);
module_exit(go);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("To be signed");
MODULE_INFO(intree, "Y");
"""

CRASHING = SOURCE.replace("return 0;", "*(volatile int *)0 = 0; return 0;")

MAGIC = b"~Module signature appended~\n"
KEY = "build/certs/signing_key.pem"
CERT = "build/certs/signing_key.x509"

UNTRUSTED = "{}: module verification failed: signature and/or required key missing - tainting kernel"
REJECTED = "insmod: ERROR: could not insert module {}.ko: Key was rejected by service"


def make_key(folder, name, *options):
    """folder/NAME.pem and folder/NAME.crt, with "Owner of NAME" as its subject."""
    subprocess.run(["openssl", "req", "-new", "-x509", "-nodes", "-sha256", "-days", "2", "-subj", f"/O=Koan/CN=Owner of {name}",
                    *(options or ["-newkey", "rsa:2048"]), "-keyout", folder / f"{name}.pem", "-out", folder / f"{name}.crt"],
                   check=True, capture_output=True)


def signature(folder, key, data, *options):
    """What openssl says, on the order of nobody but this test: the PKCS#7 message."""
    (folder / "signed").write_bytes(data)
    return subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-nocerts", "-in", folder / "signed",
                           "-inkey", folder / f"{key}.pem", "-signer", folder / f"{key}.crt",
                           *(options or ["-noattr", "-md", "sha256"])], check=True, capture_output=True).stdout


def header(length, fields=(0, 0, 2, 0, 0), pad=b"\0\0\0"):
    return bytes(fields) + pad + struct.pack(">I", length)


def appended(data, pkcs7, **fields):
    return data + pkcs7 + header(len(pkcs7), **fields) + MAGIC


class World:
    """The tree, and files for /root: each name.ko is a module of that name, signed in some way."""

    def __init__(self, folder):
        self.keys = folder / "keys"
        self.keys.mkdir()
        self.tree = Tree(folder / "koan", CONFIG)
        make_key(self.keys, "teacher")
        make_key(self.keys, "stranger")
        make_key(self.keys, "curve", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
        make_key(self.keys, "small", "-newkey", "rsa:1024")
        (self.tree.path / "trusted.pem").write_bytes(b"".join((self.keys / f"{name}.crt").read_bytes()
                                                              for name in ("teacher", "curve", "small")))
        self.tree.build("iso")
        self.files = {}
        self._template = self._build("plainname", SOURCE)

    def _build(self, name, source):
        ko, said = self.tree.module(name, source)
        assert ko.exists(), said
        subprocess.run(["strip", "--strip-debug", ko], check=True)
        return ko.read_bytes()

    def data(self, name):
        """An unsigned module of that name: the template, renamed."""
        assert len(name) <= len("plainname")
        data = self._template.replace(b"name=plainname\0", b"name=" + name.encode() + b"\0" * (10 - len(name)))
        return data.replace(b"plainname\0", name.encode() + b"\0" * (10 - len(name)))

    def add(self, name, data):
        path = self.tree.path / "build" / f"{name}.ko"
        path.write_bytes(data)
        self.files[name] = path
        return path

    def sign_file(self, *words):
        return harness.run([self.tree.path / "tools/sign-file", *words], cwd=self.tree.path)

    def run(self, *commands, files=None, **options):
        """One boot; [(command, lines without time stamps)]."""
        modules = [self.files[name] for name in files or self.files]
        said = []
        for line in self.tree.run(*commands, modules=modules, drivers=False, **options):
            if line.startswith("koan# "):
                said.append((line[6:], []))
            else:
                said[-1][1].append(harness.STAMP.sub("", line))
        assert [command for command, _ in said] == list(commands)
        return said


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(tmp_path_factory.mktemp("signed"))
    done = made.sign_file("sha256", KEY, CERT, made.add("mine", made.data("mine")))
    assert done.returncode == 0, done.stderr
    add_all(made)
    return made


def add_all(w):
    """Each kind of file, by its name."""
    w.add("teacher", appended(w.data("teacher"), signature(w.keys, "teacher", w.data("teacher"))))
    w.add("bykeyid", appended(w.data("bykeyid"), signature(w.keys, "teacher", w.data("bykeyid"),
                                                           "-noattr", "-md", "sha256", "-keyid")))
    w.add("unsigned", w.data("unsigned"))
    w.add("stranger", appended(w.data("stranger"), signature(w.keys, "stranger", w.data("stranger"))))
    w.add("sha512", appended(w.data("sha512"), signature(w.keys, "teacher", w.data("sha512"), "-noattr", "-md", "sha512")))
    w.add("curve", appended(w.data("curve"), signature(w.keys, "curve", w.data("curve"))))
    w.add("small", appended(w.data("small"), signature(w.keys, "small", w.data("small"))))
    w.add("attrs", appended(w.data("attrs"), signature(w.keys, "teacher", w.data("attrs"), "-md", "sha256")))
    w.add("inside", appended(w.data("inside"), signature(w.keys, "teacher", w.data("inside"), "-noattr", "-md", "sha256", "-nodetach")))
    # The same parameter, with another value than the one that was signed.
    data, good = w.data("tampered"), signature(w.keys, "teacher", w.data("tampered"))
    assert data.count(b"To be signed") == 1
    w.add("tampered", appended(data.replace(b"To be signed", b"Was unsigned"), good))
    w.add("otherone", appended(w.data("otherone"), good))
    cut = good[:-20]
    w.add("cut", appended(w.data("cut"), cut))
    w.add("toolong", w.data("toolong") + good + header(1 << 24) + MAGIC)
    w.add("nothing", w.data("nothing") + header(0) + MAGIC)
    w.add("pgp", appended(w.data("pgp"), good, fields=(1, 4, 0, 0, 0)))
    w.add("params", appended(w.data("params"), good, fields=(0, 4, 2, 0, 0)))
    w.add("padding", appended(w.data("padding"), good, pad=b"\0\1\0"))
    w.add("onlymagic", MAGIC)
    # Cut off behind the signature: then it is no signature.
    w.add("nomagic", appended(w.data("nomagic"), good)[:-1])


# Trusted.
GOOD = ["mine", "teacher", "bykeyid"]
# Loaded unless signatures are enforced: what enforcement calls it, and what Koan says first.
FORGIVEN = {
    "unsigned": ("unsigned module", None),
    "nomagic": ("unsigned module", None),
    "stranger": ("module with unavailable key", None),
    "sha512": ("module with unsupported crypto", "module: its signature is of a digest sha512, this kernel knows sha256"),
    "curve": ("module with unsupported crypto", "module: its signature is of another kind than RSA"),
    "small": ("module with unsupported crypto", "module: the key of 'Owner of small' is of a size that this kernel cannot use"),
    "pgp": ("module with unsupported crypto", "module: not signed with expected PKCS#7 message"),
}
# Never loaded: the reason, and what insmod makes of the error.
CHANGED = "module: what is in the file is not what 'Owner of teacher' signed: it was changed"
BAD = {
    "tampered": (CHANGED, "Key was rejected by service"),
    "otherone": (CHANGED, "Key was rejected by service"),
    "attrs": ("PKCS7: Invalid module sig (has authattrs)", "Key was rejected by service"),
    "inside": ("PKCS7: Invalid module sig (not pkcs7-data)", "Key was rejected by service"),
    "cut": ("module: its signature is damaged: it is no PKCS#7 message", "Bad message"),
    "nothing": ("module: its signature is damaged: it is no PKCS#7 message", "Bad message"),
    "toolong": ("module: its signature is longer than the file", "Bad message"),
    "params": ("module: PKCS#7 signature info has unexpected non-zero params", "Bad message"),
    "padding": ("module: PKCS#7 signature info has unexpected non-zero params", "Bad message"),
    "onlymagic": ("Invalid ELF header len 28", "Invalid module format"),
}


def test_every_kind_of_file(world):
    """Without enforcement: bad signatures are refused, missing ones taint; nothing is lost either way."""
    console = harness.Console(modules=list(world.files.values()), launcher=world.tree.path / "tools/koan")
    with console:
        check_good(console)
        before = console.counts()
        for name, (reason, text) in BAD.items():
            result = console.run(f"insmod {name}.ko")
            assert result.status == 1 and result.lines == [f"insmod: ERROR: could not insert module {name}.ko: {text}"], result
            assert result.log == [reason], result
        assert console.counts() == before
        assert console.ok("cat /proc/sys/kernel/tainted") == "0\n"
        check_forgiven(console)


def check_good(console):
    log = console.run("dmesg").log
    at = log.index("Loading compiled-in X.509 certificates")
    names = [re.fullmatch(r"Loaded X\.509 cert '(.*): [0-9a-f]{40}'", line).group(1) for line in log[at + 1:at + 3]]
    assert names == ["Build time autogenerated kernel key", "Owner of teacher"]
    # A key of a kind that the kernel cannot use, and no reason to stop.
    assert log[at + 3] == "Problem loading in-kernel X.509 certificate (-65)"
    for name in GOOD:
        result = console.run(f"insmod {name}.ko")
        assert (result.status, result.text) == (0, ""), result
    assert [line.split()[6:] for line in console.ok("cat /proc/modules").splitlines()] == [[]] * len(GOOD)
    assert console.ok("cat /proc/sys/kernel/tainted") == "0\n"


def check_forgiven(console):
    told = False
    for name, (_, why) in FORGIVEN.items():
        result = console.run(f"insmod {name}.ko")
        expected = [why] if why else []
        if not told:  # once, as in Linux
            expected.append(UNTRUSTED.format(name))
        told = True
        assert result.status == 0 and result.log == expected, result
        row = console.ok(f"grep ^{name} /proc/modules").split()
        assert row[6:] == ["(E)"], row
        assert console.ok(f"cat /sys/module/{name}/taint") == "E\n"
    assert console.ok("cat /proc/sys/kernel/tainted") == f"{1 << 13}\n"


def test_enforced_on_the_command_line(world):
    commands = [f"insmod {name}.ko" for name in [*GOOD, *FORGIVEN]] + ["cat /sys/module/module/parameters/sig_enforce"]
    said = dict(world.run(*commands, append="module.sig_enforce"))
    for name in GOOD:
        assert said[f"insmod {name}.ko"] == [], name
    for name, (kind, why) in FORGIVEN.items():
        expected = [REJECTED.format(name)] + ([why] if why else []) + [f"Loading of {kind} is rejected"]
        assert said[f"insmod {name}.ko"] == expected
    assert said["cat /sys/module/module/parameters/sig_enforce"] == ["Y"]


def test_enforced_at_run_time(world):
    """One way, like Linux's switch; what was forced in is not what was signed."""
    parameter = "/sys/module/module/parameters/sig_enforce"
    said = world.run(f"cat {parameter}", "insmod -f mine.ko", "rmmod mine", f"echo 1 > {parameter}", "insmod -f mine.ko",
                     "insmod mine.ko", f"echo 0 > {parameter}", f"cat {parameter}", files=["mine"])
    lines = [lines for _, lines in said]
    assert lines[0] == ["N"]
    assert lines[1][-1] == UNTRUSTED.format("mine"), lines[1]
    assert lines[4] == [REJECTED.format("mine"), "Loading of unsigned module is rejected"]
    assert lines[5] == []
    assert len(lines[6]) == 1 and lines[6][0].endswith(": Read-only file system"), lines[6]
    assert lines[7] == ["Y"]


def test_locked_down(world):
    restricted = "Lockdown: {}: unsigned module loading is restricted; see man kernel_lockdown.7"
    greeter = "/lib/modules/*/kernel/examples/export/greeter.ko"
    said = world.run("dmesg", "insmod unsigned.ko", "insmod mine.ko", "insmod tampered.ko", f"cat unsigned.ko > {greeter}",
                     "modprobe greeter", files=["mine", "unsigned", "tampered"], append="lockdown=integrity")
    lines = dict(said)
    assert "Kernel is locked down from command line; see man kernel_lockdown.7" in lines["dmesg"]
    assert lines["insmod unsigned.ko"] == ["insmod: ERROR: could not insert module unsigned.ko: Operation not permitted",
                                           restricted.format("insmod")]
    assert lines["insmod mine.ko"] == []
    assert lines["insmod tampered.ko"] == [REJECTED.format("tampered"), CHANGED]
    assert lines["modprobe greeter"] == ["modprobe: ERROR: could not insert 'greeter': Operation not permitted",
                                         restricted.format("modprobe")]


def test_an_oops_has_the_letter(world):
    world.add("crashing", world._build("crashing", CRASHING))
    done = dict(world.run("insmod crashing.ko", files=["crashing"]))
    text = "\n".join(done["insmod crashing.ko"])
    assert re.search(r"Tainted: G +E\b", text), text
    assert "Modules linked in: crashing(E+)" in text
    del world.files["crashing"]


def test_own_modules_are_signed(world):
    """Those of the initrd, and those that modules_install copies; not the ones in build/."""
    lines = dict(world.run("modprobe greeter", "cat /proc/modules", files=["mine"], append="module.sig_enforce=1"))
    assert lines["modprobe greeter"] == [] and not lines["cat /proc/modules"][0].endswith(")")
    target = world.tree.path / "build" / "target"
    done = world.tree.make(f"INSTALL_MOD_PATH={target}", "modules_install")
    assert done.returncode == 0 and re.search(r"^  SIGN    \S+/greeter\.ko$", done.stdout, re.MULTILINE), done.stdout + done.stderr
    path = "kernel/examples/export/greeter.ko"
    installed = next(target.glob(f"lib/modules/*/{path}")).read_bytes()
    built = (world.tree.path / "build/modules/examples/export/greeter.ko").read_bytes()
    assert installed.endswith(MAGIC) and installed.startswith(built) and not built.endswith(MAGIC)
    check_openssl_agrees(world, built, installed)
    # And somebody else's.
    done = world.tree.make(f"M={world.tree.path}/build/m-plainname", f"INSTALL_MOD_PATH={target}", "modules_install")
    assert done.returncode == 0, done.stderr
    installed = next(target.glob("lib/modules/*/extra/plainname.ko")).read_bytes()
    check_openssl_agrees(world, (world.tree.path / "build/m-plainname/plainname.ko").read_bytes(), installed)



def check_openssl_agrees(world, data, signed):
    length = struct.unpack(">I", signed[-len(MAGIC) - 4:-len(MAGIC)])[0]
    assert signed[-len(MAGIC) - 12:-len(MAGIC)] == header(length)
    pkcs7 = signed[len(data):-len(MAGIC) - 12]
    assert len(pkcs7) == length
    (world.keys / "p7").write_bytes(pkcs7)
    (world.keys / "data").write_bytes(data)
    done = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", world.keys / "p7", "-content", world.keys / "data",
                           "-certfile", world.tree.path / KEY, "-CAfile", world.tree.path / KEY, "-purpose", "any", "-out", os.devnull],
                          capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_modinfo_as_on_the_host(world):
    """Word for word, but for the path: kmod reads the signature through openssl's library."""
    names = ["mine", "teacher", "bykeyid", "unsigned", "sha512", "curve", "attrs", "tampered", "cut", "toolong", "nothing"]
    said = dict(world.run(*[f"modinfo {name}.ko" for name in names], "modinfo -F sig_key mine.ko", "modinfo -F signature mine.ko"))
    for name in names:
        host = harness.run(["modinfo", world.files[name]]).stdout.splitlines()
        assert said[f"modinfo {name}.ko"][1:] == host[1:], name
    assert any(line.startswith("sig_key:") for line in said["modinfo mine.ko"])
    for field in ("sig_key", "signature"):
        host = harness.run(["modinfo", "-F", field, world.files["mine"]]).stdout.splitlines()
        assert said[f"modinfo -F {field} mine.ko"] == host and host


def test_sign_file(world, tmp_path):
    """Its options, and what it refuses; a refusal leaves the file as it was."""
    data, key = world.data("tool"), world.keys
    module = tmp_path / "tool.ko"
    module.write_bytes(data)
    assert world.sign_file("-p", "sha256", key / "teacher.pem", key / "teacher.crt", module, tmp_path / "out.ko").returncode == 0
    expected = signature(key, "teacher", data)
    assert module.read_bytes() == data
    assert (tmp_path / "out.ko").read_bytes() == appended(data, expected)
    assert (tmp_path / "tool.ko.p7s").read_bytes() == expected
    assert world.sign_file("-kd", "sha256", key / "teacher.pem", key / "teacher.crt", module).returncode == 0
    assert (tmp_path / "tool.ko.p7s").read_bytes() == signature(key, "teacher", data, "-noattr", "-md", "sha256", "-keyid")
    for words, reason in (
            (["sha256", key / "teacher.pem", key / "teacher.crt"], "Usage: tools/sign-file"),
            (["-x", "sha256", key / "teacher.pem", key / "teacher.crt", module], "Usage: tools/sign-file"),
            (["md999", key / "teacher.pem", key / "teacher.crt", module], "openssl cms: "),
            (["sha256", key / "none.pem", key / "teacher.crt", module], "none.pem"),
            (["sha256", key / "stranger.pem", key / "teacher.crt", module], "openssl cms: "),
            (["sha256", key / "teacher.pem", key / "teacher.crt", tmp_path / "none.ko"], "none.ko")):
        done = world.sign_file(*words)
        assert done.returncode == 1 and done.stderr.startswith("sign-file: ") and reason in done.stderr, done.stderr
    assert module.read_bytes() == data
    assert sorted(os.listdir(tmp_path)) == ["out.ko", "tool.ko", "tool.ko.p7s"]


def test_keys_that_are_not_there(world):
    """The build stops and says which option names what; the private key is nobody else's to read."""
    assert (world.tree.path / KEY).stat().st_mode & 0o077 == 0
    config = world.tree.path / ".config"
    empty = world.keys / "empty.pem"
    empty.write_text("nothing\n")
    try:
        for path, reason in ((world.keys / "none.pem", "no such file; CONFIG_MODULE_SIG_KEY or CONFIG_SYSTEM_TRUSTED_KEYS names it"),
                             (empty, "has no certificate: a block BEGIN CERTIFICATE was expected")):
            config.write_text(f'CONFIG_MODULE_SIG=y\nCONFIG_SYSTEM_TRUSTED_KEYS="{path}"\n')
            done = world.tree.make("build/certs/trusted.der")
            assert done.returncode == 2 and f"{path}: {reason}" in done.stderr, done.stderr
    finally:
        config.write_text(CONFIG)


# --- another kernel: with a key of one's own, and no way around it ---

OTHER = """\
CONFIG_MODULE_SIG=y
CONFIG_MODULE_SIG_FORCE=y
CONFIG_MODULE_SIG_KEY="teacher.pem"
CONFIG_MODULE_COMPRESS_GZIP=y
# CONFIG_KALLSYMS is not set
"""


def test_required_by_the_configuration(world):
    """Only who knows the teacher's key is let in, compressed or not; the key of the last build is nobody's now."""
    tree = world.tree
    (tree.path / "teacher.pem").write_bytes(b"".join((world.keys / f"teacher.{kind}").read_bytes() for kind in ("pem", "crt")))
    (tree.path / ".config").write_text(OTHER)
    tree.build("iso")
    packed = [tree.path / "build" / f"{name}.ko.gz" for name in ("teacher", "tampered", "unsigned")]
    # Signed by the teacher, for this kernel: the last one had other symbols.
    world._template = world._build("plainname", SOURCE)
    add_all(world)
    for path in packed:
        subprocess.run(["gzip", "-n", "-k", "-f", path.with_suffix("")], check=True)
    console = harness.Console(modules=[*packed, world.files["stranger"]], launcher=tree.path / "tools/koan")
    with console:
        assert console.ok("cat /sys/module/module/parameters/sig_enforce") == "Y\n"
        assert console.run("insmod teacher.ko.gz").text == ""
        assert console.run("insmod tampered.ko.gz").log == [CHANGED]
        assert console.run("insmod unsigned.ko.gz").log == ["Loading of unsigned module is rejected"]
        assert console.run("insmod stranger.ko").log == ["Loading of module with unavailable key is rejected"]
        assert console.run("modprobe greeter").text == ""
        assert "greeter.ko.gz" in console.ok("modinfo -n greeter")
        assert console.ok("modinfo -F signer greeter") == "Owner of teacher\n"
        assert console.ok("modinfo -F signer teacher.ko.gz") == "Owner of teacher\n"
        assert console.ok("cat /proc/sys/kernel/tainted") == "0\n"
