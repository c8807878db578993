/* SPDX-License-Identifier: MIT */
/* bad_constructors.c: constructors of two kinds of compilers. */
/* expect: refused EINVAL; log "bad_constructors: has both .ctors and .init_array." */
#include <linux/module.h>

static int calls;

static __attribute__((constructor)) void modern(void)
{
	WRITE_ONCE(calls, 1); /* an empty one would be optimized away */
}

static void old(void)
{
}

static void (*const constructors[])(void) __used __section(".ctors") = {old};

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Has constructors of two kinds");
