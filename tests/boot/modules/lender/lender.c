/* SPDX-License-Identifier: MIT */
/*
 * lender.c: lends a function and a variable to other modules. Built in three ways: exports for
 * all, one export for GPL modules only (EXPORT_GPL), and none (EXPORT_NOTHING).
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

char bookshelf[24] = "three books and a map";
void take_book(void);

void take_book(void)
{
	printk(KERN_INFO "lender: a book leaves the shelf\n");
}

static int __init lender_init(void)
{
	printk("lender: open\n");
	return 0;
}

static void __exit lender_exit(void)
{
	printk("lender: closed\n");
}

module_init(lender_init);
module_exit(lender_exit);
#if defined(EXPORT_GPL)
EXPORT_SYMBOL_GPL(take_book);
#elif !defined(EXPORT_NOTHING)
EXPORT_SYMBOL(take_book);
#endif
#ifndef EXPORT_NOTHING
EXPORT_SYMBOL(bookshelf);
#endif
MODULE_DESCRIPTION("Lends a function and a variable");
MODULE_AUTHOR("Koan's tests");
MODULE_LICENSE("GPL");
