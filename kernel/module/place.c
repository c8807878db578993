/* SPDX-License-Identifier: MIT */
/*
 * place.c: phase 4, take memory: one block a kind, sections copied in, .bss zero.
 *
 * Assumes a plan. This is the one file that knows where a module's memory comes from; everyone
 * else goes by the addresses that it writes into the plan: `address`, where the module will see a
 * section, and `bytes`, where the loader can write it. (Here both are the same place.) Promises
 * that ld->mod is the module's own struct module, inside its data, with everything cleared but the
 * name; from then on it owns the blocks.
 */
#include "module/load.h"
#include "module/file.h"
#include "module/memory.h"
#include "module/private.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/mm.h"

static int no_room(struct load *ld, enum mod_mem_type kind, u64 bytes)
{
	struct mm_counts counts;

	mm_count(&counts);
	return load_fail(ld, ENOMEM, "no memory for %llu bytes of %s: %llu bytes are free", bytes,
			 mem_kind_name(kind), counts.free_frames * (u64)PAGE_SIZE);
}

/* Blocks begin at a page; a larger alignment is had by taking that much more. */
static u64 block_bytes(const struct block_plan *block)
{
	u64 slack = block->align > PAGE_SIZE ? block->align - PAGE_SIZE : 0;
	u64 bytes;

	return check_add_overflow(block->size, slack, &bytes) ? U64_MAX : bytes;
}

static int take_block(struct load *ld, enum mod_mem_type kind)
{
	u64 bytes = block_bytes(ld->blocks + kind);
	struct module_memory *mem = ld->mem + kind;

	if (bytes == 0)
		return 0;
	/* The window is smaller than what mem->size can count. */
	mem->base = bytes < MODULES_END - MODULES_BASE ? module_alloc(bytes) : NULL;
	if (!mem->base)
		return no_room(ld, kind, bytes);
	mem->size = window_size(mem->base);
	load_tell(ld, "%s: %u bytes at 0x%lx", mem_kind_name(kind), mem->size,
		  (unsigned long)mem->base);
	return 0;
}

static int take_memory(struct load *ld)
{
	unsigned int kind;
	int err;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++) {
		err = take_block(ld, kind);
		if (err)
			return err;
	}
	return 0;
}

/* module_alloc() zeroes, so what has no bytes in the file (.bss) is done already. */
static void copy_section(struct load *ld, unsigned int i)
{
	const Elf64_Shdr *section = ld->elf.sections + i;
	struct section_plan *plan = ld->plan + i;
	const struct block_plan *block;

	if (plan->kind == MOD_INVALID)
		return;
	block = ld->blocks + plan->kind;
	plan->address = ALIGN((unsigned long)ld->mem[plan->kind].base, block->align) + plan->offset;
	plan->bytes = (u8 *)plan->address;
	if (section_has_bytes(section))
		memcpy(plan->bytes, section_data(ld, i), section->sh_size);
	load_tell(ld, "[%2u] %s at 0x%lx: 0x%llx bytes %s", i, section_name(ld, i), plan->address,
		  section->sh_size, section_has_bytes(section) ? "copied" : "of zeroes");
}

/* A string of .modinfo as the module itself holds it; .modinfo is loaded like any constant. */
static const char *own_string(const struct load *ld, const char *in_file)
{
	const char *begin = section_data(ld, ld->elf.modinfo);

	if (!in_file || !ld->plan[ld->elf.modinfo].bytes)
		return NULL;
	return (const char *)ld->plan[ld->elf.modinfo].address + (in_file - begin);
}

/*
 * The file's struct module becomes the module's. Only its name is taken from the file as it is;
 * init and exit come with the relocations, and the rest is the loader's.
 */
static int adopt_module(struct load *ld)
{
	struct module_private *priv = kmalloc(sizeof(*priv), GFP_KERNEL | __GFP_ZERO);
	struct module *mod = (struct module *)ld->plan[ld->elf.this_module].bytes;
	char name[MODULE_NAME_LEN];

	if (!priv)
		return load_fail(ld, ENOMEM, "no memory for its private part");
	memcpy(name, mod->name, sizeof(name));
	memset(mod, 0, sizeof(*mod));
	memcpy(mod->name, name, sizeof(name));
	memcpy(mod->mem, ld->mem, sizeof(mod->mem));
	mod->priv = priv;
	mod->state = MODULE_STATE_UNFORMED;
	mod->version = own_string(ld, ld->info.version);
	mod->srcversion = own_string(ld, ld->info.srcversion);
	mod->license = own_string(ld, ld->info.license);
	INIT_LIST_HEAD(&mod->list);
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	ld->mod = mod;
	ld->name = mod->name;
	load_tell(ld, "struct module at 0x%lx: %s", (unsigned long)mod, mod->name);
	return 0;
}

int place_sections(struct load *ld)
{
	unsigned int i;
	int err;

	load_step(ld, STEP_PLACE);
	err = take_memory(ld);
	if (err)
		return err;
	for (i = 0; i < ld->elf.header->e_shnum; i++)
		copy_section(ld, i);
	return adopt_module(ld);
}

/* The block that holds struct module, which may hold @mem itself, goes last. */
void place_free(struct module_memory *mem)
{
	void *data = mem[MOD_DATA].base;
	unsigned int kind;

	for (kind = 0; kind < MOD_MEM_NUM_TYPES; kind++)
		if (kind != MOD_DATA)
			window_free(mem[kind].base);
	window_free(data);
}

void place_free_init(struct load *ld)
{
	struct module *mod = ld->mod;
	unsigned int kind;

	for (kind = MOD_INIT_TEXT; kind <= MOD_INIT_RODATA; kind++) {
		if (mod->mem[kind].base)
			load_tell(ld, "%s: %u bytes at 0x%lx given back", mem_kind_name(kind),
				  mod->mem[kind].size, (unsigned long)mod->mem[kind].base);
		window_free(mod->mem[kind].base);
		mod->mem[kind] = (struct module_memory){0};
	}
}
