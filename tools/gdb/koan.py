# SPDX-License-Identifier: MIT
"""koan.py: what gdb learns about Koan. `source` it; build/gdbinit does.

    koangdb/memory.py    the kernel's variables, structures, lists and strings, as they are now
    koangdb/module.py    koan-lsmod, $koan_module(): who is there
    koangdb/symbols.py   koan-symbols: names and lines for modules, also for those that come
    koangdb/log.py       koan-dmesg
    koangdb/exports.py   koan-exports

Everything is read from the memory of the machine, which stands still meanwhile; nothing in it is
called or changed.
"""

import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.dirname(HERE)]

from koangdb import exports, log, module, symbols  # noqa: E402

for part in (module, symbols, log, exports):
    part.register()
