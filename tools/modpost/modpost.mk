# SPDX-License-Identifier: MIT
#
# modpost.mk: modpost, and what it does for the kernel itself: the list of the kernel's exports, and
# a look at what its sections refer to before they are placed.

modpost := build/tools/modpost
modpost-sources := $(wildcard tools/modpost/*.c)

$(modpost): $(modpost-sources) $(wildcard tools/modpost/*.h) | setup
	@mkdir -p $(@D)
	$(call run,HOSTCC,tools/modpost,$(HOSTCC) -std=gnu11 -O2 -g -Wall -Wextra -Werror -D_GNU_SOURCE \
		-o $@ $(modpost-sources) -lelf)

build/Module.symvers: build/koan.elf $(modpost)
	$(call run,MODPOST,$@,$(modpost) $(kernel-versions) -k $< -o $@ && touch $@)

# Init memory is given back after boot: a kernel that still refers to it is not to be had.
build/koan.elf: build/link/sections.checked

build/link/sections.checked: build/link/objects.o $(modpost)
	$(call run,MODPOST,$<,$(modpost) -s $< && touch $@)

build/link/objects.o: $(kernel-objs) $(builtin) build/kernel.objs
	@mkdir -p $(@D)
	@$(LD) -r -m elf_x86_64 -z noexecstack -o $@ $(all-objects)
