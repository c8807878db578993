# SPDX-License-Identifier: MIT
#
# flags.mk: how C becomes kernel code: the flags that the kernel and all modules share, because
# they are linked to each other. Included by the kernel's build (kernel.mk) and by the modules'
# (modules.mk); $(srctree) is the way from the current folder to Koan's.

srctree ?= .

# `CC=clang` on the command line or in the environment wins; make's own default ("cc") does not.
ifeq ($(origin CC),default)
CC := gcc
endif
HOSTCC ?= gcc
LD := ld
NM := nm
OBJCOPY := objcopy
AR := ar
NASM := nasm
PYTHON := /usr/bin/python3

KERNELRELEASE_KOAN := 0.1.0

# The configuration is in every source, whatever it includes itself.
KCONFIG_FLAGS := -include $(srctree)/include/linux/kconfig.h
KBUILD_CPPFLAGS := -D__KERNEL__ -nostdinc -I$(srctree)/include -I$(srctree)/build/include $(KCONFIG_FLAGS)

# Code that runs anywhere in the top 2 GiB (-mcmodel=kernel), that an interrupt may hit at any
# instruction (no red zone, no vector or x87 registers), and whose stack can be walked (frame
# pointers, no sibling calls).
KBUILD_CFLAGS := -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie -mcmodel=kernel \
	-mno-red-zone -mno-mmx -mno-sse -mno-sse2 -mno-80387 -fno-common -fno-stack-protector \
	-fno-omit-frame-pointer -fno-optimize-sibling-calls -fno-asynchronous-unwind-tables \
	-fcf-protection=none -fno-strict-aliasing

# $(call run,WORD,FILE,COMMAND) runs COMMAND and shows the line "  WORD    FILE", as kbuild does;
# with V=1 it shows the command instead, with make -s nothing.
silent := $(findstring s,$(firstword -$(MAKEFLAGS)))
ifeq ($(V),1)
run = $(3)
else ifneq ($(silent),)
run = @$(3)
else
run = @printf '  %-7s %s\n' '$(1)' '$(2)'; $(3)
endif

# $(call quote,TEXT): TEXT as one word of the shell.
quote = '$(subst ','\'',$(1))'

# $(call save-cmd,COMMAND): keeps how $@ was compiled beside it: compile_commands.py reads that.
save-cmd = @printf '%s\n' $(call quote,cmd_$@ := $(subst $$,$$$$,$(strip $(1)))) \
	'source_$@ := $<' >$(@D)/.$(@F).cmd
