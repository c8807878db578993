# SPDX-License-Identifier: MIT
#
# fuzz.mk: kernel parsers under libFuzzer, with the address and undefined-behaviour sanitizers.
#
#   make fuzz [FUZZ_SECONDS=60]   each for so long; what it learns stays in build/fuzz/corpus/NAME
#   make fuzz-short               each a fixed number of runs from a fixed seed: part of `make test`
#
# libFuzzer writes what it learns into the first folder it is given: never the seeds.
#
# A harness is tests/fuzz/NAME.c and three lines here. Its seeds are the files in
# tests/fuzz/seeds/NAME. An input that crashed is left in build/fuzz/; add it to the seeds when
# the bug is mended.
#
# As in tests/host/host.mk, what the kernel part defines is renamed to koan_NAME, so that kernel
# code and harness use the kernel's strlen where string.c is among the sources, and the fuzzer the
# C library's.

FUZZERS += fuzz_cpio
fuzz_cpio_SRC := kernel/fs/cpio.c kernel/lib/string.c kernel/lib/memory.c
fuzz_cpio_RUNS := 100000

FUZZERS += fuzz_parse
fuzz_parse_SRC := kernel/shell/parse.c kernel/lib/string.c kernel/lib/memory.c \
	kernel/lib/sprintf.c kernel/lib/format.c
fuzz_parse_RUNS := 100000

FUZZERS += fuzz_line
fuzz_line_SRC := kernel/shell/line.c kernel/shell/line_edit.c kernel/shell/keys.c kernel/lib/string.c kernel/lib/memory.c
fuzz_line_RUNS := 20000

FUZZERS += fuzz_regex
fuzz_regex_SRC := kernel/shell/regex.c kernel/shell/regex_set.c kernel/shell/regex_match.c \
	kernel/lib/string.c kernel/lib/memory.c
fuzz_regex_RUNS := 30000

FUZZERS += fuzz_gzip
fuzz_gzip_SRC := kernel/lib/gzip.c kernel/lib/inflate.c kernel/lib/huffman.c kernel/lib/crc32.c kernel/lib/string.c kernel/lib/memory.c
fuzz_gzip_LIBS := -lz
fuzz_gzip_RUNS := 100000

FUZZERS += fuzz_modprobe
fuzz_modprobe_SRC := kernel/modprobe/lines.c kernel/modprobe/names.c \
	$(addprefix kernel/lib/,cmdline.c hash.c sort.c wildcard.c string.c memory.c)
fuzz_modprobe_RUNS := 30000

FUZZERS += fuzz_params
fuzz_params_SRC := kernel/module/args.c kernel/module/names.c kernel/module/paramtypes.c \
	kernel/module/paramarray.c kernel/lib/kstrtox.c kernel/lib/string.c kernel/lib/memory.c \
	kernel/lib/sprintf.c kernel/lib/format.c
fuzz_params_RUNS := 50000

FUZZERS += fuzz_elf
fuzz_elf_SRC := $(addprefix kernel/module/,story.c elf.c elf_tables.c elf_symbols.c info.c version_table.c layout.c names.c relocate.c) \
	kernel/lib/sort.c kernel/lib/string.c kernel/lib/memory.c
fuzz_elf_RUNS := 100000
# Modules go out of date: a change of struct module, and no old one gets past the first checks.
fuzz_elf_SEEDS := build/fuzz/seeds/fuzz_elf

FUZZERS += fuzz_pkcs7
fuzz_pkcs7_SRC := $(crypto_pure) kernel/module/signature.c
fuzz_pkcs7_RUNS := 100000

FUZZERS += fuzz_elf_view
fuzz_elf_view_SRC := $(addprefix kernel/shell/,elf_file.c elf_print_header.c elf_print_sections.c \
	elf_print_symbols.c elf_print_relocations.c) kernel/lib/string.c kernel/lib/memory.c \
	kernel/lib/sprintf.c kernel/lib/format.c
