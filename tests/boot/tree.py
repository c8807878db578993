# SPDX-License-Identifier: MIT
"""A copy of Koan's sources, to be changed or configured, built and booted."""

import re
import shutil

import harness

# Of the top folder; what was built, and what is nobody's business.
LEFT_BEHIND = {"build", ".git", ".config", ".pytest_cache", "compile_commands.json"}


class Tree:
    """A copy of Koan with a configuration of its own."""

    def __init__(self, path, config):
        self.path = path
        shutil.copytree(harness.TOP, path, ignore=lambda folder, _: LEFT_BEHIND if folder == harness.TOP else ())
        (path / ".config").write_text(config)

    def make(self, *arguments):
        return harness.run(["make", "-j2", "-C", self.path, *arguments], env=harness.clean_environment())

    def build(self, *arguments):
        """Builds; returns the files that were compiled."""
        done = self.make(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return re.findall(r"^  (?:HOST)?CC +(?:\[M\] +)?(\S+)", done.stdout, re.MULTILINE)

    def module(self, name, source):
        """Builds a module against this tree; returns (path of the .ko, what make said)."""
        folder = self.path / "build" / f"m-{name}"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.c").write_text(source)
        (folder / "Kbuild").write_text(f"obj-m := {name}.o\n")
        done = self.make(f"M={folder}", "modules")
        return folder / f"{name}.ko", done.stdout + done.stderr

    def run(self, *commands, drivers=True, **options):
        """Boots it; returns the transcript's lines."""
        words = ["--drivers"] if drivers else []
        words += [w for command in commands for w in ("-c", command)]
        done = harness.run([self.path / "tools/koan", "exec", *harness.arguments(**options), *words])
        return done.stdout.splitlines()
