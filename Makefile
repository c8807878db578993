# SPDX-License-Identifier: MIT
#
# Koan's doors: `make help` lists them. How each thing is built stands in tools/build/*.mk,
# tools/modpost/modpost.mk and tests/host/host.mk; what is built, in Kconfig; the console is started
# by tools/koan.
#
#   V=1                    show commands                  CC=clang     another compiler
#   MODULES="a.ko b.ko"    run, debug: files for /root    MEM=64M      run, debug: memory
#   UEFI=1                 run, debug: through OVMF       GUI=1        run, debug: a window
#   APPEND="loglevel=3"    run, debug: kernel command line

.DEFAULT_GOAL := iso
MAKEFLAGS += -r
.SUFFIXES:

ifneq ($(M),)
# make -C KOAN M=DIR [modules|clean|modules_install]: modules that live elsewhere
include tools/build/modules.mk
else

include tools/build/flags.mk
include tools/kconfig/kconfig.mk
include tools/build/kernel.mk
include tools/build/certificates.mk
include tools/build/image.mk
include tools/modpost/modpost.mk
include tools/symtypes/symtypes.mk
include tests/host/host.mk
include modules/tests/tests.mk
include tests/fuzz/fuzz.mk
-include tests/bench/bench.mk
include tests/bench/kallsyms.mk

.PHONY: FORCE setup iso run debug test host-test kit-test symtypes-test kallsyms-test boot-test docs-test pictures fuzz check clean help

# What is missing on this machine, by what is to be done; quick when nothing is.
setup-groups := build $(if $(filter run debug,$(MAKECMDGOALS)),run) \
	$(if $(filter debug bench,$(MAKECMDGOALS)),debug) $(if $(filter 1,$(GUI)),gui) $(if $(CONFIG_MODULE_SIG),sign) \
	$(if $(filter-out iso run debug modules modules_install nsdeps build/% $(config-goals),$(MAKECMDGOALS)),run debug test)
setup:
	@tools/setup $(setup-groups) </dev/null

iso: build/koan.iso build/System.map compile_commands.json ## build the kernel and the image that boots it: build/koan.iso (default)
	@:

launch-options := $(if $(filter 1,$(UEFI)),--uefi) $(if $(filter 1,$(GUI)),--gui) \
	$(if $(MEM),--memory $(MEM)) $(foreach module,$(MODULES),--module $(module)) \
	$(if $(APPEND),--append '$(APPEND)')

run: iso ## boot it in QEMU, console on this terminal (Ctrl-A X quits); takes commands from a pipe too
	@tools/koan run $(launch-options)

debug: iso ## boot it paused, for gdb; says what to type
	@tools/koan debug $(launch-options)

# As many things at a time as there are processors; what builds goes first, as that shares a folder.
TEST_JOBS ?= $(shell nproc)
what-tests-need := iso test-modules host-test fuzz-short $(symtypes) kallsyms-lookups

test: setup ## run every test
	@$(MAKE) --no-print-directory -j$(TEST_JOBS) --output-sync=target $(what-tests-need)
	@$(MAKE) --no-print-directory kit-test symtypes-test kallsyms-test boot-test docs-test

host-test: host-tests ## run the tests of pure code, on this machine, under sanitizers

# Each folder apart: its conftest.py is its own. The tests of a file share machines, so they stay together; so do
# those of a page, of the docs.
pytest = @PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m pytest -q -o cache_dir=build/pytest -n $(TEST_JOBS) --dist loadfile $(1)

kit-test: iso ## run the tests that build modules
	$(call pytest,tests/kit)

symtypes-test: $(symtypes) ## run the tests of what tells the versions of exports
	$(call pytest,tests/symtypes)

kallsyms-test: kallsyms-lookups ## run the tests of what the symbol table takes, and what a lookup costs
	$(call pytest,tests/kallsyms)

boot-test: iso test-modules ## run the tests that boot the kernel
	$(call pytest,tests/boot)

docs-test: iso ## run what README.md and docs/ show
	$(call pytest,--dist loadgroup tests/docs)

pictures: iso ## draw build/pictures/*.svg from what a live session says
	@$(PYTHON) tools/pictures/make_pictures.py build/pictures

fuzz: fuzz-long ## give random input to every parser, for FUZZ_SECONDS=60 each

check: | setup ## style, layers, static analysis, budgets
	@tools/check/check

clean: ## remove what was built
	rm -rf build compile_commands.json

help: ## this list
	@awk -F ':.*## ' '/^[a-z_-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo 'make -C KOAN M=DIR modules|clean|modules_install|nsdeps   modules that live in DIR, as with kbuild'
	@sed -n 's/^#   /    /p' Makefile

endif
