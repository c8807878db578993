/* SPDX-License-Identifier: MIT */
/* seq_list.c: walks of a seq_file over a list of <linux/list.h>. */
#include "fs/fs.h"

#include <linux/export.h>
#include <linux/list.h>
#include <linux/seq_file.h>

struct list_head *seq_list_start(struct list_head *head, loff_t pos)
{
	struct list_head *at;

	list_for_each (at, head)
		if (pos-- == 0)
			return at;
	return NULL;
}
EXPORT_SYMBOL(seq_list_start);

struct list_head *seq_list_start_head(struct list_head *head, loff_t pos)
{
	return pos ? seq_list_start(head, pos - 1) : head;
}
EXPORT_SYMBOL(seq_list_start_head);

struct list_head *seq_list_next(void *v, struct list_head *head, loff_t *pos)
{
	struct list_head *at = ((struct list_head *)v)->next;

	++*pos;
	return at == head ? NULL : at;
}
EXPORT_SYMBOL(seq_list_next);
