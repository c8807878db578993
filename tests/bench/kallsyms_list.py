#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""kallsyms_list.py: a made-up list of symbols, as long as that of a kernel with everything built in,
and like one in what matters to the table: how long names are, how often a name or an address occurs
more than once, how much neighbours share, which types there are, how far symbols lie apart. The same
list every time.
"""

import random
import sys

COUNT = 94266
START = 0xffffffff81000000
SYLLABLES = ("acc ad al am an ar as at ba bi bo bu ca ce chan ci clo co cu da de di do dri e el en er "
             "ex fa fe fi fo fre ga ge gi go gra ha he hi ho i in io ip is ka ke ki ko la le li lo "
             "lu ma me mi mo mu na ne ni no nu o on or pa pe pi po pro ra re ri ro ru sa se shi si "
             "so sta str su ta te ti to tra tri tu u un up us va ve vi vo wa we wi wo x xe").split()
VERBS = ("add alloc attach bind change check cleanup clear close commit config connect copy create "
         "del destroy detach disable do dump enable end exit fill find flush free get handle init "
         "insert invalidate iter kill load lock lookup map mark match move next notify open parse "
         "poll prepare print probe put queue read register release remove reset resume run save "
         "seek send set setup show shutdown start stop store suspend sync test track unlock unmap "
         "unregister update validate wait wake walk write").split()
NOUNS = ("addr attr bit block buf bus cache chip clk clock cmd config context count cpu ctl ctx data "
         "desc dev device domain entry event fence fd file filter flags flow format frame func group "
         "handle hash header id index info inode irq item key latency level limit line link list "
         "lock log mask max mem memory mmap mode msg name node nr object offset ops page param path "
         "pci policy pool port power prio props ptr queue range rate reg region request resource "
         "ring rule section sem size slot sock source space stack stat state status string table "
         "tag task thread time timer tree type user value vector vma work zone").split()
DATA = "fops ops table attr mutex lock list desc driver group type id_table".split()
LOCALS = ("__func__ __key __print_once __already_done __warned descriptor sw_attrs "
          "CSWTCH cache").split()


def words(rng):
    """Names of subsystems, big ones first."""
    found = []
    while len(found) < 1400:
        word = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 3, 3))))
        if word not in found:
            found.append(word)
    return found


def pick(rng, items):
    """Early ones much more often, as a few subsystems have most of the symbols."""
    return items[int(len(items) * rng.random() ** 2)]


def stem(rng, subsystems):
    parts = [pick(rng, subsystems)]
    if rng.random() < 0.7:
        parts.append(pick(rng, NOUNS))
    if rng.random() < 0.3:
        parts.append(pick(rng, subsystems))
    return parts


def function_name(rng, subsystems):
    parts = stem(rng, subsystems) + [rng.choice(VERBS)]
    if rng.random() < 0.5:
        parts.append(pick(rng, NOUNS))
    name = "_".join(parts)
    if rng.random() < 0.06:
        name = "__" + name
    tail = rng.random()
    if tail < 0.03:
        name += ".cold"
    elif tail < 0.06:
        name += f".isra.{rng.randrange(2)}"
    return name


def data_name(rng, subsystems):
    kind = rng.random()
    parts = stem(rng, subsystems)
    if kind < 0.13:
        return f"{rng.choice(LOCALS)}.{int(60 * rng.random() ** 3)}"
    if kind < 0.5:
        return "_".join(parts + [rng.choice(DATA)])
    if kind < 0.55:
        return f"{'_'.join(parts + [pick(rng, NOUNS)])}.{rng.randrange(60)}"
    return "_".join(parts + [pick(rng, NOUNS)])


def event_names(rng, subsystems):
    """What one trace event leaves behind, all over the image."""
    name = "_".join(stem(rng, subsystems) + [rng.choice(VERBS)])
    return [("T", f"__traceiter_{name}"), ("t", f"perf_trace_{name}"),
            ("t", f"trace_event_raw_event_{name}"), ("t", f"trace_raw_output_{name}"),
            ("t", f"__bpf_trace_{name}"), ("D", f"__tracepoint_{name}"),
            ("r", f"__tpstrtab_{name}"), ("d", f"event_{name}"),
            ("d", f"print_fmt_{name}"), ("d", f"trace_event_type_funcs_{name}")]


def export_names(name):
    return [("r", f"__ksymtab_{name}")]


def made_up_names():
    """(type, name), in no order."""
    rng = random.Random(61)
    subsystems = words(rng)
    rows = []
    while len(rows) < COUNT:
        kind = rng.random()
        if kind < 0.009:
            rows += event_names(rng, subsystems)
        elif kind < 0.55:
            name = function_name(rng, subsystems)
            shared = rng.random() < 0.4
            rows.append(("T" if shared else "t", name))
            if shared and rng.random() < 0.4:
                rows += export_names(name)
        else:
            rows.append((rng.choice("ddddddrrrbbDBRW"), data_name(rng, subsystems)))
    rng.shuffle(rows)
    return rows[:COUNT]


def made_up_list():
    """The list as bytes: lines "ADDRESS TYPE NAME", sorted by address."""
    rng = random.Random(94266)
    address, lines = START, []
    # As in an image: code, constants, data, and what begins as zeros.
    for kind, name in sorted(made_up_names(), key=lambda row: "tTWrRdDbB".index(row[0]) // 3):
        lines.append(f"{address:016x} {kind} {name}\n")
        if rng.random() > 0.012:
            address += 1 << 4 + int(8 * rng.random() ** 2)
    return "".join(lines).encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(made_up_list())