fuzz_elf_view_RUNS := 30000
fuzz_elf_view_SEEDS := $(fuzz_elf_SEEDS)

fuzz := build/fuzz
FUZZ_CC ?= clang
FUZZ_SECONDS ?= 60

FUZZ_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror -fno-pie -fno-builtin -fno-common \
	-fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_LDFLAGS := -fsanitize=fuzzer,address,undefined -no-pie -z noexecstack

fuzz-kernel-command = $(FUZZ_CC) $(KERNEL_CPPFLAGS) $(FUZZ_CFLAGS) $(modname) -MMD -MP -c -o $@ $<
fuzz-harness-command = $(FUZZ_CC) $(FUZZ_CFLAGS) -isystem include -Ikernel -Ibuild/include $(KCONFIG_FLAGS) \
	-MMD -MP -c -o $@ $<

$(fuzz)/kernel/%.o: kernel/%.c build/kernel.flags tests/fuzz/fuzz.mk | $(utsrelease)
	@mkdir -p $(@D)
	$(call run,FUZZCC,$<,$(fuzz-kernel-command))

$(fuzz)/%.o: tests/fuzz/%.c build/kernel.flags tests/fuzz/fuzz.mk | $(utsrelease)
	@mkdir -p $(@D)
	$(call run,FUZZCC,$<,$(fuzz-harness-command))

# Where fuzzer $(1) starts from.
seeds = $(or $($(1)_SEEDS),tests/fuzz/seeds/$(1))

# $(call fuzzer,NAME): its program, and the two ways to run it.
define fuzzer
$(fuzz)/$(1): $(fuzz)/$(1).o $$(patsubst %.c,$(fuzz)/%.o,$$($(1)_SRC))
	@$(LD) -r -o $$@.kernel.o $$(filter $(fuzz)/kernel/%.o,$$^)
	@$(NM) -g --defined-only $$@.kernel.o | \
		awk '$$$$3 !~ /^__(start|stop)_/ {print $$$$3, "koan_" $$$$3}' >$$@.names
	@$(OBJCOPY) --redefine-syms=$$@.names $$@.kernel.o
	@$(OBJCOPY) --redefine-syms=$$@.names $(fuzz)/$(1).o $$@.harness.o
	$$(call run,FUZZLD,$$@,$$(FUZZ_CC) $$(FUZZ_LDFLAGS) -o $$@ $$@.harness.o $$@.kernel.o $$($(1)_LIBS))

.PHONY: $(1) $(1)-short
$(1): $(fuzz)/$(1)
	@mkdir -p $(fuzz)/corpus/$(1)
	$$< -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$(fuzz)/$(1)- \
		$(fuzz)/corpus/$(1) $(seeds)

$(1)-short: $(fuzz)/$(1)
	@rm -rf $(fuzz)/short/$(1) && mkdir -p $(fuzz)/short/$(1)
	@$$< -runs=$$($(1)_RUNS) -seed=1 -artifact_prefix=$(fuzz)/$(1)- $(fuzz)/short/$(1) $(seeds) \
		>$$<.log 2>&1 || { cat $$<.log >&2; exit 1; }
	@printf '  %-7s %s\n' FUZZ '$(1): $$($(1)_RUNS) runs'
endef
$(foreach name,$(FUZZERS),$(eval $(call fuzzer,$(name))))

fuzz_elf fuzz_elf-short fuzz_elf_view fuzz_elf_view-short: $(fuzz_elf_SEEDS)

$(fuzz_elf_SEEDS): test-modules
	@mkdir -p $@
	@for m in ok_empty ok_exports ok_params ok_relocations; do \
		$(OBJCOPY) --strip-debug build/modules/tests/$$m.ko $@/$$m; done

-include $(wildcard $(fuzz)/*.d $(fuzz)/kernel/*/*.d)

fuzz-long: $(FUZZERS)
fuzz-short: $(FUZZERS:=-short)
.PHONY: fuzz-long fuzz-short
