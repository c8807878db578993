# SPDX-License-Identifier: MIT
"""The memory map: what ptdump says, each window of addresses to a scale of its own."""

from svg import COLOURS, GREY, Sheet, spread

# Where the windows begin (kernel/mm/mm.h), and what they are called.
WINDOWS = [(0xffff800000000000, "all memory"), (0xffffc90000000000, "big objects"),
           (0xffffffff80000000, "the kernel"), (0xffffffffc0000000, "modules")]

TOP_OF_STRIPS, HEIGHT, STRIP = 130, 560, 56
COLUMN = 252


def _in_window(session, i):
    start = WINDOWS[i][0]
    end = WINDOWS[i + 1][0] if i + 1 < len(WINDOWS) else 1 << 64
    return [r for r in session.ranges if start <= r.start < end]


def _size(n):
    for unit, size in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if n >= size and (n % size == 0 or n > 10 * size):
            return f"{n / size:.0f} {unit}"
    return f"{n} bytes"


def _short(who):
    """The window's own name is not said again."""
    return who.replace("physical memory: ", "").replace("physical memory", "memory") \
        .replace("kernel .", ".").replace("read-only data", "rodata")


def _strip(sheet, x, name, base, ranges):
    first, last = ranges[0].start, ranges[-1].end
    # All of memory begins at its first byte, and windows do.
    first = base if first - base < (1 << 20) else first
    scale = HEIGHT / (last - first)

    def y(address):
        return TOP_OF_STRIPS + (address - first) * scale

    sheet.text(x, 84, name, size=15, bold=True)
    sheet.text(x, 102, f"from {first:016x}")
    sheet.text(x, 120, _size(last - first), colour=GREY)
    sheet.rect(x, TOP_OF_STRIPS, STRIP, HEIGHT, COLOURS[None], stroke=GREY)
    labels, seen = [], set()
    for r in ranges:
        height = max(1, (r.end - r.start) * scale)
        sheet.rect(x, y(r.start), STRIP, height, COLOURS[r.permissions],
                   stroke="none" if height < 3 else "#1f2328")
        key = (r.who, r.permissions)
        if key not in seen:  # what is in several pieces is named at its first
            seen.add(key)
            labels.append((y(r.start) + min(height, 20) / 2, f"+{r.start - first:<7x} {_short(r.who)}"))
    places = spread([want for want, _ in labels], 17, TOP_OF_STRIPS + 6, TOP_OF_STRIPS + HEIGHT - 2)
    for (want, text), place in zip(labels, places):
        sheet.line([(x + STRIP, want), (x + STRIP + 10, place), (x + STRIP + 14, place)])
        sheet.text(x + STRIP + 17, place + 4, text, size=12)


def draw(session, path):
    """Writes the picture."""
    facts = {"verdict": session.verdict,
             "lives": sorted({(r.who, r.permissions) for r in session.ranges})}
    sheet = Sheet(30 + COLUMN * len(WINDOWS), TOP_OF_STRIPS + HEIGHT + 50,
                  "What is mapped, and what may be done there", facts)
    sheet.legend(20, 58, "nothing there")
    for i, (base, name) in enumerate(WINDOWS):
        _strip(sheet, 20 + COLUMN * i, name, base, _in_window(session, i))
    sheet.text(20, TOP_OF_STRIPS + HEIGHT + 32, f"ptdump: {session.verdict}", bold=True)
    sheet.save(path)
