/* SPDX-License-Identifier: MIT */
/*
 * fuzz_elf.c: any bytes as a module, through the loader's pure phases: elf, info, versions, layout and,
 * in memory as large as the plan says, relocate. What passes must keep the promises of elf_tables.c;
 * the sanitizers see to it that nothing else is touched.
 */
#include <stdarg.h>
#include <string.h>

#include "fuzz.h"
#include "module/load.h"
#include "module/file.h"
#include "module/link.h"
#include "module/memory.h"

#include <linux/slab.h>

#define MEMORY_MAX (1 << 20) /* what a kernel would refuse for want of memory, this one does */

/* --- what the kernel would provide --- */

int printk(const char *fmt, ...)
{
	static char line[1024];
	va_list args;
	int len;

	/* Printing reads the names and texts that are printed. */
	va_start(args, fmt);
	len = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	return len;
}

void *kmalloc(size_t size, gfp_t flags)
{
	(void)flags;
	return calloc(1, size);
}

void kfree(const void *p)
{
	free((void *)p);
}

/* --- placing and resolving, each section in a block of its own --- */

static int place(struct load *ld)
{
	u64 total = 0;
	unsigned int i;

	for (i = 0; i < MOD_MEM_NUM_TYPES; i++)
		if (__builtin_add_overflow(total, ld->blocks[i].size, &total))
			return -ENOMEM;
	if (total > MEMORY_MAX)
		return -ENOMEM;
	for (i = 0; i < ld->elf.header->e_shnum; i++) {
		const Elf64_Shdr *section = ld->elf.sections + i;

		if (ld->plan[i].kind == MOD_INVALID)
			continue;
		promise(section->sh_size <= ld->blocks[ld->plan[i].kind].size);
		ld->plan[i].address = 0xffffffffc0000000 + ld->plan[i].offset;
		ld->plan[i].bytes = calloc(1, section->sh_size);
		if (section_has_bytes(section))
			memcpy(ld->plan[i].bytes, section_data(ld, i), section->sh_size);
	}
	return 0;
}

static void resolve(struct load *ld)
{
	unsigned int i;

	ld->values = calloc(ld->elf.symbol_count, sizeof(*ld->values));
	for (i = 1; i < ld->elf.symbol_count; i++) {
		const Elf64_Sym *symbol = ld->elf.symbols + i;

		promise(strlen(symbol_name(ld, i)) < ld->elf.strings_size);
		ld->values[i] = symbol->st_value;
		if (symbol->st_shndx == SHN_UNDEF)
			ld->values[i] = 0xffffffff80100000;
		else if (symbol->st_shndx < ld->elf.header->e_shnum)
			ld->values[i] += ld->plan[symbol->st_shndx].address;
	}
}

static void release(struct load *ld)
{
	unsigned int i;

	for (i = 0; ld->plan && i < ld->elf.header->e_shnum; i++)
		free(ld->plan[i].bytes);
	free(ld->plan);
	free(ld->values);
	free((void *)ld->info.namespaces);
	free(ld->versions);
}

/* Telling reads what it tells of. */
static void listen(void *data, unsigned int phase, const char *step, const char *fmt, va_list args)
{
	static char line[1024];

	(void)data;
	(void)phase;
	promise(*step);
	promise(vsnprintf(line, sizeof(line), fmt, args) > 0);
}

static int read_tag(const char *tag, size_t tag_len, const char *value, void *data)
{
	(void)data;
	return tag[0] == '!' && tag_len == strlen(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct load_listener listener = {
		.tell = listen, .phases = true, .every_relocation = true};
	struct load ld = {.image = data, .len = size, .name = "fuzz", .listener = &listener};
	int err;

	(void)modinfo_each(data, size, read_tag, NULL);
	err = elf_verify(&ld);
	err = err ?: info_read(&ld);
	err = err ?: versions_read(&ld);
	if (!err)
		(void)version_find(&ld, "module_layout");
	err = err ?: layout_plan(&ld);
	err = err ?: place(&ld);
	if (!err) {
		resolve(&ld);
		err = relocate_sections(&ld);
	}
	promise(err <= 0);
	release(&ld);
	return 0;
}
