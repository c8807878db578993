# SPDX-License-Identifier: MIT
"""README.md, DEVELOPERS.md, docs/ and the lessons' pages are true: what they show was shown, what they name exists.

Each transcript is played again (reader.py) and compared (compare.py). When the system changed on
purpose, tests/docs/update.py writes the new output into the page, for you to read.
"""

import functools
import glob
import os
import re
import subprocess

import pytest

import compare
import markdown
import reader
from debug_session import GDB_PROMPT

TOP = reader.TOP


def _pages():
    docs = sorted(glob.glob(os.path.join(TOP, "docs", "*.md")))
    docs += sorted(glob.glob(os.path.join(TOP, "modules", "examples", "*", "README.md")))
    return ["README.md", "DEVELOPERS.md"] + [os.path.relpath(path, TOP) for path in docs]


@functools.lru_cache(maxsize=None)
def text_of(page):
    with open(os.path.join(TOP, page), encoding="utf-8") as file:
        return file.read()


@functools.lru_cache(maxsize=None)
def events_of(page):
    return markdown.events(page, text_of(page))


@functools.lru_cache(maxsize=None)
def outcome_of(page):
    return reader.play(events_of(page))


@functools.lru_cache(maxsize=None)
def compiler():
    """As in <!-- exact: gcc 12 -->."""
    name = os.environ.get("CC", "gcc")  # as tools/build/flags.mk decides
    version = subprocess.run([name, "-dumpversion"], check=True, stdout=subprocess.PIPE,
                             text=True).stdout
    return f"{name} {version.split('.')[0].strip()}"


def blocks(pages=None):
    return [event for page in pages or _pages() for event in events_of(page)
            if isinstance(event, markdown.Block)]


def _in_a_group(block):
    """A page is played once, by one process. All that starts gdb goes to one: build/gdbinit is one file."""
    debugs = any(reader.STARTS_DEBUGGING.match(line) for b in blocks([block.page]) for line in b.lines)
    group = "debug" if debugs else block.page
    return pytest.param(block, marks=pytest.mark.xdist_group(group), id=str(block))


@pytest.mark.parametrize("block", [_in_a_group(b) for b in blocks() if b.language == "console"])
def test_transcript(block):
    """A `console` block is what a reader who does as it says will see."""
    made_by = block.directives.get("exact", "gcc")  # others order symbols in other ways
    if not compiler().startswith(made_by):
        pytest.skip(f"shows what {made_by} makes; this is {compiler()}")
    done = outcome_of(block.page)[block]
    difference = compare.difference(block.lines, done, block.directives)
    assert not difference, f"{difference}\n(tests/docs/update.py {block.page})"


@pytest.mark.parametrize("block", [b for b in blocks() if "quote" in b.directives], ids=str)
def test_quote(block):
    """An excerpt is, piece by piece and in this order, in the file that it is said to be from."""
    path = os.path.join(TOP, block.directives["quote"])
    with open(path, encoding="utf-8") as file:
        rest = "\n" + file.read()
    for piece in "\n".join(block.lines).split(f"\n{compare.GAP}\n"):
        assert f"\n{piece}\n" in rest, f"not in {block.directives['quote']}, here:\n{piece}"
        rest = rest.split(f"\n{piece}\n", 1)[1]


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_block_is_checked(block):
    """Nothing that could be played is shown in a block that nobody plays."""
    if block.language == "console":
        assert block.lines[0].startswith((reader.HOST, *reader.GUEST, GDB_PROMPT))
    elif block.language != "text":
        assert "file" in block.directives or "quote" in block.directives
    if block.language == "text":
        assert not any(line.startswith((reader.HOST, *reader.GUEST, GDB_PROMPT)) for line in block.lines)


@pytest.mark.parametrize("page", _pages())
def test_no_hidden_block(page):
    """Indented lines are a block, too, for a reader; but nobody would play it."""
    assert not re.search(r"\n\n(?: {4}|\t)[^\n]*", markdown.prose(text_of(page)))


def test_every_page_is_on_the_path():
    """docs/README.md leads to each page, and once."""
    led_to = LINK.findall(markdown.prose(text_of("docs/README.md")))
    there = [os.path.relpath(page, "docs") for page in _pages()]
    assert sorted(led_to) == sorted(set(there) - {"README.md"})


# --- what pages name ---

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def _links():
    return [(page, link) for page in _pages()
            for link in LINK.findall(markdown.prose(text_of(page)))
            if not re.match(r"https?:", link)]


@pytest.mark.parametrize("page, link", _links())
def test_link(page, link):
    """A relative link leads to a file, and to a heading of it."""
    path, _, anchor = link.partition("#")
    target = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
    assert os.path.exists(os.path.join(TOP, target))
    if anchor:
        assert anchor in markdown.headings(text_of(target))


def _paths():
    """What prose names in `code` and what begins with a folder of the repository."""
    found = []
    for page in _pages():
        for code in CODE.findall(markdown.prose(text_of(page))):
            top, slash, _ = code.partition("/")
            if slash and top and os.path.isdir(os.path.join(TOP, top)) and top != "build" \
                    and re.fullmatch(r"[\w./*+-]+", code):
                found.append((page, code))
    return sorted(set(found))


@pytest.mark.parametrize("page, path", _paths())
def test_path(page, path):
    """It is there; NAME stands for any name."""
    assert glob.glob(os.path.join(TOP, path.replace("NAME", "*"))), f"{page} names {path}"


