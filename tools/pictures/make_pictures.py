#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""make_pictures.py FOLDER: boots Koan, asks it, and draws what it said, as FOLDER/NAME.svg.

    session.py        the questions and the answers
    svg.py            boxes, lines and text that does not overlap
    memory_map.py, dependencies.py, module_image.py, export_table.py     a picture each

No number of a picture stands in these files: another build gives other pictures.
"""

import os
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.append(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))

import dependencies  # noqa: E402
import export_table  # noqa: E402
import memory_map  # noqa: E402
import module_image  # noqa: E402
import session  # noqa: E402

PICTURES = {"memory-map": memory_map, "dependencies": dependencies,
            "module-image": module_image, "export-table": export_table}


def main(argv):
    """Returns the exit status."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print("usage: make_pictures.py FOLDER", file=sys.stderr)
        return 2
    if not shutil.which("dot"):
        print("make_pictures.py: graphviz is not installed: type `tools/setup test`", file=sys.stderr)
        return 2
    try:
        os.makedirs(argv[0], exist_ok=True)
    except OSError as err:
        print(f"make_pictures.py: {argv[0]}: {err.strerror}", file=sys.stderr)
        return 2
    live = session.Session()
    for name, picture in PICTURES.items():
        path = os.path.join(argv[0], f"{name}.svg")
        picture.draw(live, path)
        print(f"  PICTURE {os.path.relpath(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
