/* SPDX-License-Identifier: MIT */
/* ok_relocations.c: each kind of relocation that a module may have, compared with what C says. */
/* expect: loads; log "ok_relocations: all 6 agree" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

static int target __used = 11;
extern const u64 reloc_64, reloc_pc64;
extern const s32 reloc_32s, reloc_pc32, reloc_plt32;
extern const u32 reloc_32;

__asm__(".set fixed_address, 0x12345678\n"
	".global fixed_address\n"
	".pushsection .rodata\n"
	".balign 8\n"
	"reloc_64: .quad target + 3\n"
	"reloc_pc64: .quad target - .\n"
	"reloc_pc32: .long target - .\n"
	"reloc_plt32: .long 0\n"
	".reloc reloc_plt32, R_X86_64_PLT32, target\n"
	"reloc_32s: .long 0\n"
	".reloc reloc_32s, R_X86_64_32S, target + 5\n"
	"reloc_32: .long 0\n"
	".reloc reloc_32, R_X86_64_32, fixed_address\n"
	".reloc reloc_32, R_X86_64_NONE, target\n" /* changes nothing */
	".popsection\n");

static int __init ok_relocations_init(void)
{
	u64 address = (u64)&target;
	int good = 0;

	good += READ_ONCE(reloc_64) == address + 3;
	good += READ_ONCE(reloc_pc64) == address - (u64)&reloc_pc64;
	good += READ_ONCE(reloc_pc32) == (s32)(address - (u64)&reloc_pc32);
	good += READ_ONCE(reloc_plt32) == (s32)(address - (u64)&reloc_plt32);
	good += (u64)(s64)READ_ONCE(reloc_32s) == address + 5;
	good += READ_ONCE(reloc_32) == 0x12345678;
	printk(KERN_INFO "ok_relocations: %s %d agree\n", good == 6 ? "all" : "only", good);
	return 0;
}

static void __exit ok_relocations_exit(void)
{
}

module_init(ok_relocations_init);
module_exit(ok_relocations_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Every kind of relocation");
