/* SPDX-License-Identifier: MIT */
/*
 * boot_info.c: what GRUB tells: command line, memory map, initrd.
 *
 * Runs before there is an allocator, on the boot page tables. Copies everything out, since the
 * memory that GRUB's structure lies in is free memory soon after. Every length is checked
 * against the structure's own: a loader's mistake gives a sentence, not a fault.
 */
#include "mm/mm.h"
#include "mm/multiboot2.h"
#include "mm/ranges.h"

#include <linux/kernel.h>
#include <linux/string.h>

struct boot_info boot_info;

static void read_cmdline(const struct mb2_tag *tag)
{
	const struct mb2_tag_cmdline *cmdline = (const void *)tag;
	size_t room = tag->size - sizeof(*tag);

	strscpy(boot_info.cmdline, cmdline->string, min(room, sizeof(boot_info.cmdline)));
}

static void read_module(const struct mb2_tag *tag)
{
	const struct mb2_tag_module *module = (const void *)tag;

	if (tag->size < sizeof(*module) || module->end < module->start)
		return;
	if (boot_info.initrd_count == ARRAY_SIZE(boot_info.initrd)) {
		pr_warn("boot: more than %zu modules; '%.40s' is left out\n",
			ARRAY_SIZE(boot_info.initrd), module->string);
		return;
	}
	boot_info.initrd[boot_info.initrd_count++] =
		(struct boot_range){module->start, module->end};
}

/* Keeps whole pages of available memory; the null page stays out, so that frame 0 means none. */
static void read_mmap_entry(const struct mb2_mmap_entry *entry)
{
	struct boot_range range;

	if (entry->type != MB2_MEMORY_AVAILABLE || entry->base + entry->length < entry->base)
		return;
	range.start = PAGE_ALIGN(max(entry->base, PAGE_SIZE));
	range.end = (entry->base + entry->length) & PAGE_MASK;
	if (range.start >= range.end)
		return;
	if (ranges_add(boot_info.usable, &boot_info.usable_count, BOOT_RANGES_MAX, range))
		pr_warn("boot: more than %u ranges of memory; %llu KiB at %llx are left out\n",
			BOOT_RANGES_MAX, (range.end - range.start) / 1024, range.start);
}

static void read_mmap(const struct mb2_tag *tag)
{
	const struct mb2_tag_mmap *mmap = (const void *)tag;
	size_t offset = sizeof(*mmap);

	if (tag->size < sizeof(*mmap) || mmap->entry_size < sizeof(struct mb2_mmap_entry))
		panic("boot: a memory map of %u bytes with entries of %u: GRUB's structure is damaged",
		      tag->size, tag->size < sizeof(*mmap) ? 0 : mmap->entry_size);
	for (; offset + mmap->entry_size <= tag->size; offset += mmap->entry_size)
		read_mmap_entry((const void *)((const char *)tag + offset));
}

static void read_tag(const struct mb2_tag *tag)
{
	switch (tag->type) {
	case MB2_TAG_CMDLINE:
		read_cmdline(tag);
		break;
	case MB2_TAG_MODULE:
		read_module(tag);
		break;
	case MB2_TAG_MMAP:
		read_mmap(tag);
		break;
	}
}

void boot_info_read(u32 magic, phys_addr_t physical)
{
	const struct mb2_info *info = phys_to_virt(physical);
	size_t offset = sizeof(*info);

	if (magic != MB2_BOOTLOADER_MAGIC)
		panic("boot: magic number %08x instead of %08x: Koan is started by a multiboot2 loader",
		      magic, MB2_BOOTLOADER_MAGIC);
	while (offset + sizeof(struct mb2_tag) <= info->total_size) {
		const struct mb2_tag *tag = (const void *)((const char *)info + offset);

		if (tag->type == MB2_TAG_END)
			break;
		if (tag->size < sizeof(*tag) || tag->size > info->total_size - offset)
			panic("boot: tag %u of %u bytes reaches past the boot information",
			      tag->type, tag->size);
		read_tag(tag);
		offset += ALIGN(tag->size, MB2_TAG_ALIGN);
	}
}
