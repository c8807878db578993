/* SPDX-License-Identifier: MIT */
/*
 * proc_sys.c: /proc/sys/kernel: what may be read and set while the kernel runs.
 *
 * tainted is a number whose bits are the taints. Whoever writes a number adds its bits: a kernel
 * that lost its honour does not get it back.
 */
#include "fs/fs.h"
#include "fs/proc.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include "log/log.h"

static int tainted_show(struct seq_file *m)
{
	seq_printf(m, "%lu\n", get_taint());
	return 0;
}

/* Bits that mean nothing are left out, as on Linux. */
static int tainted_store(void *private, const char *buf, size_t len)
{
	unsigned long bits;
	int err = kstrtoul(buf, 0, &bits);

	(void)private;
	(void)len;
	for (unsigned int bit = 0; !err && bit < TAINT_FLAGS_COUNT; bit++)
		if (bits >> bit & 1)
			add_taint(bit);
	return err ? -EINVAL : 0;
}

static const struct node_ops tainted_ops = {.show = tainted_show, .store = tainted_store};

void proc_sys_init(void)
{
	struct node *dir, *file;

	if (fs_mkdirs("/proc/sys/kernel", &dir) ||
	    fs_create_text(dir, "tainted", 0644, &tainted_ops, NULL, &file))
		panic("no memory for /proc/sys");
}
