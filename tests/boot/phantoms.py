# SPDX-License-Identifier: MIT
"""Modules that are only there to be found, made at random, and a configuration for them.

They depend on each other, and have aliases and softdeps. The same seed gives the same.
"""

import harness

PHANTOMS = 30
PATTERNS = ["al-a*", "al_b", "al-[a-c]x", "al-?-*", "*-end", "al_a-end", "al-ab*d", "a*b*c"]
LOOKED_UP = ["al-a", "al_a_end", "al-bx", "al_b", "al-c-d", "al-abcd", "abc", "x-end", "al-q"]


def phantom(name, exports, uses, tags):
    """A module's source: no code, only what depmod reads."""
    lines = [f'asm(".section .modinfo,\\"a\\"\\n.string \\"{tag}\\"\\n.previous");'
             for tag in ["license=GPL", f"name={name}", *tags]]
    lines += ['asm(".section __ksymtab_strings,\\"aMS\\",@progbits,1\\n'
              f'.string \\"{symbol}\\"\\n.section __ksymtab,\\"a\\"\\n.globl __ksymtab_{symbol}\\n'
              f'__ksymtab_{symbol}: .quad 0,0,0\\n.previous");' for symbol in exports]
    lines += [f'asm(".data\\n.quad {symbol}\\n.text");' for symbol in uses]
    return "\n".join(lines) + "\n"


def phantoms(rng):
    """{name: source}: each uses some of those before it, so that there is no circle."""
    names = [f"ph{rng.choice('-_')}{i:02d}" for i in range(PHANTOMS)]
    sources = {}
    for i, name in enumerate(names):
        uses = [f"symbol{j}" for j in range(i) if rng.random() < 0.08]
        tags = []
        for _ in range(rng.randrange(3)):
            tags.append("alias=" + rng.choice(PATTERNS))
        if rng.random() < 0.4:
            tags.append("softdep=" + softdep(rng, names))
        sources[name] = phantom(name.replace("-", "_"), [f"symbol{i}"], uses, tags)
    return sources


def softdep(rng, names):
    words = []
    for _ in range(rng.randrange(1, 6)):
        words.append(rng.choice(["pre:", "post:", rng.choice(names), rng.choice(LOOKED_UP)]))
    return " ".join([rng.choice(["pre:", "post:"]), *words])


def random_config(rng, names):
    """A file for /etc/modprobe.d; aliases lead to modules, to nothing, and to each other's names.

    There is no `remove` in it: on circles of softdeps kmod 30 crashes when it removes.
    """
    lines = []
    for _ in range(25):
        name, other = rng.choice(names), rng.choice(names + LOOKED_UP)
        lines.append(rng.choice([
            f"alias {rng.choice(PATTERNS)} {name}", f"alias {other} {name}",
            f"options {other} o{rng.randrange(9)}={rng.randrange(9)}",
            f"blacklist {name}", f"softdep {name} {softdep(rng, names)}",
            f"install {other} /bin/true"]))
    return "\n".join(lines) + "\n"


def build_phantoms(rng, folder):
    sources = phantoms(rng)
    for name, source in sources.items():
        done = harness.run(["gcc", "-x", "c", "-c", "-o", folder / f"{name}.ko", "-"],
                           stdin=None, input=source)
        assert done.returncode == 0, done.stderr
    return list(sources)
