# SPDX-License-Identifier: MIT
"""The modules that no compiler makes, a function each; a file for each part of a module that is changed.

A function takes what gives a good module by its name, as an Elf, and returns the bytes of the bad one.
Its name is the file's; its docstring says what must come of it, in the words that the sources one
folder up use in their `expect:` lines:

    loads | refused ERRNO     what insmod must say
    after A B                 modules to load first
    args "WORDS"              for insmod
    log "TEXT"                a line of the kernel log has this in it (exit-log: after rmmod)
    permanent                 rmmod must refuse it
    name NAME                 the module's name, when it is not the file's

Some can only be made for a kernel with a certain option: needs() in front of the function names it.
"""


def needs(option):
    """A decorator: without that option there is no such module, and nothing to expect."""
    def mark(function):
        function.option = option
        return function
    return mark
