/* SPDX-License-Identifier: MIT */
/* borrower.c: uses what lender exports: calls the function, prints the variable. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

MODULE_LICENSE("GPL");
extern void take_book(void);
extern char bookshelf[24];

static int __init borrower_init(void)
{
	printk(KERN_INFO "borrower: here\n");
	take_book();
	printk(KERN_INFO "borrower: got %s\n", bookshelf);
	return 0;
}

static void __exit borrower_exit(void)
{
	printk(KERN_INFO "borrower: gone\n");
}

module_init(borrower_init);
module_exit(borrower_exit);
