# SPDX-License-Identifier: MIT
#
# kconfig.mk: what was chosen in the configuration, for makefiles and C:
#
#   .config (or, without it, Kconfig's defaults)  ->  build/include/config/auto.conf     CONFIG_X := y
#                                                     build/include/generated/autoconf.h #define CONFIG_X 1
#
# autoconf.h is included into every source (-include linux/kconfig.h, see flags.mk), so a change of
# configuration compiles everything anew; one that changes nothing compiles nothing.

KCONFIG_CONFIG ?= .config
export KCONFIG_CONFIG

kconfig := $(PYTHON) tools/kconfig/kconfig.py
auto-conf := build/include/config/auto.conf

# Goals that need no configuration, and must work when there is something wrong with it.
config-goals := menuconfig nconfig oldconfig defconfig olddefconfig savedefconfig
ifneq ($(filter-out $(config-goals) setup check clean help,$(or $(MAKECMDGOALS),iso)),)
include $(auto-conf)

# A .config that came or went.
ifneq ($(config-source),$(wildcard $(KCONFIG_CONFIG)))
$(auto-conf): FORCE
endif
endif

$(auto-conf): Kconfig $(wildcard */*/Kconfig $(KCONFIG_CONFIG) tools/kconfig/*.py) | setup
	@$(kconfig) sync $(KCONFIG_CONFIG) build/include

.PHONY: $(config-goals)

# The Kconfig tools of the distribution: kconfig-mconf, kconfig-nconf, kconfig-conf.
menuconfig: ## choose what is built, in a menu; writes .config
	@tools/setup config </dev/null
	@kconfig-mconf Kconfig

nconfig:
	@tools/setup config </dev/null
	@kconfig-nconf Kconfig

oldconfig: ## ask about what .config does not say yet
	@tools/setup config </dev/null
	@kconfig-conf --oldconfig Kconfig

# These need no tools.
defconfig: | setup ## write .config, with all defaults
	@$(kconfig) write $(KCONFIG_CONFIG) -

olddefconfig: | setup ## take defaults for what .config does not say yet
	@$(kconfig) write $(KCONFIG_CONFIG)

savedefconfig: | setup ## write defconfig: what .config says that is not default
	@$(kconfig) save $(KCONFIG_CONFIG) defconfig
