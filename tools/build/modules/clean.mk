# SPDX-License-Identifier: MIT
#
# clean.mk: takes away what the build made, and nothing else. Every file that was made has its
# command beside it (.TARGET.cmd, see common.mk): an object that came with the sources has none
# and stays. Each folder's clean-files go as well.

.PHONY: clean-all
clean-all:

include tools/build/flags.mk
include tools/build/modules/common.mk

src := $(patsubst $(OUT)%,$(M)%,$(obj))
clean-files :=
kbuild := $(call kbuild-file,$(src))
ifneq ($(kbuild),)
include $(kbuild)
endif

subdirs := $(call uniq,$(patsubst %/,%,$(filter %/,$(obj-y) $(obj-m) $(obj-n) $(obj-)) \
	$(subdir-y) $(subdir-m) $(subdir-n) $(subdir-)))
subdirs := $(addprefix $(obj)/,$(subdirs))
extra := $(wildcard $(addprefix $(obj)/,$(always-y) $(always-m) $(extra-y) $(clean-files)) \
	$(filter $(obj)/% $(src)/%,$(clean-files)))
extra += $(if $(filter $(OUT),$(obj)),$(wildcard $(obj)/modules.nsdeps))
symvers := $(if $(filter $(OUT),$(obj)),$(wildcard $(obj)/Module.symvers))

# From .foo.mod.cmd: foo.mod, and foo.mod.c, which is modpost's.
remove-made = find $(call quote,$(obj)) -name '.*.cmd' -type f -exec sh -c 'for c; do \
	t=$${c%/*}/$${c\#\#*/.}; t=$${t%.cmd}; rm -f -- "$$t" "$$c" "$${c%.cmd}.d"; \
	case $$t in *.mod) rm -f -- "$$t.c";; esac; done' sh {} +

clean-all: $(subdirs)
	@:
	$(if $(extra),@set -e; $(call say,CLEAN   $(obj),rm -rf $(extra)) \
		rm -rf $(foreach f,$(extra),$(call quote,$f)))
	$(if $(filter $(OUT),$(obj)),@set -e; $(if $(symvers),$(call say,CLEAN   $(symvers),$(remove-made))) \
		[ ! -d $(call quote,$(obj)) ] || $(remove-made))

.PHONY: $(subdirs)
$(subdirs):
	$(Q)$(MAKE) -r --no-print-directory -f tools/build/modules/clean.mk obj=$(call quote,$@)