@functools.lru_cache(maxsize=None)
def make_help():
    return subprocess.run(["make", "--no-print-directory", "help"], cwd=TOP, check=True, text=True,
                          env=reader.clean_environment(), stdout=subprocess.PIPE).stdout


def _make_targets():
    return sorted({(page, code.split()[1]) for page in _pages()
                   for code in CODE.findall(markdown.prose(text_of(page)))
                   if re.match(r"make [a-z]", code) and "NAME" not in code})


@pytest.mark.parametrize("page, target", _make_targets())
def test_make_target(page, target):
    """`make TARGET` is in `make help`."""
    assert re.search(rf"^ *(make )?{re.escape(target)}\b", make_help(), re.MULTILINE), make_help()


def test_tree_of_readme():
    """README's tree has one line for each file and folder at the top, and names nothing else."""
    (tree,) = [b for b in blocks(["README.md"]) if b.language == "text"]
    said = {line.split()[0].rstrip("/") for line in tree.lines if line[0] not in " #"}
    tracked = subprocess.run(["git", "ls-files"], cwd=TOP, check=True, stdout=subprocess.PIPE,
                             text=True).stdout
    there = {path.split("/")[0] for path in tracked.splitlines() if not path.startswith(".")}
    assert said == there
    for folder in glob.glob(os.path.join(TOP, "kernel", "*", "")):
        assert any(line.startswith(f"  {os.path.basename(folder[:-1])}/") for line in tree.lines), folder
    for line in tree.lines:
        if line.startswith("  "):
            assert glob.glob(os.path.join(TOP, "*", line.split()[0])), line


# --- figures that prose works out ---

HEX = r"(?:0x)?[0-9a-f]+"
SUM = re.compile(rf"\b({HEX}(?: [+-] {HEX})+) =\s`?({HEX})\b")


def _sums():
    return [(page, *found) for page in _pages() for found in SUM.findall(text_of(page))]


@pytest.mark.parametrize("page, terms, result", _sums())
def test_sum(page, terms, result):
    """`A + B - C = D`, hexadecimal, in 64 bits."""
    total, sign = 0, 1
    for word in terms.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            total += sign * int(word, 16)
    assert total % (1 << 64) == int(result, 16)


def _lines(page, language):
    return "\n".join(line for block in blocks([page]) if block.language == language for line in block.lines)


def _figures():
    """Addresses, and bytes in a row, that are shown outside of transcripts."""
    found = []
    for page in _pages():
        shown = _lines(page, "console")
        shown += re.sub(r"\t0x([0-9a-f]{2})\b", r" \1", shown)  # bytes as gdb prints them
        worked_out = {result for _, result in SUM.findall(text_of(page))}
        said = re.findall(r"\bffff[0-9a-f]{12}\b|`[0-9a-f]{2}(?:\s[0-9a-f]{2})+`",
                          markdown.prose(text_of(page)))
        said += re.findall(r"\bffff[0-9a-f]{12}\b|(?<=memory:   )[0-9a-f ]+", _lines(page, "text"))
        for figure in said:
            found.append((page, " ".join(figure.strip("`").split()), shown, worked_out))
    return found


@pytest.mark.parametrize("page, figure, shown, worked_out", _figures(),
                         ids=[f"{page}-{figure}" for page, figure, *_ in _figures()])
def test_figure(page, figure, shown, worked_out):
    """It is in a transcript of the page, or worked out there, or a bound of the address space."""
    assert figure in shown or figure in worked_out or figure in _macros().values()


def _probes(lines):
    """[(row, name)] that docs/exports.md works out for printk, and those that gdb saw there."""
    text = "\n".join(lines).partition("wanted=printk rows\n")[2]
    by_hand = re.findall(r"^n = .*: row +(\d+) = .* is (\w+),", text.partition("$ awk")[0], re.MULTILINE)
    return by_hand, re.findall(r"^row (\d+) is (\w+)$", text, re.MULTILINE)


@pytest.mark.xdist_group("debug")
def test_probes_by_hand():
    """The kernel compares the rows that the page works out: in the page's own words, and today."""
    if not compiler().startswith("gcc"):
        pytest.skip("gdb finds the arguments where gcc keeps them")
    samples = [block for block in blocks(["docs/exports.md"]) if "sample" in block.directives]
    outcome = outcome_of("docs/exports.md")
    for lines in ([block.lines for block in samples], [outcome[block] for block in samples]):
        by_hand, by_kernel = _probes(sum(lines, []))
        assert by_hand == by_kernel and by_hand[-1][1] == "printk"
        assert 3 < len(by_hand) <= 9  # fewer than 512 rows


def test_files_of_the_loader():
    """The life of a module meets every file of kernel/module/, and no other."""
    said = set(re.findall(r"`(\w+\.c)`", markdown.prose(text_of("docs/life-of-a-module.md"))))
    there = {os.path.basename(path) for path in glob.glob(os.path.join(TOP, "kernel/module/*.c"))}
    assert said - {"greet.mod.c"} == there - {"load.c"}


def _macros():
    with open(os.path.join(TOP, "kernel/mm/mm.h"), encoding="utf-8") as file:
        return dict(re.findall(r"#define (\w+) +0x([0-9a-f]{16})UL", file.read()))


def _macro_rows():
    return [(page, name, address) for page in _pages()
            for address, name in re.findall(r"^\| `([0-9a-f]{16})` \| `(\w+)`", text_of(page),
                                            re.MULTILINE)]


@pytest.mark.parametrize("page, name, address", _macro_rows())
def test_address_of_macro(page, name, address):
    """A table row | `address` | `NAME` | says what kernel/mm/mm.h says."""
    assert _macros()[name] == address
