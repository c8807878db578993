# SPDX-License-Identifier: MIT
"""Reads Kconfig files: the part of the language that Koan's use, and not a word more.

    mainmenu menu endmenu comment if endif source config
    bool tristate int hex string def_bool prompt default depends range help option modules

Whatever else is there is an error that names the line: what this program skipped, kconfig-mconf
would not.
"""

import os
import re

TYPES = ("bool", "tristate", "int", "hex", "string")
TOKEN = re.compile(r'\s*(?:(&&|\|\||!=|=|!|\(|\))|"([^"]*)"|([\w.+-]+))')
N, M, Y = 0, 1, 2
LETTER = {N: "n", M: "m", Y: "y"}
TRISTATE = {letter: value for value, letter in LETTER.items()}


class Wrong(Exception):
    """An error in a file, for the user: "PATH:LINE: TEXT"."""

    def __init__(self, path, line, text):
        super().__init__(f"{path}:{line}: {text}")


class Option:
    """One `config`."""

    def __init__(self, name, where, depends):
        self.name = name
        self.where = where
        self.type = None
        self.prompt = None
        self.visible = []        # conditions of the prompt
        self.depends = depends   # conditions of the option itself
        self.defaults = []       # (value, condition)
        self.ranges = []         # (low, high, condition)
        self.help = []


class Menu:
    """A heading among the options; `depth` counts the menus around it."""

    def __init__(self, title, depth):
        self.title = title
        self.depth = depth


class Expression:
    """A condition: a tree of tuples, from tokens."""

    def __init__(self, text, fail):
        self._tokens = self._split(text, fail)
        self._fail = fail
        self._text = text
        self.tree = self._either()
        if self._tokens:
            fail(f"{self._tokens[0][1]} was not expected in: {text}")

    @staticmethod
    def _split(text, fail):
        tokens, at = [], 0
        while text[at:].strip():
            found = TOKEN.match(text, at)
            if not found:
                fail(f"not understood: {text[at:].strip()}")
            operator, string, word = found.groups()
            if operator:
                tokens.append(("operator", operator))
            else:
                tokens.append(("string", string) if word is None else ("word", word))
            at = found.end()
        return tokens

    def _take(self, *operators):
        if self._tokens and self._tokens[0][0] == "operator" and self._tokens[0][1] in operators:
            return self._tokens.pop(0)[1]
        return None

    def _either(self):
        left = self._both()
        while self._take("||"):
            left = ("or", left, self._both())
        return left

    def _both(self):
        left = self._single()
        while self._take("&&"):
            left = ("and", left, self._single())
        return left

    def _single(self):
        if self._take("!"):
            return ("not", self._single())
        if self._take("("):
            inside = self._either()
            if not self._take(")"):
                self._fail(f") is missing in: {self._text}")
            return inside
        left = self._operand()
        operator = self._take("=", "!=")
        return (operator, left, self._operand()) if operator else left

    def _operand(self):
        if not self._tokens or self._tokens[0][0] == "operator":
            self._fail(f"a name is missing in: {self._text}")
        kind, text = self._tokens.pop(0)
        return (kind, text)


