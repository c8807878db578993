# SPDX-License-Identifier: MIT
#
# install.mk: copies what was built to where modprobe looks for it:
#
#   INSTALL_MOD_PATH/lib/modules/RELEASE/INSTALL_MOD_DIR/
#
# in the same sub-folders as under M, signs them (CONFIG_MODULE_SIG_ALL), and has depmod list what is there. INSTALL_MOD_DIR is "extra"
# unless given; with CONFIG_MODULE_COMPRESS_GZIP the files are compressed. Koan's own modules go to "kernel", with the lists of what they are and what is built in.

.PHONY: install-all
install-all:

include tools/build/flags.mk
include tools/build/modules/common.mk

modules := $(all-modules)
ifeq ($(modules),)
$(error $(M): nothing to install: build it first, with `make -C $(srctree) M=$(M)`)
endif

INSTALL_MOD_DIR ?= $(if $(KBUILD_EXTMOD),extra,kernel)
MODLIB := $(INSTALL_MOD_PATH)/lib/modules/$(KERNELRELEASE)
destination := $(MODLIB)/$(INSTALL_MOD_DIR)
installed := $(patsubst $(OUT)/%,$(destination)/%,$(modules))

line_install = INSTALL $@
command_install = mkdir -p $(call quote,$(@D)) && cp $(call quote,$<) $(call quote,$@) \
	$(if $(filter 1,$(INSTALL_MOD_STRIP)),&& strip --strip-debug $(call quote,$@))
# Behind the strip, which would take the signature off, and in front of the compression, which keeps it.
# Somebody who builds modules of their own may have no key, or may not read it: these stay unsigned.
signing-key := $(CONFIG_MODULE_SIG_KEY:"%"=%)
line_sign = SIGN    $@
command_sign = tools/sign-file sha256 $(call quote,$(signing-key)) build/certs/signing_key.x509 $(call quote,$@) \
	$(if $(KBUILD_EXTMOD),|| :)
signs := $(and $(CONFIG_MODULE_SIG_ALL),$(or $(wildcard $(signing-key)),$(if $(KBUILD_EXTMOD),,must)))
# A module is there once, compressed or not.
ending := $(if $(CONFIG_MODULE_COMPRESS_GZIP),.gz)
line_gzip = GZIP    $@.gz
command_gzip = gzip -n -f $(call quote,$@)
command_single = rm -f $(call quote,$@$(if $(ending),,.gz))
line_depmod = DEPMOD  $(MODLIB)
lists := modules.order modules.builtin modules.builtin.modinfo
command_lists = $(if $(KBUILD_EXTMOD),touch $(foreach l,$(lists),$(call quote,$(MODLIB)/$l)),\
	sed 's|^$(OUT)/|$(INSTALL_MOD_DIR)/|' $(OUT)/modules.order >$(call quote,$(MODLIB)/modules.order); \
	cp $(addprefix build/modules.builtin,"" .modinfo .alias .ranges) $(call quote,$(MODLIB)))
# depmod looks for the versions of symbols only where the basic form has them.
depmod-check := $(if $(CONFIG_MODVERSIONS),$(CONFIG_BASIC_MODVERSIONS),y)
command_depmod = $(command_lists); PATH=$$PATH:/usr/sbin:/sbin; if command -v depmod >/dev/null; then \
	tools/build/depmod.sh $(call quote,$(MODLIB)) $(KERNELRELEASE) $(if $(depmod-check),-e -E $(kernel-symvers)); \
	else echo >&2 "warning: depmod was not found: modprobe will not find these modules"; fi

$(installed): $(destination)/%: $(OUT)/% FORCE
	@set -e; $(call say,$(line_install),$(command_install)) $(command_install)
	$(if $(signs),@set -e; $(call say,$(line_sign),$(command_sign)) $(command_sign))
	$(if $(ending),@set -e; $(call say,$(line_gzip),$(command_gzip)) $(command_gzip),@$(command_single))

install-all: $(installed)
	@set -e; $(call say,$(line_depmod),$(command_depmod)) $(command_depmod)

.PHONY: FORCE
FORCE:
