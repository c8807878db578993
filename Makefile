# SPDX-License-Identifier: MIT
#
# Koan's doors: `make help` lists them. How each thing is built stands in tools/build/ and
# tests/host/host.mk.

.DEFAULT_GOAL := iso
MAKEFLAGS += --no-builtin-rules

# `make -C KOAN M=DIR` builds somebody's modules; all the rest is about Koan itself.
ifeq ($(origin M),command line)
include tools/build/modules.mk
else

include tools/build/flags.mk
include tools/build/kernel.mk
include tools/modpost/modpost.mk
include tests/host/host.mk

.PHONY: FORCE setup
FORCE:
setup:
iso: build/koan.elf
host-test: host-tests
.PHONY: host-test
clean:
	rm -rf build

endif
