# SPDX-License-Identifier: MIT
#
# kallsyms.mk: what the symbol table of a list takes, and what looking up in it costs.
# kallsyms.py says how it is measured.
#
#   make bench-kallsyms [LIST=FILE]   FILE: `nm` lines, or /proc/kallsyms of any system; gzip too.
#                                     Without it: a made-up list as long as that of a big kernel.

LIST ?=

lookups := build/bench/kallsyms_lookups

# The kernel's own objects: what is counted is what the kernel runs.
lookups-objs := $(lookups).o build/kernel/sym/table.o build/kernel/sym/names.o

$(lookups).o: tests/bench/kallsyms_lookups.c build/kernel.flags
	@mkdir -p $(@D)
	$(call run,HOSTCC,$<,$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -fno-pie \
		-isystem include -Ikernel -Ibuild/include $(KCONFIG_FLAGS) -c -o $@ $<)

# What kallsyms.py needs. It links the table of its list to it.
.PHONY: kallsyms-lookups bench-kallsyms
kallsyms-lookups: $(lookups-objs) $(kallsyms)
	@:

bench-kallsyms: kallsyms-lookups ## measure the symbol table: bytes, and instructions of a lookup; LIST=FILE
	@$(PYTHON) tests/bench/kallsyms.py $(LIST)
