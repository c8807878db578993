# SPDX-License-Identifier: MIT
"""The kernel's export table as a sorted array, and the probes of one lookup in it."""

from svg import COLOURS, GREY, Sheet, spread

WANTED = "printk"
TABLE = "__ksymtab"
ROW_BYTES = 24  # struct kernel_symbol: linker.ld asserts it
TOP_OF_BARS, HEIGHT, BAR, STEP = 130, 480, 34, 92
LEFT = 240
PREFIX = "__ksymtab_"


def rows(session):
    """[name]: the table, in the order in which it lies in memory."""
    start, stop = (session.address(f"__{end}_{TABLE}") for end in ("start", "stop"))
    found = sorted((address, name[len(PREFIX):]) for address, _, name, module in session.kallsyms
                   if name.startswith(PREFIX) and not module and start <= address < stop)
    assert [address for address, _ in found] == list(range(start, stop, ROW_BYTES))
    return [name for _, name in found]


def probes(names, wanted):
    """[(first, behind the last, probed)]: how bsearch() of kernel/lib/sort.c goes about it."""
    found, low, high = [], 0, len(names)
    while low < high:
        middle = low + (high - low) // 2
        found.append((low, high, middle))
        if names[middle] == wanted:
            break
        low, high = (middle + 1, high) if names[middle] < wanted else (low, middle)
    return found


def _bar(sheet, names, i, step, y):
    low, high, probed = step
    x = LEFT + i * STEP
    sheet.text(x + BAR / 2, TOP_OF_BARS - 26, f"probe {i + 1}", size=12, anchor="middle", bold=True)
    sheet.text(x + BAR / 2, TOP_OF_BARS - 10, f"{high - low} row{'s' * (high - low > 1)}", size=12,
               anchor="middle", colour=GREY)
    sheet.rect(x, TOP_OF_BARS, BAR, HEIGHT, COLOURS[None], stroke="none")
    sheet.rect(x, y(low), BAR, max(2, y(high) - y(low)), COLOURS["r--"], stroke=GREY)
    sheet.line([(x - 6, y(probed + .5)), (x + BAR + 6, y(probed + .5))], colour="#b3261e", width=2.5)
    # Where the next bar comes from.
    if names[probed] != WANTED:
        after = probed + 1 if names[probed] < WANTED else low
        until = high if names[probed] < WANTED else probed
        for row in (after, until):
            sheet.line([(x + BAR, y(row)), (x + STEP, y(row))], colour="#c0c6cc", dashed=True)


def draw(session, path):
    """Writes the picture."""
    names = rows(session)
    steps = probes(names, WANTED)
    last = steps[-1][2]
    assert names[last] == WANTED and len(steps) <= len(names).bit_length()
    facts = {"table": TABLE, "wanted": WANTED, "rows": len(names), "sorted": names == sorted(names),
             "probes": [names[probed] for _, _, probed in steps]}

    def y(row):
        return TOP_OF_BARS + row * HEIGHT / len(names)

    sheet = Sheet(LEFT + STEP * len(steps) + 10, TOP_OF_BARS + HEIGHT + 70,
                  f"{TABLE}: where is {WANTED}?", facts)
    sheet.text(20, 60, f"{len(names)} exported names in strcmp() order: each probe leaves half of the rest, "
               f"so {len(steps)} are enough")
    for i, step in enumerate(steps):
        _bar(sheet, names, i, step, y)
    marked = sorted({probed for _, _, probed in steps} | {0, len(names) - 1})
    places = spread([y(row + .5) for row in marked], 17, TOP_OF_BARS + 4, TOP_OF_BARS + HEIGHT - 2)
    for row, place in zip(marked, places):
        sheet.text(LEFT - 40, place + 4, f"{row:3} {names[row]}", size=12, anchor="end",
                   bold=row == last, colour="#b3261e" if row == last else "#1f2328")
        sheet.line([(LEFT - 36, place), (LEFT - 20, y(row + .5)), (LEFT, y(row + .5))])
    row_at = session.address(f"__start_{TABLE}") + last * ROW_BYTES
    sheet.text(20, TOP_OF_BARS + HEIGHT + 30, f"row {last}, at {row_at:016x}: "
               f'{{ value {session.address(WANTED):016x}, name "{WANTED}", namespace "" }}', size=13)
    sheet.text(20, TOP_OF_BARS + HEIGHT + 52, "blue: where it can still be; red: the row that is compared",
               size=12, colour=GREY)
    sheet.save(path)
