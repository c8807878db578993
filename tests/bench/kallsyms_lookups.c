/* SPDX-License-Identifier: MIT */
/*
 * kallsyms_lookups.c: looks up every symbol of a table, by name or by address, with the kernel's own
 * objects kernel/sym/table.o and names.o. The table is linked in; the list it was made from, lines
 * as in System.map, comes through stdin and is the judge of every answer.
 *
 *   kallsyms_lookups names|addresses <LIST
 *
 * What counts is done inside name_to_address() and address_to_name(): callgrind counts there alone
 * (tests/bench/kallsyms.py). The status is 0 when every answer was right.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sym/table.h"

extern const struct ksym_table kallsyms_table;

struct row {
	unsigned long address;
	char type;
	char name[KSYM_NAME_LEN];
};

static struct row *rows; /* by rank: as listed */
static unsigned int count;
static unsigned int *order; /* ranks in the order of the names */

static void fail(const char *what, const struct row *row)
{
	fprintf(stderr, "kallsyms_lookups: %s%s%s\n", what, row ? ": " : "", row ? row->name : "");
	exit(1);
}

static void read_rows(void)
{
	unsigned int room = 0;
	struct row row;

	while (scanf("%lx %c %511s", &row.address, &row.type, row.name) == 3) {
		if (count == room) {
			room = room ? room * 2 : 1024;
			rows = realloc(rows, room * sizeof(*rows));
			if (!rows)
				fail("no memory for the list", NULL);
		}
		rows[count++] = row;
	}
	if (count != kallsyms_table.count)
		fail("the list is not the table's", NULL);
}

static int compare_names(const void *a, const void *b)
{
	unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;
	int result = strcmp(rows[x].name, rows[y].name);

	return result ? result : x < y ? -1 : x > y;
}

static void sort_names(void)
{
	order = calloc(count + 1, sizeof(*order));
	if (!order)
		fail("no memory for the order of the names", NULL);
	for (unsigned int i = 0; i < count; i++)
		order[i] = i;
	qsort(order, count, sizeof(*order), compare_names);
}

/* --- what is measured --- */

static noinline unsigned long name_to_address(const char *name)
{
	u32 number;

	return ksym_table_find(&kallsyms_table, name, &number)
		       ? ksym_table_address(&kallsyms_table, number)
		       : ~0UL;
}

static noinline char address_to_name(unsigned long address, char *name, struct ksym_span *span)
{
	if (!ksym_table_span(&kallsyms_table, address, span))
		return '\0';
	return ksym_table_name(&kallsyms_table, span->number, name);
}

/* --- who measures --- */

/* Of several symbols with one name, the first in address order is found. */
static void look_up_names(void)
{
	const struct row *first = NULL;

	for (unsigned int i = 0; i < count; i++) {
		const struct row *row = &rows[order[i]];

		if (!first || strcmp(first->name, row->name))
			first = row;
		if (name_to_address(row->name) != first->address)
			fail("not found by its name", row);
	}
}

/* Half way from a symbol to the next that lies elsewhere. */
static unsigned long middle_of(unsigned int i)
{
	unsigned int next = i;

	while (next < count && rows[next].address == rows[i].address)
		next++;
	return next < count ? rows[i].address + (rows[next].address - rows[i].address) / 2
			    : rows[i].address;
}

/* In the middle of each symbol; of several that share an address, the first is found. */
static void look_up_addresses(void)
{
	unsigned int first = 0;

	for (unsigned int i = 0; i < count; i++) {
		char name[KSYM_NAME_LEN], type;
		struct ksym_span span;

		if (rows[i].address != rows[first].address)
			first = i;
		type = address_to_name(middle_of(i), name, &span);
		if (type != rows[first].type || strcmp(name, rows[first].name) ||
		    span.start != rows[i].address)
			fail("not found by its address", &rows[i]);
	}
}

/* Every symbol is in the table, in the order of the list, behind others of its name or address. */
static void list_all(void)
{
	for (unsigned int i = 0; i < count; i++) {
		u32 number = ksym_table_at_rank(&kallsyms_table, i);
		char name[KSYM_NAME_LEN];

		if (ksym_table_address(&kallsyms_table, number) != rows[i].address ||
		    ksym_table_name(&kallsyms_table, number, name) != rows[i].type ||
		    strcmp(name, rows[i].name) || order[number] != i)
			fail("not in its place", &rows[i]);
	}
}

int main(int argc, char **argv)
{
	const char *what = argc == 2 ? argv[1] : "";

	read_rows();
	sort_names();
	list_all();
	if (!strcmp(what, "names"))
		look_up_names();
	else if (!strcmp(what, "addresses"))
		look_up_addresses();
	else
		fail("usage: kallsyms_lookups names|addresses <LIST", NULL);
	printf("%u\n", count);
	free(order);
	free(rows);
	return 0;
}
