# SPDX-License-Identifier: MIT
"""A module's file beside its image in memory, section by section."""

from session import SHOWN
from svg import COLOURS, GREY, Sheet

ROW, FIRST = 22, 100
FILE_X, FILE_WIDTH = 20, 330
MEMORY_X, MEMORY_WIDTH = 560, 380
GONE = "init: given back when it has run"


def blocks(session):
    """[(title, permissions, [(address, section)])]: where the sections with memory are."""
    found = []
    sections = {s.name: s for s in session.files[SHOWN].sections}
    for r in session.ranges:
        inside = sorted((address, name) for name, address in session.sections.items()
                        if r.start <= address < r.end and not name.startswith(".init"))
        if r.who.startswith(SHOWN + " "):
            found.append((f"{r.start:016x} {r.who[len(SHOWN) + 1:]}", r.permissions,
                          [(address, sections[name]) for address, name in inside]))
    placed = {section.name for _, _, inside in found for _, section in inside}
    gone = sorted((address, name) for name, address in session.sections.items() if name not in placed)
    if gone:
        found.append((GONE, None, [(address, sections[name]) for address, name in gone]))
    return found


def _file_rows(session):
    """[(section name, what is said of it, size, whether it stays in the file)]: what is for
    debuggers is one row."""
    found, debug = [], []
    for section in session.files[SHOWN].sections[1:]:
        stays = section.name not in session.sections
        loader = "  (for the loader)" if stays and section.loaded and section.size else ""
        if ".debug_" in section.name:
            debug.append(section.size)
        else:
            found.append((section.name, section.name + loader, section.size, stays))
    if debug:
        found.append((".debug", f".debug_*, {len(debug)} sections", sum(debug), True))
    return found


def _draw_file(sheet, session):
    """{section name: y of its middle}, and where the column ends."""
    middles = {}
    y = FIRST
    for name, text, size, stays in _file_rows(session):
        colour = GREY if stays else "#1f2328"
        sheet.rect(FILE_X, y, FILE_WIDTH, ROW, COLOURS[None] if stays else "#ffffff", stroke=GREY)
        sheet.text(FILE_X + 8, y + 15, text, size=12, colour=colour)
        sheet.text(FILE_X + FILE_WIDTH - 8, y + 15, f"{size:#x}", size=12, anchor="end", colour=colour)
        middles[name] = y + ROW / 2
        y += ROW
    return middles, y


def _draw_memory(sheet, session, middles):
    """Each block is pages of its own; a line leads from each section of the file to its place."""
    y = FIRST
    for title, permissions, inside in blocks(session):
        sheet.text(MEMORY_X, y + 14, f"{title}  {permissions or ''}".rstrip(), size=12, bold=True)
        y += ROW
        for address, section in inside:
            sheet.rect(MEMORY_X, y, MEMORY_WIDTH, ROW, COLOURS[permissions], dashed=permissions is None)
            sheet.text(MEMORY_X + 8, y + 15, section.name, size=12)
            sheet.text(MEMORY_X + MEMORY_WIDTH - 8, y + 15, f"{address:016x}", size=12, anchor="end")
            middle = middles[section.name]
            sheet.line([(FILE_X + FILE_WIDTH, middle), (FILE_X + FILE_WIDTH + 14, middle),
                        (MEMORY_X - 14, y + ROW / 2), (MEMORY_X, y + ROW / 2)],
                       colour="#8c959f" if permissions is None else "#57606a",
                       dashed=permissions is None)
            y += ROW
        y += ROW / 2
    return y


def draw(session, path):
    """Writes the picture. It is drawn twice, since only then its height is known."""
    facts = {"module": SHOWN, "blocks": [[title.split(" ", 1)[1] if permissions else title, permissions,
                                          [section.name for _, section in inside]]
                                         for title, permissions, inside in blocks(session)],
             "stays in the file": [name for name, _, _, stays in _file_rows(session) if stays]}
    height = 4000
    for _ in range(2):
        sheet = Sheet(960, height, f"{SHOWN}.ko: the file, and what becomes of it in memory", facts)
        sheet.legend(20, 60, "stays in the file, or was given back")
        sheet.text(FILE_X, FIRST - 10, "section of the file, bytes", size=12, colour=GREY)
        sheet.text(MEMORY_X, FIRST - 10, "memory: block, section, address", size=12, colour=GREY)
        middles, end = _draw_file(sheet, session)
        end = max(end, _draw_memory(sheet, session, middles))
        height = int(end) + 20
    sheet.save(path)
