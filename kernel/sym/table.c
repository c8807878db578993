/* SPDX-License-Identifier: MIT */
/*
 * table.c: the addresses of the symbol table that table.h describes. They are stored once, by
 * number, for whoever comes from a name. Whoever comes from an address halves the ranks, and looks
 * through the packed numbers at the addresses behind them. That is a long way for each question;
 * so the address of every KSYM_STEP-th rank is stored once more, in order, and the long way is
 * taken for the last few questions only.
 */
#include "sym/table.h"

#include <linux/limits.h>

static inline unsigned long to_address(u32 stored)
{
	return (unsigned long)(long)(s32)stored;
}

unsigned long ksym_table_address(const struct ksym_table *table, u32 number)
{
	return to_address(table->addresses[number]);
}

/* 4 bytes from the one in which an entry begins hold all of it: up to 7 + 25 bits. */
u32 ksym_table_at_rank(const struct ksym_table *table, u32 rank)
{
	u64 bit = (u64)rank * table->rank_bits;
	u32 word;

	__builtin_memcpy(&word, table->by_rank + bit / 8, sizeof(word));
	return word >> bit % 8 & ((1U << table->rank_bits) - 1);
}

static inline unsigned long address_at(const struct ksym_table *table, u32 rank)
{
	return ksym_table_address(table, ksym_table_at_rank(table, rank));
}

/* How many steps lie at or below @address. */
static inline u32 count_steps_to(const struct ksym_table *table, unsigned long address)
{
	u32 low = 0, high = (table->count + KSYM_STEP - 1) / KSYM_STEP;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (to_address(table->steps[middle]) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * How many symbols lie at or below @address; when there is one, @span learns the last address that
 * is, and the first one that is not. Both are seen on the way: halving ends between them.
 */
static inline u32 search(const struct ksym_table *table, unsigned long address,
			 struct ksym_span *span)
{
	u32 steps = count_steps_to(table, address), low, high;

	if (!steps)
		return 0;
	low = (steps - 1) * KSYM_STEP;
	high = table->count - low < KSYM_STEP ? table->count : low + KSYM_STEP;
	span->start = to_address(table->steps[steps - 1]);
	span->end = high < table->count ? to_address(table->steps[steps]) : ULONG_MAX;
	for (low++; low < high;) {
		u32 middle = low + (high - low) / 2;
		unsigned long there = address_at(table, middle);

		if (there <= address) {
			low = middle + 1;
			span->start = there;
		} else {
			high = middle;
			span->end = there;
		}
	}
	return low;
}

u32 ksym_table_count_to(const struct ksym_table *table, unsigned long address)
{
	struct ksym_span span;

	return search(table, address, &span);
}

bool ksym_table_span(const struct ksym_table *table, unsigned long address, struct ksym_span *span)
{
	u32 rank = search(table, address, span);

	if (!rank)
		return false;
	rank--;
	/* Hardly any symbol shares its address: only then the first one there is searched for. */
	if (rank && address_at(table, rank - 1) == span->start)
		rank = span->start ? ksym_table_count_to(table, span->start - 1) : 0;
	span->number = ksym_table_at_rank(table, rank);
	return true;
}
