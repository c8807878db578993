/* SPDX-License-Identifier: MIT */
/* ok_exports.c: one export of each kind, for the modules beside it. */
/* expect: loads */
#include <linux/module.h>

extern int test_plain;
int test_gpl(void);
int test_gpl_future(void);
int test_in_namespace(void);
extern int test_unused;
int test_unused_gpl(void);

int test_plain = 1;
EXPORT_SYMBOL(test_plain);

int test_gpl(void)
{
	return 2;
}
EXPORT_SYMBOL_GPL(test_gpl);

int test_gpl_future(void)
{
	return 3;
}
EXPORT_SYMBOL_GPL_FUTURE(test_gpl_future);

int test_in_namespace(void)
{
	return 4;
}
EXPORT_SYMBOL_NS(test_in_namespace, KOAN_TEST);

int test_unused = 5;
EXPORT_UNUSED_SYMBOL(test_unused);

int test_unused_gpl(void)
{
	return 6;
}
EXPORT_UNUSED_SYMBOL_GPL(test_unused_gpl);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports of every kind");
