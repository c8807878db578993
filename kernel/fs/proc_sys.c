/* SPDX-License-Identifier: MIT */
/*
 * proc_sys.c: /proc/sys/kernel: numbers that are read and, some of them, written while the kernel
 * runs, under Linux's names.
 */
#include "fs/fs.h"
#include "fs/proc.h"

#include <linux/bug.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/panic.h>
#include <linux/string.h>
#include "log/log.h"
#include "sched/sched.h"

#define KPTR_RESTRICT_MAX 2 /* sched/user.c has the meaning of 0, 1 and 2 */

#define NUMBER_MAX	  32 /* characters, with the blanks around it */

static int sysctl_show(struct seq_file *m)
{
	const struct sysctl *ctl = m->private;

	seq_printf(m, "%lu\n", ctl->get());
	return 0;
}

static int sysctl_store(void *private, const char *buf, size_t len)
{
	const struct sysctl *ctl = private;
	char text[NUMBER_MAX];
	unsigned long value;
	int err;

	if (!ctl->set)
		return -EACCES;
	if (len >= sizeof(text))
		return -EINVAL;
	strscpy(text, skip_spaces(buf), sizeof(text));
	len = strlen(text);
	while (len && isspace((u8)text[len - 1]))
		text[--len] = '\0';
	err = kstrtoul(text, 0, &value);
	return err ? -EINVAL : ctl->set(value);
}

static const struct node_ops sysctl_ops = {
	.show = sysctl_show,
	.store = sysctl_store,
};

void sysctl_add(const struct sysctl *ctl)
{
	umode_t mode = ctl->set ? 0644 : 0444;
	struct node *dir, *file;

	if (fs_mkdirs("/proc/sys/kernel", &dir) ||
	    fs_create_text(dir, ctl->name, mode, &sysctl_ops, (void *)ctl, &file))
		panic("no memory for /proc/sys/kernel/%s", ctl->name);
}

/* --- what belongs to layers below --- */

static unsigned long get_panic_on_oops(void)
{
	return panic_on_oops;
}

static int set_panic_on_oops(unsigned long value)
{
	panic_on_oops = value != 0;
	return 0;
}

static unsigned long get_tainted(void)
{
	return get_taint();
}

/*
 * Adds the bits: a kernel that lost its honour does not get it back. Those that mean nothing are
 * left out, as on Linux.
 */
static int set_tainted(unsigned long bits)
{
	for (unsigned int bit = 0; bit < TAINT_FLAGS_COUNT; bit++)
		if (bits >> bit & 1)
			add_taint(bit);
	return 0;
}

static unsigned long get_kptr_restrict(void)
{
	return (unsigned long)kptr_restrict;
}

static int set_kptr_restrict(unsigned long value)
{
	if (value > KPTR_RESTRICT_MAX)
		return -EINVAL;
	kptr_restrict = (int)value;
	return 0;
}

static const struct sysctl own[] = {
	{"kptr_restrict", get_kptr_restrict, set_kptr_restrict},
	{"panic_on_oops", get_panic_on_oops, set_panic_on_oops},
	{"tainted", get_tainted, set_tainted},
};

void proc_sys_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(own); i++)
		sysctl_add(&own[i]);
}
