/* SPDX-License-Identifier: MIT */
/* evens.c: the third chapter: a file that is a list, walked by a seq_file. */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

static int count = 5;
module_param(count, int, 0444);

struct even {
	struct list_head list;
	int value;
};

static LIST_HEAD(evens);
static int walks;

static void *evens_start(struct seq_file *s, loff_t *pos)
{
	walks++;
	return seq_list_start(&evens, *pos);
}

static void *evens_next(struct seq_file *s, void *v, loff_t *pos)
{
	return seq_list_next(v, &evens, pos);
}

static void evens_stop(struct seq_file *s, void *v)
{
}

static int evens_show(struct seq_file *s, void *v)
{
	seq_printf(s, "%d\n", list_entry(v, struct even, list)->value);
	return 0;
}

static const struct seq_operations evens_seq_ops = {
	.start = evens_start,
	.next = evens_next,
	.stop = evens_stop,
	.show = evens_show,
};

static int evens_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &evens_seq_ops);
}

static const struct proc_ops evens_ops = {
	.proc_open = evens_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = seq_release,
};

/* The same with a number of its own for each opening. */
struct state {
	int shown;
};

static int counted_show(struct seq_file *s, void *v)
{
	struct state *state = s->private;

	seq_printf(s, "%d: %d\n", ++state->shown, list_entry(v, struct even, list)->value);
	return state->shown == 2 ? SEQ_SKIP : 0;
}

static const struct seq_operations counted_seq_ops = {
	.start = evens_start,
	.next = evens_next,
	.stop = evens_stop,
	.show = counted_show,
};

static void evens_free(void)
{
	struct even *e, *next;

	list_for_each_entry_safe (e, next, &evens, list) {
		list_del(&e->list);
		kfree(e);
	}
}

static int __init evens_init(void)
{
	int i;

	for (i = 0; i < count; i++) {
		struct even *e = kmalloc(sizeof(*e), GFP_KERNEL);

		if (!e) {
			evens_free();
			return -ENOMEM;
		}
		e->value = 2 * i;
		list_add_tail(&e->list, &evens);
	}
	proc_mkdir("evens", NULL);
	proc_create("evens/list", 0, NULL, &evens_ops);
	proc_create_seq("evens/again", 0, NULL, &evens_seq_ops);
	proc_create_seq_private("evens/counted", 0, NULL, &counted_seq_ops, sizeof(struct state),
				NULL);
	return 0;
}

static void __exit evens_exit(void)
{
	remove_proc_subtree("evens", NULL);
	evens_free();
	pr_info("evens: %d walks\n", walks);
}

module_init(evens_init);
module_exit(evens_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Files in /proc, the third chapter");
