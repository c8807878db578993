# SPDX-License-Identifier: MIT
"""The parts of koan.py. They run inside gdb, whose module `gdb` exists nowhere else."""
