/* SPDX-License-Identifier: MIT */
/* ranges.h: short sorted lists of address ranges, for the time before there is an allocator. */
#ifndef KOAN_MM_RANGES_H
#define KOAN_MM_RANGES_H

#include "mm/mm.h"

/*
 * Puts @range into @list (in address order, touching neighbours joined). -ENOSPC when the list
 * has @max ranges already; an empty range is not put in.
 */
__must_check int ranges_add(struct boot_range *list, unsigned int *count, unsigned int max,
			    struct boot_range range);
/* Takes @cut out of every range. -ENOSPC when a split would need more than @max. */
__must_check int ranges_cut(struct boot_range *list, unsigned int *count, unsigned int max,
			    struct boot_range cut);
/* Bytes in all. */
u64 ranges_total(const struct boot_range *list, unsigned int count);

#endif
