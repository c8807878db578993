/* SPDX-License-Identifier: MIT */
/*
 * rows.c: a module of tables alone: parameters, exports, what it imports. It has no code, so whatever
 * happens while it is loaded, the loader did: no change of its file can make it run anything.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

int rows_count = 3;
EXPORT_SYMBOL(rows_count);
char rows_text[16] = "text";
EXPORT_SYMBOL_GPL(rows_text);
int rows_apart;
EXPORT_SYMBOL_NS_GPL(rows_apart, "ROWS");

static short small;
static bool flag;
static char *word = "word";
static int numbers[4];
static unsigned int filled;
const void *const rows_used[] = {(void *)printk, (void *)find_module, (void *)kstrtoint};

module_param(small, short, 0644);
module_param(flag, bool, 0444);
module_param(word, charp, 0444);
module_param_array(numbers, int, &filled, 0444);
module_param_string(text, rows_text, sizeof(rows_text), 0);
module_param_named(later, rows_apart, int, 0600);

MODULE_LICENSE("GPL");
MODULE_VERSION("1.0");
MODULE_DESCRIPTION("Tables");
