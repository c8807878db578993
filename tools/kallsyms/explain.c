/* SPDX-License-Identifier: MIT */
/* explain.c: the table for people: how many bytes it takes, and where each of them comes from. */
#include "kallsyms.h"

#include <stdio.h>
#include <string.h>

/* --- sizes --- */

static size_t write_size(const struct table *table, const char *part, size_t size)
{
	printf("%-16s %8zu %10.3f\n", part, size,
	       table->count ? (double)size / (double)table->count : 0.0);
	return size;
}

void write_figures(const struct table *table)
{
	size_t steps = (table->count + KSYM_STEP - 1) / KSYM_STEP, all;

	printf("%-16s %8s %10s\n", "part", "bytes", "a symbol");
	all = write_size(table, "head", HEAD_SIZE);
	all += write_size(table, "texts of codes", table->codes.count * sizeof(uint64_t));
	all += write_size(table, "addresses", table->count * sizeof(uint32_t));
	all += write_size(table, "steps", steps * sizeof(uint32_t));
	all += write_size(table, "blocks", table->blocks * sizeof(uint32_t));
	all += write_size(table, "numbers by rank",
			  (table->count * table->rank_bits + 7) / 8 + RANKS_PADDING);
	all += write_size(table, "names", table->names.len);
	write_size(table, "all", all);
	printf("%-16s %8zu\n", "symbols", table->count);
}

/* --- steps --- */

static void write_shared(const struct table *table)
{
	puts("Names in order; what each one shares with the one before; what is left, and the type:\n"
	     "number rank  address           shared  rest");
	for (size_t i = 0; i < table->count; i++) {
		const struct symbol *sym = table_symbol(table, i);
		char shared[16] = "-";

		if (i % KSYM_BLOCK)
			snprintf(shared, sizeof(shared), "%u", table->shared[i]);
		printf("%6zu %4u  %016llx  %6s  %s<%c>\n", i, table->rank_of[i],
		       (unsigned long long)sym->address, shared, sym->name + table->shared[i],
		       sym->type);
	}
}

/* A code's text, its type letter in angle brackets. */
static void write_text(const struct code *code)
{
	if (code->ends)
		printf("%.*s<%c>", (int)code->len - 1, code->text, code->text[code->len - 1]);
	else
		printf("%s", code->text);
}

static void write_code(const struct codes *codes, unsigned int number)
{
	const struct code *code = &codes->list[number];

	printf("%4u = ", number);
	write_text(code);
	if (code->len > 1) {
		printf("\t(%u %u, %zu times)", code->left, code->right, code->times);
	}
	putchar('\n');
}

static void write_codes_made(const struct codes *codes)
{
	printf("\nCodes, as they were made; from %u on they end a name:\n", codes->first_end);
	for (unsigned int i = 0; i < codes->count; i++)
		write_code(codes, codes->made[i]);
}

static void write_name_bytes(const struct table *table, size_t number)
{
	printf("%6zu  %-5zu", number, table->name_at[number]);
	for (size_t at = table->name_at[number]; at < table->name_at[number + 1]; at++)
		printf(" %3u", table->names.bytes[at]);
	putchar('\n');
}

void write_steps(const struct table *table)
{
	write_shared(table);
	write_codes_made(&table->codes);
	puts("\nThe names' bytes, how much is shared first (unless the name begins a block):\n"
	     "number  at");
	for (size_t i = 0; i < table->count; i++)
		write_name_bytes(table, i);
	printf("\nNumbers by rank, %u bits each:", table->rank_bits);
	for (size_t i = 0; i < table->count; i++)
		printf(" %u", table->number_at[i]);
	puts("\n");
}
