# SPDX-License-Identifier: MIT
#
# modules.mk: builds modules the way kbuild does.
#
#   make -C KOAN M=DIR [modules|modules_install|clean]      what DIR's Kbuild or Makefile names
#   make -C KOAN M=DIR nsdeps                               adds the MODULE_IMPORT_NS() lines it lacks
#   make -f tools/build/modules.mk M=DIR OUT=BUILDDIR       the same for Koan's own modules: nothing
#                                                           is written into DIR; tagged intree=Y
#   ... objects                                             only compiles them
#   ... built-in                                            what these folders give to the kernel:
#                                                           BUILDDIR/built-in.a
#
# Three makes, one after the other, because each must read what the one before it wrote:
#
#   modules/folder.mk    DIR/Kbuild         -> *.o, *.mod, modules.order   (itself again for sub-folders)
#   modules/modpost.mk   modules.order      -> Module.symvers, *.mod.c
#   modules/final.mk     modules.order      -> *.mod.o, *.ko
#
# All of them run in Koan's folder, so a relative M is relative to it, as in kbuild. This file is
# either included by the top Makefile, when M was given, or run by itself.

srctree := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../..)
kit := tools/build/modules

include tools/build/flags.mk
include $(kit)/common.mk

# --- what the other makes and DIR's own file may read ---

objtree := $(srctree)
VERSION := $(word 1,$(subst ., ,$(KERNELRELEASE_KOAN)))
PATCHLEVEL := $(word 2,$(subst ., ,$(KERNELRELEASE_KOAN)))
SUBLEVEL := $(word 3,$(subst ., ,$(KERNELRELEASE_KOAN)))
KERNELVERSION := $(KERNELRELEASE_KOAN)
KERNELRELEASE := $(KERNELRELEASE_KOAN)
ARCH := x86
SRCARCH := x86
export srctree objtree VERSION PATCHLEVEL SUBLEVEL KERNELVERSION KERNELRELEASE ARCH SRCARCH
export CC LD NM OBJCOPY AR V W

# --- what cannot work, told at once ---

ifneq ($(words $(M)),1)
$(error M="$(M)": one folder at a time, and its path must not have spaces)
endif
# Characters that mean something to make in a rule, wherever they stand.
bad-characters := : = % \# ; | * ? [ ] \ " `
$(foreach c,$(bad-characters),$(if $(findstring $c,$(M)),\
	$(error M=$(M): make cannot handle a path with the character $c)))
ifeq ($(wildcard $(M)/.),)
$(error M=$(M): no such folder)
endif
ifneq ($(filter-out clean modules_install,$(or $(MAKECMDGOALS),modules)),)
ifeq ($(call kbuild-file,$(M)),)
$(error M=$(M): holds neither a Kbuild nor a Makefile; one line will do: obj-m := hello.o)
endif
endif

# --- the doors ---

.DEFAULT_GOAL := modules
.PHONY: modules clean modules_install modules_prepare

modules: modules_prepare
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/folder.mk obj=$(call quote,$(OUT))
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/modpost.mk
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/final.mk

# The kernel's build asks for it, so it must not ask for the kernel.
.PHONY: built-in
built-in:
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/folder.mk obj=$(call quote,$(OUT)) KIT_BUILTIN=1

# Writes the imports of namespaces that modules lack into their sources.
.PHONY: nsdeps
nsdeps: modules_prepare
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/folder.mk obj=$(call quote,$(OUT))
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/modpost.mk KBUILD_NSDEPS=1
	$(Q)$(PYTHON) -I -S tools/build/nsdeps.py $(call quote,$(OUT)/modules.nsdeps)

# Only what modpost reads, for the same reason.
.PHONY: objects
objects:
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/folder.mk obj=$(call quote,$(OUT))

clean:
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/clean.mk obj=$(call quote,$(OUT))

modules_install:
	$(Q)$(MAKE) -r --no-print-directory -f $(kit)/install.mk

# Modules are linked against a kernel: build it when that has not been done yet. A kernel that is
# there is taken as it is, so that modules can be built where Koan's folder is not writable.
needed := $(modpost) $(symtypes) $(kernel-symvers) $(addprefix build/include/,generated/utsrelease.h \
	generated/autoconf.h config/auto.conf)
modules_prepare:
ifneq ($(words $(wildcard $(needed))),$(words $(needed)))
	$(Q)MAKEFLAGS= srctree=. $(MAKE) --no-print-directory $(needed)
endif
	@:
