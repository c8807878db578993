# SPDX-License-Identifier: MIT
"""The launcher's parts, in the order in which a run meets them:

    cli.py       what the user asked for
    image.py     the ISO to boot, with the user's files in its initrd
    machine.py   QEMU, and what its end means
    terminal.py  what came over the serial line, without terminal codes
    session.py   types commands at the prompt and prints the transcript

and what the other tools in Python share:

    elf.py            sections, symbols and build ids of ELF files
    find_modules.py   from a module's name to its file
    decode.py         tools/decode: from functions of a transcript to files and lines
"""
