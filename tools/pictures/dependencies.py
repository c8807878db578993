# SPDX-License-Identifier: MIT
"""The dependency graph: who needs which symbols of whom. graphviz places it."""

import re
import subprocess

from koanlib import elf

from svg import metadata

LINES = 3  # symbols named on an edge; of more, how many there are


def edges(session):
    """{module: {who provides: [symbols]}}: what a module's file leaves undefined, and who exports
    it in the running system."""
    exporters = session.exporters()
    found = {}
    for module in session.modules:
        for symbol in session.files[module].symbols:
            if symbol.name and symbol.section == elf.SHN_UNDEF:
                provider = exporters.get(symbol.name, "nobody")
                found.setdefault(module, {}).setdefault(provider, []).append(symbol.name)
    return {module: {provider: sorted(names) for provider, names in providers.items()}
            for module, providers in found.items()}


def _label(names):
    shown = names if len(names) <= LINES + 1 else names[:LINES] + [f"and {len(names) - LINES} more"]
    return "".join(f"{name}\\l" for name in shown)


def _kernel(session):
    """A bar with a place for the arrow of each module, so that the arrows come straight down."""
    places = "".join(f'<TD PORT="{name}" WIDTH="148" HEIGHT="1"></TD>' for name in session.modules)
    return (f'kernel [shape=plain, label=<<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" '
            f'BGCOLOR="#7cc48d"><TR>{places}</TR><TR><TD COLSPAN="{len(session.modules)}" '
            'CELLPADDING="8">the kernel</TD></TR></TABLE>>]')


def _dot(session):
    lines = ["digraph modules {", 'graph [rankdir=TB, nodesep=0.15, ranksep=0.6, pad=0.3, '
             'bgcolor=white]',
             'node [shape=box, style="filled,rounded", fillcolor="#a9cdf0", fontsize=16, '
             'margin="0.2,0.1", fontname="DejaVu Sans Mono"]',
             'edge [fontsize=13, fontname="DejaVu Sans Mono", color="#59636e"]',
             _kernel(session)]
    for module, providers in edges(session).items():
        lines.append(f'"{module}"')
        for provider, names in providers.items():
            head = f'kernel:"{module}":n' if provider == "kernel" else f'"{provider}"'
            lines.append(f'"{module}" -> {head} [label="{_label(names)}"]')
    return "\n".join(lines + ["}"])


def draw(session, path):
    """Writes the picture."""
    facts = {"needs": edges(session)}
    done = subprocess.run(["dot", "-Tsvg"], input=_dot(session), text=True, check=True,
                          stdout=subprocess.PIPE)
    # Without graphviz's comments, which name its version.
    text = re.sub(r"<!--.*?-->\s*|<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*", "", done.stdout, flags=re.DOTALL)
    # graphviz lets the names on an arrow begin on its line.
    text = re.sub(r'(?<=<text text-anchor="start" x=")[\d.]+', lambda x: f"{float(x.group()) + 6:g}", text)
    text = re.sub(r"<title>[^<]*</title>\n?", "", text)
    start = text.index(">", text.index("<svg")) + 1
    text = text[:start] + "\n<title>Which module needs which symbols of whom</title>\n" \
        + metadata(facts) + text[start:]
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('font-family="DejaVu Sans Mono"',
                                "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\""))
