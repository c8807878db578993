# SPDX-License-Identifier: MIT
#
# folder.mk: compiles the modules of one folder, $(obj), as its Kbuild or Makefile says, after
# those of its sub-folders. Leaves, for each module foo: foo.o (linked from its parts when it has
# several) and foo.mod (a list of the objects it is made of); and modules.order (what modules
# there are here and below, in the order they were named).
#
# With KIT_BUILTIN=1 it compiles what Koan's own folders give to the kernel instead, obj-y: the same
# sources by the same rules, but without MODULE defined. Leaves built-in.a, which lists the objects.

.PHONY: build-folder
build-folder:

include tools/build/flags.mk
include tools/build/modules/common.mk

# --- what the folder says ---

src := $(patsubst $(OUT)%,$(M)%,$(obj))

# A variable left over from the environment must not speak for the folder.
obj-y :=
obj-m :=
subdir-y :=
subdir-m :=
always-y :=
always-m :=
extra-y :=
ccflags-y :=
asflags-y :=
cppflags-y :=
ldflags-y :=
subdir-ccflags-y :=
subdir-asflags-y :=
EXTRA_CFLAGS :=
EXTRA_CPPFLAGS :=
EXTRA_AFLAGS :=

kbuild := $(call kbuild-file,$(src))
ifeq ($(kbuild),)
$(error $(src): holds neither a Kbuild nor a Makefile)
endif
include $(kbuild)

ccflags-y += $(EXTRA_CFLAGS) $(KIT_SUBDIR_CCFLAGS) $(subdir-ccflags-y)
asflags-y += $(EXTRA_AFLAGS) $(KIT_SUBDIR_ASFLAGS) $(subdir-asflags-y)
cppflags-y += $(EXTRA_CPPFLAGS)

# --- what there is to do ---

# "sub/" is a folder with a Kbuild of its own. One in obj-y may hold modules as well; one in obj-m
# holds nothing else. What is in the kernel is not a module, too.
obj-m := $(filter-out $(obj-y),$(obj-m))
ifdef KIT_BUILTIN
subdirs := $(call uniq,$(patsubst %/,%,$(filter %/,$(obj-y))))
objects := $(call uniq,$(filter %.o,$(obj-y)))
else
subdirs := $(call uniq,$(patsubst %/,%,$(filter %/,$(obj-y) $(obj-m)) $(subdir-y) $(subdir-m)))
objects := $(call uniq,$(filter %.o,$(obj-m)))
endif
modules := $(objects:.o=)

