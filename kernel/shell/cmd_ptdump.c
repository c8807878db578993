/* SPDX-License-Identifier: MIT */
/*
 * cmd_ptdump.c: ptdump, the page tables as ranges: where, how large, what may be done, who lives
 * there. Its last line says whether any page is both writable and executable, after which nothing
 * else that a kernel forbids would count for much; such a page is also its exit status.
 *
 * A range of equal permissions may have several tenants: it is printed in as many pieces.
 */
#include "shell/command.h"

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "lib/lib.h"
#include "mm/mm.h"
#include "module/modules.h"

/* linker.ld */
extern char __boot_phys[], __text_start[], __text_end[], __rodata_end[];
extern char __init_data_start[], __init_data_end[], __kernel_end[];

/* Who lives at an address, and where that ends: at @end, or before where the range itself does. */
struct tenant {
	const char *module; /* NULL: no module */
	const char *what;
	unsigned long end;
};

static struct tenant in_image(unsigned long at)
{
	if (at < (unsigned long)__text_end)
		return (struct tenant){NULL, "kernel .text", (unsigned long)__text_end};
	if (at < (unsigned long)__rodata_end)
		return (struct tenant){NULL, "kernel .rodata", (unsigned long)__rodata_end};
	if (at < (unsigned long)__init_data_start)
		return (struct tenant){NULL, "kernel .data", (unsigned long)__init_data_start};
	return (struct tenant){NULL, "kernel .bss and stacks", (unsigned long)__kernel_end};
}

/* A block of a module; one that is not in the list yet has no name. */
static struct tenant in_modules(unsigned long at)
{
	const struct module *mod = __module_address(at);
	int kind;

	for (kind = 0; mod && kind < MOD_MEM_NUM_TYPES; kind++) {
		unsigned long base = (unsigned long)mod->mem[kind].base;

		if (at - base < mod->mem[kind].size)
			return (struct tenant){mod->name, mem_kind_name(kind),
					       base + mod->mem[kind].size};
	}
	return (struct tenant){NULL, "a module that is coming or going", MODULES_END};
}

/* What is read only in the map of all memory is the image or an initrd; see mm/kernel_map.c. */
static struct tenant in_memory(unsigned long at, enum page_prot prot)
{
	unsigned long image = DIRECT_MAP + (unsigned long)__boot_phys;
	unsigned long image_end = DIRECT_MAP + (unsigned long)__kernel_end - KERNEL_BASE;

	if (prot == PROT_RO && at >= image && at < image_end)
		return (struct tenant){NULL, "physical memory: the kernel", image_end};
	for (unsigned int i = 0; prot == PROT_RO && i < boot_info.initrd_count; i++) {
		unsigned long end = DIRECT_MAP + PAGE_ALIGN(boot_info.initrd[i].end);

		if (at >= DIRECT_MAP + (boot_info.initrd[i].start & PAGE_MASK) && at < end)
			return (struct tenant){NULL, "physical memory: the initrd", end};
	}
	return (struct tenant){NULL, "physical memory", BIG_WINDOW};
}

static struct tenant tenant_of(unsigned long at, enum page_prot prot)
{
	if (at >= MODULES_BASE)
		return in_modules(at);
	if (at >= KERNEL_BASE)
		return in_image(at);
	if (at >= BIG_WINDOW)
		return (struct tenant){NULL, prot == PROT_DEVICE ? "a device" : "big objects",
				       BIG_WINDOW_END};
	return in_memory(at, prot);
}

/* What begins at @at in @range and has one tenant ends here. */
static unsigned long piece_end(const struct mapped_range *range, const struct tenant *tenant)
{
	/* The last page's end is 0. */
	return tenant->end - 1 < range->end - 1 ? tenant->end : range->end;
}

static const char *const letters[] = {
	[PROT_RO] = "r--",  [PROT_RW] = "rw-",	   [PROT_RX] = "r-x",
	[PROT_RWX] = "rwx", [PROT_DEVICE] = "rw-",
};

struct ptdump {
	struct io *io;
	unsigned long bad_pages; /* writable and executable */
};

static int print_range(const struct mapped_range *range, void *data)
{
	struct ptdump *dump = data;
	unsigned long at = range->start, end;

	for (; at != range->end; at = end) {
		struct tenant tenant = tenant_of(at, range->prot);

		end = piece_end(range, &tenant);
		out(dump->io, "0x%016lx-0x%016lx %10luK %s %s%s%s\n", at, end, (end - at) >> 10,
		    letters[range->prot], tenant.module ? tenant.module : "",
		    tenant.module ? " " : "", tenant.what);
	}
	if (range->prot == PROT_RWX)
		dump->bad_pages += (range->end - range->start) / PAGE_SIZE;
	return 0;
}

static int ptdump_run(struct io *io, int argc, char **argv)
{
	struct ptdump dump = {.io = io};

	if (!options_none(io, argc, argv))
		return 1;
	if (!capable(CAP_SYS_ADMIN)) {
		complain(io, "%s\n", errno_text(EPERM));
		return 1;
	}
	ptwalk(print_range, &dump);
	if (dump.bad_pages == 0)
		out(io, "no page is both writable and executable\n");
	else
		out(io, "%lu page%s both writable and executable\n", dump.bad_pages,
		    dump.bad_pages == 1 ? " is" : "s are");
	return dump.bad_pages != 0;
}

const struct command cmd_ptdump = {
	.name = "ptdump",
	.usage = "",
	.brief = "print what is mapped, and what may be done there",
	.text = "A line a range: addresses [from, to), size, permissions, who lives there.\n"
		"The last line, and the exit status, tell whether any page is both writable\n"
		"and executable.",
	.run = ptdump_run,
};
