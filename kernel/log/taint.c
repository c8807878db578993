/* SPDX-License-Identifier: MIT */
/*
 * taint.c: why this kernel may not be what its makers tested. Bits are only ever added; their
 * letters are Linux's (Documentation/admin-guide/tainted-kernels.rst).
 */
#include "log/log.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/string.h>

/* By bit; a blank is a taint that Koan has no use for. */
static const char letters[] = "PFSRMBUDAWCIOELKXTN";

static_assert(sizeof(letters) - 1 == TAINT_FLAGS_COUNT, "a letter for each taint");

static unsigned long taints;

/*
 * After these, what the kernel could find out about its own locks would mean nothing. Koan finds
 * out nothing of that kind; whoever reads the log of a Linux machine knows the line.
 */
static const unsigned long ends_lock_debugging = 1UL << TAINT_PROPRIETARY_MODULE |
						 1UL << TAINT_FORCED_MODULE |
						 1UL << TAINT_FORCED_RMMOD | 1UL << TAINT_DIE;

void add_taint(unsigned int bit)
{
	if ((ends_lock_debugging >> bit & 1) && !(taints & ends_lock_debugging))
		pr_warn("Disabling lock debugging due to kernel taint\n");
	taints |= 1UL << bit;
}

unsigned long get_taint(void)
{
	return taints;
}

bool test_taint(unsigned int bit)
{
	return taints >> bit & 1;
}

const char *print_tainted(void)
{
	static char buf[sizeof("Tainted:") + 2 * sizeof(letters)];
	size_t len = strlen("Tainted:");

	if (!taints)
		return "Not tainted";
	strcpy(buf, "Tainted:");
	for (size_t bit = 0; letters[bit]; bit++) {
		/* Bit 0 has a letter for its absence too: G, all modules are GPL-compatible. */
		if (!test_taint(bit) && bit != TAINT_PROPRIETARY_MODULE)
			continue;
		buf[len++] = ' ';
		buf[len++] = test_taint(bit) ? letters[bit] : 'G';
	}
	buf[len] = '\0';
	return buf;
}
