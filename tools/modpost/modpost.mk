# SPDX-License-Identifier: MIT
#
# modpost.mk: modpost, and the list of the kernel's exports that it makes from the kernel's image.

modpost := build/tools/modpost
modpost-sources := $(wildcard tools/modpost/*.c)

$(modpost): $(modpost-sources) $(wildcard tools/modpost/*.h) | setup
	@mkdir -p $(@D)
	$(call run,HOSTCC,tools/modpost,$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
		-o $@ $(modpost-sources) -lelf)

build/Module.symvers: build/koan.elf $(modpost)
	$(call run,MODPOST,$@,$(modpost) -k $< -o $@ && touch $@)
