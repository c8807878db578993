/* SPDX-License-Identifier: MIT */
/* ok_param_moved.c: init lets its parameter point at a text of its own; the one given is not lost. */
/* expect: loads; args "word=given"; log "ok_param_moved: given, then own" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static char *word;
module_param(word, charp, 0444);

static int __init ok_param_moved_init(void)
{
	const char *given = word;

	word = "own";
	pr_info("ok_param_moved: %s, then %s\n", given, word);
	return 0;
}

static void __exit ok_param_moved_exit(void)
{
}

module_init(ok_param_moved_init);
module_exit(ok_param_moved_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Forgets what was given");
