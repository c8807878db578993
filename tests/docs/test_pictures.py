# SPDX-License-Identifier: MIT
"""The pictures: legible, true, and those in docs/pictures/ still say what a new session says.

Each picture carries its facts in its <metadata>. Addresses, sizes and how many rows a table has
differ from build to build; the pictures in docs/ may be of another one. The rest has to agree; when it
changed on purpose: make pictures && cp build/pictures/*.svg docs/pictures/
"""

import glob
import json
import os
import re
import subprocess
import xml.etree.ElementTree as xml

import pytest

import reader
from test_docs import compiler

pytestmark = pytest.mark.xdist_group("pictures")  # one session for all of them
TOP = reader.TOP
DRAW = os.path.join(TOP, "tools", "pictures", "make_pictures.py")
NAMES = ["memory-map", "dependencies", "module-image", "export-table"]
KEPT = os.path.join(TOP, "docs", "pictures")
SVG = "{http://www.w3.org/2000/svg}"
CHARACTER = 0.602  # width over size of DejaVu Sans Mono's
WIDEST = 1100  # pixels; a page shows about 850, and text of 11 shrunk to that can still be read


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The folder with new pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    done = subprocess.run([DRAW, folder], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    return str(folder)


def svg(folder, name):
    return xml.parse(os.path.join(folder, name + ".svg")).getroot()


def facts(folder, name):
    return json.loads(svg(folder, name).find(f".//{SVG}metadata").text)


def host(*words):
    return subprocess.run(words, cwd=TOP, check=True, stdout=subprocess.PIPE, text=True).stdout


def ko(name):
    (path,) = glob.glob(os.path.join(TOP, "build", "modules", "*", "*", name + ".ko"))
    return path


# --- legible ---


def texts(root):
    """[(left, top, right, bottom, text)], in the picture's own pixels."""
    found = []
    for element in root.iter(SVG + "text"):
        size, text = float(element.get("font-size")), element.text or ""
        width = len(text) * size * CHARACTER
        left = float(element.get("x")) - {"start": 0, "middle": width / 2, "end": width}[
            element.get("text-anchor") or "start"]
        y = float(element.get("y"))
        found.append((left, y - 0.8 * size, left + width, y + 0.2 * size, text, size))
    return found


@pytest.mark.parametrize("kept", [False, True], ids=["new", "docs"])
@pytest.mark.parametrize("name", NAMES)
def test_legible(drawn, name, kept):
    root = svg(KEPT if kept else drawn, name)
    width, height = map(float, root.get("viewBox").split()[2:])
    found = texts(root)
    assert len(found) > 5 and width <= WIDEST
    graph = name == "dependencies"  # graphviz's y axis begins at the bottom
    for i, a in enumerate(found):
        assert a[5] >= 11, a
        assert a[0] >= 0 and a[2] <= width, a
        assert graph or (a[1] >= 0 and a[3] <= height), a
        for b in found[:i]:
            assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1, (a, b)


@pytest.mark.parametrize("name", NAMES)
def test_a_renderer_takes_it(drawn, name, tmp_path):
    png = tmp_path / "picture.png"
    host("rsvg-convert", "--output", str(png), os.path.join(drawn, name + ".svg"))
    assert png.read_bytes().startswith(b"\x89PNG") and png.stat().st_size > 10_000


# --- true ---


def test_memory_map(drawn):
    said = facts(drawn, "memory-map")
    assert said["verdict"] == "no page is both writable and executable"
    lives = dict(said["lives"])
    assert lives["kernel .text"] == "r-x" and lives["kernel .rodata"] == "r--"
    assert lives["physical memory: the kernel"] == "r--"
    assert lives["visitor text"] == "r-x" and lives["greeter data"] == "rw-"


def test_dependencies(drawn):
    """As nm and modpost's own tables have it."""
    owners = {}
    for file in ("build/Module.symvers", "build/modules/Module.symvers"):
        with open(os.path.join(TOP, file), encoding="utf-8") as rows:
            for _, symbol, owner, *_ in (row.split("\t") for row in rows):
                owners[symbol] = "kernel" if owner == "vmlinux" else os.path.basename(owner)
    needs = facts(drawn, "dependencies")["needs"]
    assert set(needs) == {"visitor", "greeter", "pci", "rtc_cmos", "ps2kbd", "vga"}
    for module, providers in needs.items():
        expected = {}
        for symbol in sorted(line.split()[1] for line in host("nm", "-u", ko(module)).splitlines()):
            expected.setdefault(owners[symbol], []).append(symbol)
        assert providers == expected
    assert needs["visitor"]["greeter"] == ["greeter_count", "greeter_greet"]


def test_module_image(drawn):
    """As readelf lists the file; what stays and what is loaded are all of it."""
    said = facts(drawn, "module-image")
    names = re.findall(r"^ +\[ *\d+\] (\S+) +[A-Z]", host("readelf", "-SW", ko(said["module"])), re.MULTILINE)
    loaded = [name for _, _, inside in said["blocks"] for name in inside]
    assert sorted(loaded + [n for n in said["stays in the file"] if n != ".debug"]) \
        == sorted(n for n in names if ".debug_" not in n)
    blocks = {title: (may, inside) for title, may, inside in said["blocks"]}
    assert blocks["text"][0] == "r-x" and ".text" in blocks["text"][1]
    assert blocks["data"][0] == "rw-" and ".bss" in blocks["data"][1]
    assert blocks["read-only data"][0] == "r--" and "__ksymtab" in blocks["read-only data"][1]
    assert blocks["init: given back when it has run"] == (None, [".init.text"])


def test_export_table(drawn):
    """The rows that modpost counted; a lookup that gets nearer each time, to the end."""
    said = facts(drawn, "export-table")
    with open(os.path.join(TOP, "build", "Module.symvers"), encoding="utf-8") as file:
        names = sorted(row.split("\t")[1] for row in file if row.split("\t")[3].strip() == "EXPORT_SYMBOL")
    assert said["sorted"] and said["rows"] == len(names)
    low, high = 0, len(names)
    for name in said["probes"]:
        at = names.index(name)
        assert low <= at < high and abs((at - low) - (high - 1 - at)) <= 1  # in the middle of the rest
        low, high = (at + 1, high) if name < said["wanted"] else (low, at)
    assert said["probes"][-1] == said["wanted"] == "printk"


# --- those in docs/ ---


def lasting(folder, name):
    """The facts that are the same in each build."""
    found = facts(folder, name)
    for key in ("rows", "probes"):
        found.pop(key, None)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_docs_show_what_is_so(drawn, name):
    if not compiler().startswith("gcc"):
        pytest.skip("another compiler makes other sections")
    assert lasting(KEPT, name) == lasting(drawn, name), \
        "make pictures && cp build/pictures/*.svg docs/pictures/"


def test_all_are_shown():
    pages = "".join(open(path, encoding="utf-8").read()
                    for path in [os.path.join(TOP, "README.md")] + glob.glob(os.path.join(TOP, "docs", "*.md")))
    assert sorted(os.listdir(KEPT)) == sorted(name + ".svg" for name in NAMES)
    for name in NAMES:
        assert re.search(rf"!\[[^\]]+\]\((docs/)?pictures/{name}\.svg\)", pages), name


@pytest.mark.parametrize("words", [[], ["--help"], ["a", "b"], ["/proc/nothing/there"]])
def test_wrong_words(words):
    done = subprocess.run([DRAW, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2 and done.stderr and not done.stdout