class Reader:
    """All options and menus of a Kconfig file and of those it names, in their order."""

    def __init__(self, path):
        self.entries = []
        self.options = {}
        self._folder = os.path.dirname(path)
        self._around = []  # ("menu" or "if", condition or None) that are still open
        self._read(path)

    def _read(self, path):
        with open(path, encoding="utf-8") as file:
            lines = file.read().expandtabs().splitlines()
        depth = len(self._around)
        option, at = None, 0
        while at < len(lines):
            number, line = at + 1, lines[at]
            at += 1

            def fail(text, number=number):
                raise Wrong(path, number, text)

            words = line.strip().split(None, 1)
            if not words or words[0].startswith("#"):
                continue
            word, rest = words[0], words[1] if len(words) > 1 else ""
            if word == "help" and option:
                at = self._help(option, lines, at)
            elif option and hasattr(self, f"_option_{word}"):
                getattr(self, f"_option_{word}")(option, rest, fail)
            elif option and word in TYPES:
                self._type(option, word, rest, fail)
            elif hasattr(self, f"_entry_{word}"):
                option = getattr(self, f"_entry_{word}")(rest, fail, (path, number))
            elif word == "depends" and self._around and self._around[-1][0] == "menu":
                self._around[-1] = ("menu", self._depends(rest, fail))
            else:
                fail(f"not understood: {line.strip()}")
        if len(self._around) != depth:
            raise Wrong(path, len(lines), f"{self._around[-1][0]} without end{self._around[-1][0]}")
        for found in self.options.values():
            if not found.type:
                raise Wrong(*found.where, f"{found.name} has no type ({', '.join(TYPES)})")

    # --- between options ---

    def _entry_mainmenu(self, rest, fail, _):
        self._string(rest, fail)

    def _entry_menu(self, rest, fail, _):
        self.entries.append(Menu(self._string(rest, fail), self._menus()))
        self._around.append(("menu", None))

    def _entry_comment(self, rest, fail, _):
        self._string(rest, fail)

    def _entry_if(self, rest, fail, _):
        self._around.append(("if", Expression(rest, fail).tree))

    def _end(self, what, fail):
        if not self._around or self._around[-1][0] != what:
            fail(f"end{what} without {what}")
        self._around.pop()

    def _entry_endmenu(self, _, fail, __):
        self._end("menu", fail)

    def _entry_endif(self, _, fail, __):
        self._end("if", fail)

    def _entry_source(self, rest, fail, _):
        path = os.path.join(self._folder, self._string(rest, fail))
        if not os.path.exists(path):
            fail(f"{path}: no such file")
        self._read(path)

    def _entry_config(self, rest, fail, where):
        if not re.fullmatch(r"\w+", rest):
            fail(f"the name of an option was expected, not: {rest}")
        if rest in self.options:
            fail(f"{rest} is there already, at {':'.join(map(str, self.options[rest].where))}")
        option = Option(rest, where, [condition for _, condition in self._around if condition])
        self.options[rest] = option
        self.entries.append(option)
        return option

    def _menus(self):
        return sum(kind == "menu" for kind, _ in self._around)

    # --- inside an option ---

    def _type(self, option, word, rest, fail):
        if option.type and option.type != word:
            fail(f"{option.name} is {option.type} already")
        option.type = word
        if rest:
            self._option_prompt(option, rest, fail)

    def _option_def_bool(self, option, rest, fail):
        self._type(option, "bool", "", fail)
        self._option_default(option, rest, fail)

    def _option_prompt(self, option, rest, fail):
        text, condition = self._with_condition(rest, fail)
        option.prompt = self._string(text, fail)
        option.visible = [condition] if condition else []

    def _option_default(self, option, rest, fail):
        text, condition = self._with_condition(rest, fail)
        option.defaults.append((Expression(text, fail).tree, condition))

    def _depends(self, rest, fail):
        word, _, condition = rest.partition(" ")
        if word != "on":
            fail("`depends on` was expected")
        return Expression(condition, fail).tree

    def _option_depends(self, option, rest, fail):
        option.depends = option.depends + [self._depends(rest, fail)]

    def _option_range(self, option, rest, fail):
        text, condition = self._with_condition(rest, fail)
        if len(text.split()) != 2:
            fail(f"two numbers were expected, not: {text}")
        option.ranges.append((*text.split(), condition))

    @staticmethod
    def _option_option(option, rest, fail):
        """`option modules`: this is the option that lets a tristate be m."""
        if rest != "modules" or option.name != "MODULES":
            fail("only MODULES has an option, and that is: option modules")

    @staticmethod
    def _help(option, lines, at):
        """The text is what is indented more than the first line after it is empty again."""
        while at < len(lines) and not lines[at].strip():
            at += 1
        indent = len(lines[at]) - len(lines[at].lstrip()) if at < len(lines) else 0
        while indent and at < len(lines) and (not lines[at].strip() or lines[at].startswith(" " * indent)):
            option.help.append(lines[at].strip())
            at += 1
        return at

    @staticmethod
    def _with_condition(text, fail):
        """What stands before `if`, and the condition behind it."""
        found = re.fullmatch(r'((?:"[^"]*"|[^"])*?)\s+if\s+(.*)', text)
        return (found.group(1), Expression(found.group(2), fail).tree) if found else (text, None)

    @staticmethod
    def _string(text, fail):
        if not re.fullmatch(r'"[^"]*"', text):
            fail(f"a text in double quotes was expected, not: {text or 'nothing'}")
        return text[1:-1]
