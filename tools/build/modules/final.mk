# SPDX-License-Identifier: MIT
#
# final.mk: foo.o, and what modpost found out about it, become foo.ko.

.PHONY: final-all
final-all:

include tools/build/flags.mk
include tools/build/modules/common.mk

modules := $(all-modules)
module-lds := tools/build/module.lds

modname = $(notdir $(@:.mod.o=))
line_cc = CC [M]  $@
command_cc = $(CC) $(KIT_CFLAGS) $(call module-defines,$(modname),$(modname).mod) \
	-MD -MP -MF $(call quote,$(dep-file)) -MT $(call quote,$@) -c -o $(call quote,$@) $(call quote,$<)

line_ld = LD [M]  $@
command_ld = $(LD) -r -m elf_x86_64 -z noexecstack --build-id=sha1 $(addprefix -T ,$(trim-lds)) -T $(module-lds) \
	-o $(call quote,$@) $(foreach p,$(filter %.o,$^),$(call quote,$p))

%.mod.o: %.mod.c FORCE
	$(call rebuild-with-deps,cc)

%.ko: %.o %.mod.o $(module-lds) $(trim-lds) FORCE
	$(call rebuild,ld)

final-all: $(modules)
	@:

.PHONY: FORCE
FORCE:
.DELETE_ON_ERROR:
.SECONDARY:

include $(call read-commands,$(modules) $(modules:.ko=.mod.o))
