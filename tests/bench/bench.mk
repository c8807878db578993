# SPDX-License-Identifier: MIT
#
# bench.mk: what Koan costs, in figures. bench.py says what is measured and how.
#
#   make bench [BENCH_RUNS=7] [BENCH_EXPORTS="100 1000 10000"]

BENCH_RUNS ?= 7
BENCH_EXPORTS ?= 100 1000 10000

bench := build/bench

$(bench)/empty.o: tests/bench/empty.asm | setup
	@mkdir -p $(@D)
	$(call run,NASM,$<,$(NASM) -f elf32 -w+all -w+error -o $@ $<)

# GRUB looks for the header in the first 32 KiB of the file (multiboot2 3.1).
$(bench)/iso/boot/empty.elf: $(bench)/empty.o
	@mkdir -p $(@D)
	$(call run,LD,$@,$(LD) -m elf_i386 -nostdlib -Ttext=0x100000 -z max-page-size=4096 \
		-z noexecstack --build-id=none -o $@ $<)

$(bench)/iso/boot/grub/grub.cfg: tests/bench/empty.cfg
	@mkdir -p $(@D)
	@cp $< $@

$(bench)/empty.iso: tools/build/make-iso.sh $(addprefix $(bench)/iso/boot/,empty.elf grub/grub.cfg)
	$(call run,ISO,$@,tools/build/make-iso.sh $@ $(bench)/iso)

.PHONY: bench
bench: iso $(bench)/empty.iso ## measure: time to the prompt, instructions of boot and of loading
	@$(PYTHON) tests/bench/bench.py --runs $(BENCH_RUNS) --exports $(BENCH_EXPORTS)
