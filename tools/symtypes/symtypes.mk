# SPDX-License-Identifier: MIT
#
# symtypes.mk: symtypes, which tells the versions of exported symbols. Its README.md says of what.

symtypes := build/tools/symtypes
symtypes-sources := $(wildcard tools/symtypes/*.c)

$(symtypes): $(symtypes-sources) $(wildcard tools/symtypes/*.h) | setup
	@mkdir -p $(@D)
	$(call run,HOSTCC,tools/symtypes,$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
		-o $@ $(symtypes-sources) -ldw -lelf)
