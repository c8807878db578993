/* SPDX-License-Identifier: MIT */
/* table.c: reading the symbol table that table.h describes; both lookups halve their way. */
#include "sym/table.h"

#include <linux/string.h>

unsigned long ksym_table_address(const struct ksym_table *table, u32 i)
{
	return (unsigned long)(long)(s32)table->addresses[i];
}

char ksym_table_name(const struct ksym_table *table, u32 i, char name[KSYM_NAME_LEN])
{
	const char *entry = table->names + table->name_at[i];

	/* The maker of the table refuses names that do not fit. */
	strlcpy(name, entry + 1, KSYM_NAME_LEN);
	return entry[0];
}

u32 ksym_table_count_to(const struct ksym_table *table, unsigned long address)
{
	u32 low = 0, high = (u32)table->count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (ksym_table_address(table, middle) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int compare_name(const struct ksym_table *table, const char *name, u32 rank)
{
	return strcmp(name, table->names + table->name_at[table->by_name[rank]] + 1);
}

bool ksym_table_find(const struct ksym_table *table, const char *name, u32 *i)
{
	u32 low = 0, high = (u32)table->count;

	/* Ends at the first name that is not before @name; equal names are in address order. */
	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (compare_name(table, name, middle) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == table->count || compare_name(table, name, low))
		return false;
	*i = table->by_name[low];
	return true;
}
