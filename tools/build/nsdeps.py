#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""nsdeps.py LIST: writes the missing MODULE_IMPORT_NS() lines into modules' sources.

LIST is modpost's (-d): a line "DIR/foo.ko: NAMESPACE..." for each module that uses symbols of
namespaces that it does not import. A line goes behind the last import of the source file that has
the module's MODULE_LICENSE(), or else behind that. The sources are known from what the build left
beside the objects: foo.mod lists them, and .foo.o.cmd says what each was compiled from.
"""

import os
import re
import sys

SOURCE = re.compile(r"^source_\S+ := (.*)$", re.MULTILINE)
LICENSE = re.compile(r"^MODULE_LICENSE\b.*?;[^\n]*\n?", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(r"^MODULE_IMPORT_NS\b.*?;[^\n]*\n?", re.MULTILINE | re.DOTALL)


def read(path):
    """The text of a file, whatever its encoding, with its own line ends."""
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        return file.read()


def source_of(obj):
    """What an object was compiled from; None when nothing says so."""
    folder, name = os.path.split(obj)
    try:
        found = SOURCE.search(read(os.path.join(folder, f".{name}.cmd")))
    except OSError:
        return None
    return found and found.group(1)


def sources_of(module):
    """The sources of DIR/foo.ko that exist."""
    objects = read(module.removesuffix(".ko") + ".mod").split()
    return [path for path in map(source_of, objects) if path and os.path.exists(path)]


def with_imports(text, namespaces):
    """@text with the lines; @text has a MODULE_LICENSE()."""
    end = max(found.end() for found in [*LICENSE.finditer(text), *IMPORT.finditer(text)])
    lines = "".join(f'MODULE_IMPORT_NS("{ns}");\n' for ns in namespaces)
    if text[:end].endswith("\r\n"):
        lines = lines.replace("\n", "\r\n")
    gap = "" if text[:end].endswith("\n") else "\n"
    return text[:end] + gap + lines + text[end:]


def mend(module, namespaces):
    """Changes the sources of one module. False, and says what to do, when none has a licence."""
    sources = sources_of(module)
    wanted = [path for path in sources if LICENSE.search(read(path))]
    for path in wanted:
        text = with_imports(read(path), namespaces)
        with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)
        print(f"  NSDEPS  {path}: {' '.join(namespaces)}")
    if not wanted:
        print(f"{module}: no MODULE_LICENSE() found in {' '.join(sources) or 'its sources'}: add by hand: "
              + " ".join(f'MODULE_IMPORT_NS("{ns}");' for ns in namespaces), file=sys.stderr)
    return bool(wanted)


def main():
    """All modules of the list; status 1 when one could not be mended."""
    good = True
    for line in read(sys.argv[1]).splitlines():
        module, _, namespaces = line.partition(".ko: ")
        good &= mend(module + ".ko", namespaces.split())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
