/* SPDX-License-Identifier: MIT */
/* ok_namespaces.c: exports in namespaces, however one writes them, for ok_namesake. */
/* expect: loads */
#include <linux/module.h>

extern int test_ns_word, test_ns_default;
int test_ns_string(void);
int test_ns_listed(void);

int test_ns_word = 1;
EXPORT_SYMBOL_NS(test_ns_word, KOAN_WORD);

int test_ns_string(void)
{
	return 2;
}
EXPORT_SYMBOL_NS_GPL(test_ns_string, "KOAN_STRING");

/* The name of the only user, and one that nobody has. */
int test_ns_listed(void)
{
	return 3;
}
EXPORT_SYMBOL_FOR_MODULES(test_ns_listed, "nobody,ok-name*");

#undef DEFAULT_SYMBOL_NAMESPACE
#define DEFAULT_SYMBOL_NAMESPACE "KOAN_DEFAULT"
int test_ns_default = 4;
EXPORT_SYMBOL(test_ns_default);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Exports in namespaces");
