# SPDX-License-Identifier: MIT
"""The dependency graph: who needs which symbols of whom. graphviz places it."""

import re
import subprocess

from koanlib import elf

from svg import metadata

BLANK = "\u00a0"  # XML keeps no other in front of a text
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
    return "".join(f"{2 * BLANK}{name}\\l" for name in shown)  # not on the edge itself


def _dot(session):
    lines = ["digraph modules {", 'graph [rankdir=TB, nodesep=0.25, ranksep=0.6, pad=0.2, '
             'bgcolor=white]',
             'node [shape=box, style="filled,rounded", fillcolor="#a9cdf0", fontsize=16, '
             'margin="0.2,0.1", fontname="DejaVu Sans Mono"]',
             'edge [fontsize=13, fontname="DejaVu Sans Mono", color="#59636e"]',
             'kernel [fillcolor="#7cc48d", width=12.4, label="the kernel"]']
    for module, providers in edges(session).items():
        lines.append(f'"{module}"')
        for provider, names in providers.items():
            lines.append(f'"{module}" -> "{provider}" [label="{_label(names)}"]')
    return "\n".join(lines + ["}"])


def draw(session, path):
    """Writes the picture."""
    facts = {"needs": edges(session)}
    done = subprocess.run(["dot", "-Tsvg"], input=_dot(session), text=True, check=True,
                          stdout=subprocess.PIPE)
    # Without graphviz's comments, which name its version.
    text = re.sub(r"<!--.*?-->\s*|<\?xml.*?\?>\s*|<!DOCTYPE.*?>\s*", "", done.stdout, flags=re.DOTALL)
    text = re.sub(r"<title>[^<]*</title>\n?", "", text)
    start = text.index(">", text.index("<svg")) + 1
    text = text[:start] + "\n<title>Which module needs which symbols of whom</title>\n" \
        + metadata(facts) + text[start:]
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace('font-family="DejaVu Sans Mono"',
                                "font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\""))
