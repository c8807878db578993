# SPDX-License-Identifier: MIT
"""What each option is worth, given what the user set: the rules of Kconfig.

An option whose dependencies are not met is off. Otherwise it is what the user said, if he was asked
(it has a prompt, and the prompt is visible), or else the first default whose condition holds.
"""

import re

from syntax import LETTER, M, N, TRISTATE, Y

NUMBER = {"int": re.compile(r"-?\d+"), "hex": re.compile(r"0[xX][0-9a-fA-F]+")}
NOTHING = {"bool": "n", "tristate": "n", "int": "0", "hex": "0x0", "string": ""}


class Values:
    """The value of each option, by name, as text: "y", "16", "koan"; None: not there."""

    def __init__(self, options, chosen):
        self._options = options
        self._chosen = chosen
        self._known = {}
        self._asking = []
        for name in options:
            self[name]  # pylint: disable=pointless-statement

    def __getitem__(self, name):
        if name not in self._known:
            if name in self._asking:
                raise ValueError(f"options depend on themselves: {' '.join(self._asking + [name])}")
            self._asking.append(name)
            self._known[name] = self._find(self._options[name])
            self._asking.pop()
        return self._known[name]

    def _find(self, option):
        limit = self._all(option.depends)
        if limit == N:
            return "n" if option.type in ("bool", "tristate") else None
        if option.name in self._chosen and self.is_asked(option):
            return self._limited(option, self._chosen[option.name], limit)
        return self._limited(option, self.default(option), limit)

    def is_asked(self, option):
        """Whether the user has a say."""
        return option.prompt is not None and self._all(option.depends + option.visible) != N

    def default(self, option):
        """What it is when nobody says anything."""
        for value, condition in option.defaults:
            if condition is None or self.truth(condition) != N:
                if option.type in ("bool", "tristate"):
                    return LETTER[self.truth(value)]
                return self._text(value)
        return NOTHING[option.type]

    @staticmethod
    def _limited(option, value, limit):
        """A tristate is at most what it depends on; there is no half a bool."""
        if option.type == "tristate":
            return LETTER[min(TRISTATE[value], limit)]
        return "y" if option.type == "bool" and value == "m" else value

    def range(self, option):
        """(low, high) as text, or None."""
        for low, high, condition in option.ranges:
            if condition is None or self.truth(condition) != N:
                return low, high
        return None

    # --- conditions ---

    def _all(self, conditions):
        return min((self.truth(condition) for condition in conditions), default=Y)

    def truth(self, tree):
        """n, m or y of a condition."""
        kind, *parts = tree
        if kind == "and":
            return min(map(self.truth, parts))
        if kind == "or":
            return max(map(self.truth, parts))
        if kind == "not":
            return Y - self.truth(parts[0])
        if kind in ("=", "!="):
            return Y if (self._text(parts[0]) == self._text(parts[1])) == (kind == "=") else N
        return TRISTATE.get(self._text(tree), N)

    def _text(self, operand):
        kind, text = operand
        return (self[text] or "") if kind == "word" and text in self._options else text


def complaint(option, value, bounds):
    """Why this value is none for this option; None: it is one."""
    if option.type in ("bool", "tristate"):
        good = "y or n" if option.type == "bool" else "y, m or n"
        return None if value in good.replace(",", "").split() else f"{good} was expected"
    if option.type == "string":
        return None
    if not NUMBER[option.type].fullmatch(value):
        return "a number was expected" if option.type == "int" else "a number like 0x1f was expected"
    if bounds and not int(bounds[0], 0) <= int(value, 0) <= int(bounds[1], 0):
        return f"a number from {bounds[0]} to {bounds[1]} was expected"
    return None


__all__ = ["Values", "complaint", "N", "M", "Y"]
