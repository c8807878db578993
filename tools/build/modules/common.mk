# SPDX-License-Identifier: MIT
#
# common.mk: what all makes of a module build share: how commands are shown, and when they are
# run again. A target is made anew when a prerequisite is newer, or when the command that would
# make it is not the command that made it; that one is kept in `.TARGET.cmd` beside the target.

# "DIR/" and "DIR//" are DIR. In Koan's own tree objects go to OUT; elsewhere beside the sources.
override M := $(or $(patsubst %/,%,$(patsubst %/,%,$(M))),$(M))
ifeq ($(origin OUT),command line)
override OUT := $(patsubst %/,%,$(OUT))
else
KBUILD_EXTMOD := $(M)
override OUT := $(M)
endif

# What was chosen when the kernel was built: modules are for that kernel.
-include build/include/config/auto.conf

modpost := build/tools/modpost
# Of Koan's own exports, those that nothing uses (see trim.mk).
trimmed := $(if $(CONFIG_TRIM_UNUSED_KSYMS),$(if $(KBUILD_EXTMOD),,build/link/trim.names))
trim-lds := $(trimmed:.names=.lds)
symtypes := build/tools/symtypes
kernel-symvers := build/Module.symvers

empty :=
space := $(empty) $(empty)
comma := ,
hash := \#

# $(call quote,TEXT): TEXT as one word of the shell.
quote = '$(subst ','\'',$1)'

# A folder's instructions: Kbuild, or else Makefile.
kbuild-file = $(firstword $(wildcard $1/Kbuild $1/Makefile))

# The first of each word that stands several times.
uniq = $(if $1,$(firstword $1) $(call uniq,$(filter-out $(firstword $1),$1)))

# All modules of this build, once folder.mk has said which: foo.ko sub/bar.ko
all-modules = $(strip $(file <$(OUT)/modules.order))

# V=1 shows commands, -s nothing, otherwise there is one line a step.
quiet := $(if $(findstring s,$(firstword -$(MAKEFLAGS))),silent,$(if $(filter 1,$(V)),commands,lines))
Q := $(if $(filter commands,$(quiet)),,@)
export KBUILD_VERBOSE := $(if $(filter commands,$(quiet)),1,0)

# $(call say,LINE,COMMAND): what is shown before a command runs.
say-lines = $(if $1,echo $(call quote,  $1);)
say-commands = echo $(call quote,$2);
say = $(say-$(quiet))

# --- when to run a command again ---

# .TARGET.cmd
cmd-file = $(dir $1).$(notdir $1).cmd

same = $(if $(subst x$(strip $1),,x$(strip $2))$(subst x$(strip $2),,x$(strip $1)),,same)
stale = $(or $(filter-out FORCE,$?),$(if $(call same,$(cmd_$@),$(command_$1)),,changed))

# $(call rebuild,NAME): the recipe of a target with FORCE among its prerequisites. It runs
# $(command_NAME) under the line $(line_NAME) if the target is stale.
rebuild = $(if $(call stale,$1),@set -e; $(call say,$(line_$1),$(command_$1)) $(command_$1); \
	$(call record,$(command_$1)) >$(call quote,$(call cmd-file,$@)),@:)

# A command, as the right side of a make assignment inside single quotes.
record = printf '%s\n' $(call quote,cmd_$@ := $(subst $(hash),$$(hash),$(subst $$,$$$$,$(strip $1))))

# As rebuild, for compilers that list the files they read in .TARGET.d: these become prerequisites.
# modpost reads the line source_TARGET and the list.
dep-file = $(dir $@).$(notdir $@).d
rebuild-with-deps = $(if $(call stale,$1),@set -e; $(call say,$(line_$1),$(command_$1)) $(command_$1); \
	{ $(call record,$(command_$1)); echo; printf '%s\n' $(call quote,source_$@ := $<) ''; \
	cat $(call quote,$(dep-file)); } >$(call quote,$(call cmd-file,$@)); \
	rm -f $(call quote,$(dep-file)),@:)

# $(call read-commands,TARGETS): to be expanded as a makefile line. A target that is gone has no
# past command, hence is stale.
read-commands = $(wildcard $(foreach t,$(wildcard $1),$(call cmd-file,$t)))

# --- compiling ---

# Warnings are kbuild's: what breaks a module at load is an error, taste is not judged.
KIT_WARNINGS := -Wall -Wundef -Werror=implicit-function-declaration -Werror=implicit-int \
	-Werror=return-type -Werror=strict-prototypes -Werror=incompatible-pointer-types \
	-Wno-pointer-sign -Wno-unused-but-set-variable -Wno-unused-const-variable
ifneq ($(findstring 1,$(W)),)
KIT_WARNINGS += -Wextra -Wno-unused-parameter -Wno-sign-compare -Wmissing-declarations -Wmissing-prototypes \
	-Wunused-but-set-variable -Wunused-const-variable
endif

KIT_CFLAGS = $(KBUILD_CPPFLAGS) $(KCPPFLAGS) $(KBUILD_CFLAGS) $(KIT_WARNINGS) $(KCFLAGS) \
	$(KBUILD_EXTRA_CFLAGS) $(if $(KIT_BUILTIN),,-DMODULE)

# The name a module is known by, which must do as a C name: "my-mod" loads as my_mod.
name-fix = $(subst $(comma),_,$(subst -,_,$1))
# Its path without an ending, from where all modules are installed on.
modfile = $(if $(KBUILD_EXTMOD),$(dir $@),$(patsubst $(OUT)/%,%,$(dir $@)))$1
# $(call module-defines,MODULE,FILE)
module-defines = -DKBUILD_MODFILE=$(call quote,"$(modfile)") \
	-DKBUILD_BASENAME=$(call quote,"$(call name-fix,$2)") \
	-DKBUILD_MODNAME=$(call quote,"$(call name-fix,$1)") \
	-D__KBUILD_MODNAME=$(call quote,kmod_$(call name-fix,$1))
