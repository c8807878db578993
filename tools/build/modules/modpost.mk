# SPDX-License-Identifier: MIT
#
# modpost.mk: looks at all modules of a build together: who exports what, who needs it. Leaves
# Module.symvers, and for each module foo the file foo.mod.c that final.mk compiles into it.

.PHONY: modpost-all
modpost-all:

include tools/build/flags.mk
include tools/build/modules/common.mk

# Only for KBUILD_EXTRA_SYMBOLS; kbuild reads the file a second time here as well, and modules'
# makefiles that print something show it.
obj := $(OUT)
src := $(M)
include $(call kbuild-file,$(M))

modules := $(all-modules)
ifeq ($(modules),)
$(warning $(call kbuild-file,$(M)): names no module: obj-m is empty)
endif

# Exports of Koan's own modules may be used by anyone's.
in-tree-symvers := $(if $(KBUILD_EXTMOD),$(wildcard build/modules/Module.symvers))
symvers := $(kernel-symvers) $(in-tree-symvers) $(if $(KBUILD_EXTMOD),$(KBUILD_EXTRA_SYMBOLS))

# What symtypes finds out of each module's exports, for modpost.
ifeq ($(CONFIG_MODVERSIONS),y)
symversions := $(modules:.ko=.symversions)

line_symtypes =
command_symtypes = $(symtypes) $(call quote,$<) >$(call quote,$@)

%.symversions: %.o $(symtypes) FORCE
	$(call rebuild,symtypes)
endif

# modpost leaves a file alone that has not changed; the touch says when it was last looked at.
line_modpost = MODPOST $@
command_modpost = sed 's/ko$$/o/' $(call quote,$(OUT)/modules.order) | $(modpost) \
	$(if $(CONFIG_MODVERSIONS),-m $(if $(CONFIG_BASIC_MODVERSIONS),-b) $(if $(CONFIG_EXTENDED_MODVERSIONS),-x)) \
	$(if $(KBUILD_MODPOST_WARN),-w) $(if $(filter 1,$(W)),-W) $(if $(KBUILD_EXTMOD),-e) \
	$(if $(CONFIG_MODULE_ALLOW_MISSING_NAMESPACE_IMPORTS)$(KBUILD_NSDEPS),-N) \
	$(if $(KBUILD_NSDEPS),-d $(call quote,$(OUT)/modules.nsdeps)) \
	$(if $(CONFIG_SECTION_MISMATCH_WARN_ONLY),,-E) $(if $(CONFIG_MODULE_SRCVERSION_ALL),-a) \
	$(addprefix -D ,$(trimmed)) $(foreach s,$(symvers),-i $(call quote,$s)) -o $(call quote,$@) -T -; touch $(call quote,$@)

# What modpost wrote and somebody removed is reason enough to run it again.
lost := $(filter-out $(wildcard $(modules:.ko=.mod.c)),$(modules:.ko=.mod.c))

$(OUT)/Module.symvers: $(modules:.ko=.o) $(symversions) $(OUT)/modules.order $(wildcard $(symvers)) $(modpost) $(trimmed) \
		$(if $(lost),lost) FORCE
	$(call rebuild,modpost)

modpost-all: $(OUT)/Module.symvers
	@:

.PHONY: FORCE lost
FORCE lost:
.DELETE_ON_ERROR:

include $(call read-commands,$(OUT)/Module.symvers $(symversions))
