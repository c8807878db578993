# SPDX-License-Identifier: MIT
"""A page of Markdown as the tests see it: fenced blocks, and the comments that steer them.

A comment on a line of its own, right above a block, says what the block is:

    <!-- file: NAME -->    the block is that file of the reader's home folder: it is written before
                           the next command runs
    <!-- quote: NAME -->   the block is an excerpt of that file of the repository; a line "..."
                           stands for lines left out
    <!-- exact: gcc 12 --> addresses in this transcript are compared too, not only their places; it
                           depends on the code that this compiler makes

    <!-- sample -->        what is printed changes with nearly every change of the kernel: only what is
                           typed is compared here, and a test elsewhere looks at the rest

A comment anywhere starts a machine for the `koan# ` lines below it:

    <!-- boot: F.ko ... -->   these files of the reader's home folder are put into /root
"""

import re

COMMENT = re.compile(r"<!-- (\w+)(?:: *(.*?))? -->")
FENCE = re.compile(r"```(\w*)")


class Block:
    """A fenced block. `line` is that of its opening fence, counted from 1."""

    def __init__(self, page, line, language, directives):
        self.page = page
        self.line = line
        self.language = language
        self.directives = directives
        self.lines = []

    def __str__(self):
        return f"{self.page}:{self.line}"


class Boot:
    """A new machine, with `files` in /root."""

    def __init__(self, files):
        self.files = files


def events(page, text):
    """The Blocks and Boots of a page, in order."""
    found, directives, block = [], {}, None
    for number, line in enumerate(text.splitlines(), 1):
        if block is not None:
            if line == "```":
                block = None
            else:
                block.lines.append(line)
            continue
        comment, fence = COMMENT.fullmatch(line), FENCE.fullmatch(line)
        if fence:
            block = Block(page, number, fence.group(1), directives)
            found.append(block)
        if comment and comment.group(1) == "boot":
            found.append(Boot((comment.group(2) or "").split()))
        elif comment:
            directives = {**directives, comment.group(1): comment.group(2)}
        else:
            directives = {}
    return found


def headings(text):
    """The anchors of a page's headings, as GitHub makes them."""
    inside, anchors = False, set()
    for line in text.splitlines():
        inside ^= line.startswith("```")
        title = re.match(r"#+ (.*)", line)
        if title and not inside:
            slug = re.sub(r"[^\w\- ]", "", title.group(1).lower()).replace(" ", "-")
            anchors.add(slug)
    return anchors


def prose(text):
    """The page without its blocks and comments."""
    return re.sub(r"^```.*?^```$|<!--.*?-->", "", text, flags=re.MULTILINE | re.DOTALL)
