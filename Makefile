# SPDX-License-Identifier: MIT
#
# Koan's doors: `make help` lists them. How each thing is built stands in tools/build/ and
# tests/host/host.mk.

.DEFAULT_GOAL := iso
MAKEFLAGS += --no-builtin-rules

include tools/build/flags.mk
include tools/build/kernel.mk
include tests/host/host.mk

.PHONY: FORCE setup
FORCE:
setup:
iso: build/koan.elf
host-test: host-tests
.PHONY: host-test
clean:
	rm -rf build
