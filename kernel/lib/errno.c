/* SPDX-License-Identifier: MIT */
/* errno.c: error numbers to sentences. */
#include "lib/lib.h"

#include <linux/errno.h>

/* include/linux/errno.h says each number twice; here is the proof that it says the same. */
#define ASSERT_SAME(name, number, text)                                                            \
	_Static_assert((name) == (number), #name " differs between ERRNO_LIST and its #define");
ERRNO_LIST(ASSERT_SAME)

const char *errno_text(int err)
{
#define CASE(name, number, text)                                                                   \
	case number:                                                                               \
	case -number:                                                                              \
		return text;

	switch (err) {
	case 0:
		return "Success";
		ERRNO_LIST(CASE)
	default:
		return "Unknown error";
	}
}
