/* SPDX-License-Identifier: MIT */
/* write.c: the table, in the shape that kernel/sym/table.h describes, and System.map. */
#include "kallsyms.h"

#include <stdio.h>

void write_map(const struct symbols *syms)
{
	for (size_t i = 0; i < syms->count; i++)
		printf("%016llx %c %s\n", (unsigned long long)syms->list[i].address,
		       syms->list[i].type, syms->list[i].name);
}

static void write_header(const struct table *table)
{
	puts("/* Made by tools/kallsyms; struct ksym_table of kernel/sym/table.h. */\n"
	     "\t.section .kallsyms, \"a\", @progbits\n"
	     "\t.balign\t8\n"
	     "\t.globl\tkallsyms_table\n"
	     "\t.type\tkallsyms_table, @object\n"
	     "kallsyms_table:");
	printf("\t.long\t%zu\n", table->count);
	printf("\t.short\t%u, %u\n", table->rank_bits, table->codes.first_end);
	puts("\t.quad\t.Laddresses, .Lsteps, .Lby_rank, .Lblocks, .Lnames, .Ltexts\n"
	     "\t.size\tkallsyms_table, . - kallsyms_table");
}

static void write_addresses(const struct table *table)
{
	puts(".Laddresses:");
	for (size_t i = 0; i < table->count; i++)
		printf("\t.long\t0x%08x\n", (unsigned int)table_symbol(table, i)->address);
}

/* Of every KSYM_STEP-th symbol in address order. */
static void write_steps_of_ranks(const struct table *table)
{
	puts(".Lsteps:");
	for (size_t rank = 0; rank < table->count; rank += KSYM_STEP)
		printf("\t.long\t0x%08x\n", (unsigned int)table->syms->list[rank].address);
}

static void write_blocks(const struct table *table)
{
	puts(".Lblocks:");
	for (size_t i = 0; i < table->blocks; i++)
		printf("\t.long\t%zu\n", table->name_at[i * KSYM_BLOCK]);
}

static void write_bytes(const uint8_t *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s%u", i ? "," : "\t.byte\t", bytes[i]);
	if (count)
		putchar('\n');
}

/* A line for each name. */
static void write_names(const struct table *table)
{
	puts(".Lnames:");
	for (size_t i = 0; i < table->count; i++)
		write_bytes(table->names.bytes + table->name_at[i],
			    table->name_at[i + 1] - table->name_at[i]);
}

/* A code's text as one word: its first character lowest, its length in the highest byte. */
static uint64_t text_word(const struct code *code)
{
	uint64_t word = (uint64_t)code->len << 56;

	for (size_t i = 0; i < code->len; i++)
		word |= (uint64_t)(unsigned char)code->text[i] << 8 * i;
	return word;
}

static void write_codes(const struct codes *codes)
{
	puts(".Ltexts:");
	for (unsigned int i = 0; i < codes->count; i++)
		printf("\t.quad\t0x%016llx\n", (unsigned long long)text_word(&codes->list[i]));
}

/*
 * Numbers packed without gaps, the lowest bit first. The kernel reads 4 bytes from where an entry
 * begins: the packed bytes are followed by 3 more.
 */
static void write_ranks(const struct table *table)
{
	uint64_t pending = 0;
	unsigned int bits = 0;

	puts(".Lby_rank:");
	for (size_t i = 0; i < table->count; i++) {
		pending |= (uint64_t)table->number_at[i] << bits;
		bits += table->rank_bits;
		for (; bits >= 8; bits -= 8, pending >>= 8)
			printf("\t.byte\t%u\n", (unsigned int)(pending & 0xff));
	}
	if (bits)
		printf("\t.byte\t%u\n", (unsigned int)pending);
	puts("\t.byte\t0,0,0");
}

/* Each part lies at a multiple of what it is made of without a gap: the wider ones come first. */
void write_table(const struct table *table)
{
	write_header(table);
	write_codes(&table->codes);
	write_addresses(table);
	write_steps_of_ranks(table);
	write_blocks(table);
	write_ranks(table);
	write_names(table);
	puts("\t.section .note.GNU-stack, \"\", @progbits");
}