odd := $(filter-out %.o %/,$(obj-y) $(obj-m))
ifneq ($(odd),)
$(error $(kbuild): $(if $(filter $(odd),$(obj-m)),obj-m,obj-y) names "$(firstword $(odd))": an object (foo.o, made from foo.c) or a folder (foo/) was expected)
endif
ifneq ($(and $(KBUILD_EXTMOD),$(filter-out %/,$(obj-y))),)
$(warning $(kbuild): obj-y objects are for the kernel's image and are skipped: $(filter-out %/,$(obj-y)); a module goes into obj-m)
endif

# $(call parts,foo): the objects that make up module foo; nothing when it is just foo.c.
parts = $(call uniq,$(filter %.o,$($1-objs) $($1-y) $($1-m)))
composite := $(foreach m,$(modules),$(if $(call parts,$m),$m))
single := $(filter-out $(composite),$(modules))
real-objects := $(call uniq,$(single:=.o) $(foreach m,$(composite),$(call parts,$m)))

$(foreach m,$(composite),$(if $(filter $m.o,$(call parts,$m)),$(error \
	$(kbuild): $m-objs lists $m.o, but that is where all of $m is linked together: rename $m.c or the module)))
$(foreach m,$(modules),$(foreach p,$($m-objs) $($m-y) $($m-m),$(if $(filter %.o,$p),,$(error \
	$(kbuild): $m-objs names "$p": an object (foo.o) was expected))))

# --- compiling ---

# Targets as the commands of this folder name them: $(obj)/dir/foo.o -> dir/foo
stem = $(basename $(patsubst $(obj)/%,%,$@))
# The module, or modules (a:b), that an object goes into.
owners = $(foreach m,$(composite),$(if $(filter $(stem).o,$(call parts,$m)),$m))
modname = $(notdir $(or $(subst $(space),:,$(owners)),$(stem)))

# In Koan's own tree a generated header is in $(obj) while its user is in $(src).
folder-includes := $(if $(filter-out $(src),$(obj)),-I$(call quote,$(src)) -I$(call quote,$(obj)))

cpp-flags = $(cppflags-y) $(call module-defines,$(modname),$(notdir $(stem))) $(folder-includes)
c-flags = $(filter-out $(ccflags-remove-y) $(CFLAGS_REMOVE_$(stem).o),$(KIT_CFLAGS) $(ccflags-y)) \
	$(CFLAGS_$(stem).o) $(cpp-flags)
as-flags = $(KBUILD_CPPFLAGS) $(KCPPFLAGS) -D__ASSEMBLY__ $(filter -g -m% -fno-pi%,$(KBUILD_CFLAGS)) $(KAFLAGS) \
	$(if $(KIT_BUILTIN),,-DMODULE) \
	$(filter-out $(AFLAGS_REMOVE_$(stem).o),$(asflags-y)) $(AFLAGS_$(stem).o) $(cpp-flags)
deps-to = -MD -MP -MF $(call quote,$(dep-file)) -MT $(call quote,$@)

line_cc = $(if $(KIT_BUILTIN),CC      $<,CC [M]  $@)
command_cc = $(CC) $(c-flags) $(deps-to) -c -o $(call quote,$@) $(call quote,$<)
line_as = $(if $(KIT_BUILTIN),AS      $<,AS [M]  $@)
command_as = $(CC) $(as-flags) $(deps-to) -c -o $(call quote,$@) $(call quote,$<)

define compile-rules
$$(obj)/%.o: $(1)/%.c FORCE
	$$(call rebuild-with-deps,cc)
$$(obj)/%.o: $(1)/%.S FORCE
	$$(call rebuild-with-deps,as)
endef
$(eval $(call compile-rules,$$(src)))
ifneq ($(src),$(obj))
$(eval $(call compile-rules,$$(obj)))
endif

# Last, hence only tried when there is no source: an object that came as one is welcome.
$(obj)/%.o: FORCE
	@test -e $(call quote,$@) || { echo >&2 $(call quote,$(kbuild): no source for $(stem).o: \
	neither $(src)/$(stem).c nor $(src)/$(stem).S is there); false; }

# --- linking the parts of a module, and saying what they are ---

line_ld = LD [M]  $@
command_ld = $(LD) -m elf_x86_64 -z noexecstack -r $(ldflags-y) -o $(call quote,$@) $(foreach p,$(filter %.o,$^),$(call quote,$p))
line_mod =
command_mod = printf '%s\n' $(foreach p,$(or $(call parts,$(stem)),$(stem).o),$(call quote,$(obj)/$p)) >$(call quote,$@)

define composite-rule
$$(obj)/$(1).o: $$(addprefix $$(obj)/,$$(call parts,$(1))) FORCE
	$$(call rebuild,ld)
endef
$(foreach m,$(composite),$(eval $(call composite-rule,$m)))

$(obj)/%.mod: FORCE
	$(call rebuild,mod)

# modules.order: sub-folders in obj-y first, then obj-m in its own order.
order := $(call uniq,$(filter-out $(filter %/,$(obj-m)),$(filter %/,$(obj-y))) $(obj-m))
line_order =
command_order = { :; $(foreach o,$(order),$(if $(filter %/,$o),cat $(call quote,$(obj)/$omodules.order);,\
	echo $(call quote,$(obj)/$(o:.o=.ko));)) } >$(call quote,$@)

$(obj)/modules.order: $(addprefix $(obj)/,$(addsuffix modules.order,$(filter %/,$(order)))) FORCE
	$(call rebuild,order)

$(addprefix $(obj)/,$(addsuffix /modules.order,$(subdirs))): $(addprefix $(obj)/,$(subdirs)) ;

# A thin archive: it names the objects, in the order in which the linker is to meet them.
archives := $(patsubst %,$(obj)/%/built-in.a,$(subdirs))
archived := $(foreach o,$(filter %.o %/,$(obj-y)),$(if $(filter %/,$o),$(obj)/$obuilt-in.a,\
	$(addprefix $(obj)/,$(or $(call parts,$(o:.o=)),$o))))
line_archive =
command_archive = rm -f $(call quote,$@); $(AR) cDPrST $(foreach p,$@ $(archived),$(call quote,$p))

$(obj)/built-in.a: $(archived) FORCE
	$(call rebuild,archive)

$(archives): $(addprefix $(obj)/,$(subdirs)) ;

# --- sub-folders, by the same rules ---

export KIT_SUBDIR_CCFLAGS := $(KIT_SUBDIR_CCFLAGS) $(subdir-ccflags-y)
export KIT_SUBDIR_ASFLAGS := $(KIT_SUBDIR_ASFLAGS) $(subdir-asflags-y)

subdir-targets := $(addprefix $(obj)/,$(subdirs))
.PHONY: $(subdir-targets)
$(subdir-targets):
	$(Q)$(MAKE) -r --no-print-directory -f tools/build/modules/folder.mk obj=$(call quote,$@)

# --- all together ---

ifdef KIT_BUILTIN
targets := $(addprefix $(obj)/,$(real-objects)) $(obj)/built-in.a
else
targets := $(addprefix $(obj)/,$(real-objects) $(composite:=.o) $(modules:=.mod)) $(obj)/modules.order
endif
build-folder: $(subdir-targets) $(targets) $(addprefix $(obj)/,$(always-y) $(always-m) $(extra-y))
	@:

.PHONY: FORCE
FORCE:
.DELETE_ON_ERROR:
.SECONDARY:

$(if $(filter-out $(src),$(obj)),$(shell mkdir -p $(foreach d,$(sort $(dir $(targets))),$(call quote,$d))))
include $(call read-commands,$(targets))
