# SPDX-License-Identifier: MIT
#
# trim.mk: CONFIG_TRIM_UNUSED_KSYMS: which exports does no module in the tree use? That takes the
# objects of all modules, compiled but not finished, before the kernel is linked. What it gives:
#
#   build/link/trim.names    the exports to leave out
#   build/link/trim.lds      what tells the linker so, for the kernel and for Koan's modules

ifdef CONFIG_TRIM_UNUSED_KSYMS
trim-lds := build/link/trim.lds

# Their build looks itself for what has changed. Both passes over modules/ write into build/modules.
.PHONY: module-objects
module-objects: $(builtin) | $(utsrelease)
	@$(MAKE) --no-print-directory -f tools/build/modules.mk M=modules OUT=build/modules objects </dev/null

white-list := $(patsubst "%",%,$(CONFIG_UNUSED_KSYMS_WHITELIST))

build/link/trim.names: build/link/objects.o build/tools/modpost $(white-list) module-objects
	@sed 's/ko$$/o/' build/modules/modules.order | \
		build/tools/modpost $(addprefix -u ,$(white-list)) -t $@ -T - $<

# A row of each kind of table: the others match nothing.
tables := $(foreach t,___ksymtab ___kcrctab,$(addprefix $t,+ _gpl+ _gpl_future+ _unused+ _unused_gpl+))

build/link/trim.lds: build/link/trim.names
	@{ echo 'SECTIONS { /DISCARD/ : {'; sed 's/.*/$(foreach t,$(tables),*($t&))/' $<; echo '} }'; } >$@
endif
