# SPDX-License-Identifier: MIT
"""A sheet of paper that becomes an SVG file, and refuses to be illegible.

Text is of one width a character, so where it ends is known: a text that lies over another, or leaves
the sheet, is a mistake of whoever placed it, and an assertion says so. Coordinates are pixels, from the
upper left corner.
"""

import json
from xml.sax.saxutils import escape, quoteattr

FONT = "'DejaVu Sans Mono', Menlo, Consolas, monospace"
CHARACTER = 0.602  # width of a character, in font sizes: DejaVu Sans Mono's
INK, GREY = "#1f2328", "#59636e"

# What may be done with memory, in colours that differ in lightness, too.
COLOURS = {"r-x": "#7cc48d", "r--": "#a9cdf0", "rw-": "#f4b26a", "rwx": "#e5484d", None: "#eceff2"}
MEANINGS = {"r-x": "r-x executed", "r--": "r-- only read", "rw-": "rw- written"}


def text_width(text, size):
    """Of a line."""
    return len(text) * size * CHARACTER


class Sheet:
    """`facts` is what the picture states, for tests: it goes into the file, unseen."""

    def __init__(self, width, height, title, facts):
        self.width, self.height = width, height
        self._title, self._facts = title, facts
        self._shapes, self._texts = [], []
        self.text(20, 32, title, size=18, bold=True)

    def rect(self, x, y, width, height, fill, stroke=INK, dashed=False):
        """A box."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        self._shapes.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                            f'fill="{fill}" stroke="{stroke}"{dash}/>')

    def line(self, points, colour=GREY, width=1.0, dashed=False):
        """From point to point."""
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        where = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._shapes.append(f'<polyline points="{where}" fill="none" stroke="{colour}" '
                            f'stroke-width="{width:g}"{dash}/>')

    def text(self, x, y, text, size=13, anchor="start", colour=INK, bold=False):
        """A line of text; y is its baseline, x its start, middle or end."""
        width = text_width(text, size)
        left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
        self._texts.append(((left, y - 0.8 * size, left + width, y + 0.2 * size), text))
        weight = ' font-weight="bold"' if bold else ""
        self._shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" '
                            f'text-anchor="{anchor}"{weight}>{escape(text)}</text>')

    def legend(self, x, y, no_colour):
        """What the colours mean, in a row; `no_colour` is what grey means here."""
        for kind, meaning in [*MEANINGS.items(), (None, no_colour)]:
            self.rect(x, y - 11, 16, 14, COLOURS[kind])
            self.text(x + 22, y, meaning)
            x += 22 + text_width(meaning, 13) + 24

    def _check(self):
        for i, (a, text) in enumerate(self._texts):
            assert 0 <= a[0] and a[2] <= self.width and 0 <= a[1] and a[3] <= self.height, \
                f"{self._title}: {text!r} leaves the sheet: {a}"
            for b, other in self._texts[:i]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], \
                    f"{self._title}: {text!r} lies over {other!r}"

    def save(self, path):
        """Writes the file."""
        self._check()
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                f'width="{self.width}" height="{self.height}" xml:space="preserve" '
                f'font-family={quoteattr(FONT)}>\n<title>{escape(self._title)}</title>\n'
                f'{metadata(self._facts)}\n'
                f'<rect width="{self.width}" height="{self.height}" rx="8" fill="#ffffff"/>\n'
                + "\n".join(self._shapes) + "\n</svg>\n")


def metadata(facts):
    """The element that holds a picture's facts."""
    return f"<metadata>{escape(json.dumps(facts))}</metadata>"


def spread(wanted, distance, low, high):
    """Places for labels that want to be at `wanted` (ascending), at least `distance` apart and
    inside [low, high]: each as near as that allows to where it wants to be."""
    places = []
    for want in wanted:
        places.append(max(want, places[-1] + distance if places else low))
    limit = high
    for i in range(len(places) - 1, -1, -1):
        places[i] = min(places[i], limit)
        limit = places[i] - distance
    assert not places or places[0] >= low - 0.5, "more labels than fit"
    return places
