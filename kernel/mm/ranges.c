/* SPDX-License-Identifier: MIT */
/*
 * ranges.c: sorted lists of half-open ranges: add, cut, sum. Pure: no hardware, no allocation.
 *
 * Invariant between two calls: in address order, none empty, and no two touch. So each address is in
 * one range at most, and a sum counts no byte twice.
 */
#include "mm/ranges.h"

#include <linux/errno.h>

static void remove_at(struct boot_range *list, unsigned int *count, unsigned int at)
{
	for (unsigned int i = at; i + 1 < *count; i++)
		list[i] = list[i + 1];
	(*count)--;
}

static int insert_at(struct boot_range *list, unsigned int *count, unsigned int max,
		     unsigned int at, struct boot_range range)
{
	if (*count == max)
		return -ENOSPC;
	for (unsigned int i = *count; i > at; i--)
		list[i] = list[i - 1];
	list[at] = range;
	(*count)++;
	return 0;
}

int ranges_add(struct boot_range *list, unsigned int *count, unsigned int max,
	       struct boot_range range)
{
	unsigned int at = 0;

	if (range.start >= range.end)
		return 0;
	/* "<", not "<=": one that ends where the new one begins touches it. */
	while (at < *count && list[at].end < range.start)
		at++;
	/* Whatever touches the new range becomes part of it. */
	while (at < *count && list[at].start <= range.end) {
		if (list[at].start < range.start)
			range.start = list[at].start;
		if (list[at].end > range.end)
			range.end = list[at].end;
		remove_at(list, count, at);
	}
	return insert_at(list, count, max, at, range);
}

/* Takes @cut out of the range at @at; returns how many ranges are left in its place, or an error. */
static int cut_one(struct boot_range *list, unsigned int *count, unsigned int max, unsigned int at,
		   struct boot_range cut)
{
	struct boot_range behind = {cut.end, list[at].end}; /* what is left of it above the cut */

	if (cut.start <= list[at].start && cut.end >= list[at].end) {
		remove_at(list, count, at);
		return 0;
	}
	if (cut.start <= list[at].start) {
		list[at].start = cut.end;
		return 1;
	}
	/* From here on the range begins before the cut: it keeps its start, and may fall in two. */
	list[at].end = cut.start;
	if (behind.start >= behind.end)
		return 1;
	return insert_at(list, count, max, at + 1, behind) ? -ENOSPC : 2;
}

int ranges_cut(struct boot_range *list, unsigned int *count, unsigned int max,
	       struct boot_range cut)
{
	unsigned int at = 0;

	if (cut.start >= cut.end)
		return 0;
	while (at < *count) {
		int left = 1;

		if (list[at].start < cut.end && list[at].end > cut.start)
			left = cut_one(list, count, max, at, cut);
		if (left < 0)
			return left;
		at += left;
	}
	return 0;
}

u64 ranges_total(const struct boot_range *list, unsigned int count)
{
	u64 total = 0;

	for (unsigned int i = 0; i < count; i++)
		total += list[i].end - list[i].start;
	return total;
}
