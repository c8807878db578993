/* SPDX-License-Identifier: MIT */
/* multiboot2.h: the boot information, as the Multiboot2 Specification 2.0 lays it out (3.4, 3.6). */
#ifndef KOAN_MM_MULTIBOOT2_H
#define KOAN_MM_MULTIBOOT2_H

#include <linux/types.h>

#define MB2_BOOTLOADER_MAGIC 0x36d76289 /* in eax on entry: 3.3 */

#define MB2_TAG_END	     0
#define MB2_TAG_CMDLINE	     1
#define MB2_TAG_MODULE	     3
#define MB2_TAG_MMAP	     6

#define MB2_TAG_ALIGN	     8
#define MB2_MEMORY_AVAILABLE 1

struct mb2_info {
	u32 total_size;
	u32 reserved;
};

struct mb2_tag {
	u32 type;
	u32 size; /* of the whole tag, without the padding behind it */
};

struct mb2_tag_cmdline {
	struct mb2_tag tag;
	char string[];
};

struct mb2_tag_module {
	struct mb2_tag tag;
	u32 start, end; /* physical, [start, end) */
	char string[];
};

struct mb2_mmap_entry {
	u64 base, length;
	u32 type;
	u32 reserved;
};

struct mb2_tag_mmap {
	struct mb2_tag tag;
	u32 entry_size;
	u32 entry_version;
};

_Static_assert(sizeof(struct mb2_mmap_entry) == 24, "3.6.8");
_Static_assert(sizeof(struct mb2_tag_mmap) == 16, "3.6.8");

#endif
