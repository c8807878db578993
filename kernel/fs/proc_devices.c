/* SPDX-License-Identifier: MIT */
/*
 * proc_devices.c: /proc/interrupts, /proc/ioports and /proc/iomem, in Linux's layout for one
 * processor: what drivers have requested.
 */
#include "fs/fs.h"
#include "fs/proc.h"

#include <linux/capability.h>
#include <linux/ioport.h>
#include "dev/dev.h"

#define IRQ_WIDTH    3 /* of the first column */
#define IOPORT_WIDTH 4 /* hexadecimal digits */
#define IOMEM_WIDTH  8

static void show_actions(struct seq_file *m, const struct irqaction *action)
{
	for (const char *before = "  "; action; action = action->next, before = ", ")
		seq_printf(m, "%s%s", before, action->name);
}

/* A line that nobody has is shown while its count is worth something. */
int proc_interrupts_show(struct seq_file *m)
{
	seq_printf(m, "%*sCPU0       \n", IRQ_WIDTH + 8, "");
	for (unsigned int line = 0; line < IRQ_LINES; line++) {
		if (!irq_actions(line) && !irq_count(line))
			continue;
		seq_printf(m, "%*u: %10llu  %8s %*s", IRQ_WIDTH, line, irq_count(line), "XT-PIC",
			   IRQ_WIDTH, "");
		show_actions(m, irq_actions(line));
		seq_putc(m, '\n');
	}
	seq_printf(m, "%*s: %10llu\n", IRQ_WIDTH, "ERR", irq_spurious_count());
	return 0;
}

/* Where they are is for root only. */
static int show_resources(struct seq_file *m, const struct resource *root, int width)
{
	bool visible = capable(CAP_SYS_ADMIN);

	for (const struct resource *res = root->child; res; res = res->sibling)
		seq_printf(m, "%0*llx-%0*llx : %s\n", width, visible ? res->start : 0, width,
			   visible ? res->end : 0, res->name ? res->name : "<BAD>");
	return 0;
}

int proc_ioports_show(struct seq_file *m)
{
	return show_resources(m, &ioport_resource, IOPORT_WIDTH);
}

int proc_iomem_show(struct seq_file *m)
{
	return show_resources(m, &iomem_resource, IOMEM_WIDTH);
}
