/* SPDX-License-Identifier: MIT */
/*
 * version.c: the version of an export. Its whole text is that of the export, then, in byte order,
 * those of all types it reaches; its CRC is that of the whole text, put together from theirs.
 */
#include "symtypes.h"

#include <stdio.h>
#include <string.h>

#include "crc.h"

#define BITS 64

static size_t words(const struct image *image)
{
	return image->text_count / BITS + 1;
}

static void member_set(uint64_t *members, unsigned int place)
{
	members[place / BITS] |= (uint64_t)1 << place % BITS;
}

const struct text *version_next(const struct version *version, size_t place)
{
	const struct image *image = version->image;
	size_t word = place / BITS;
	uint64_t bits;

	if (place >= image->text_count)
		return NULL;
	bits = version->members[word] >> place % BITS << place % BITS;
	while (!bits) {
		if (++word == words(image))
			return NULL;
		bits = version->members[word];
	}
	return image->texts[word * BITS + (size_t)__builtin_ctzll(bits)];
}

/* Notes the texts of all nodes that can be reached from @start. NULL, or why there is no version. */
static const char *reach(struct image *image, struct node *start, uint64_t *members)
{
	unsigned long visit = ++image->visits;
	struct node *stack = start; /* of those seen and not yet looked at */

	start->visit = visit;
	start->next = NULL;
	while (stack) {
		struct node *node = stack;

		stack = node->next;
		if (node->trouble)
			return node->trouble;
		if (node != start)
			member_set(members, node->text->place);
		for (size_t i = 0; i < node->ref_count; i++) {
			struct node *ref = node->refs[i];

			if (ref->visit == visit)
				continue;
			ref->visit = visit;
			ref->next = stack;
			stack = ref;
		}
	}
	return NULL;
}

static void measure(struct version *version)
{
	const struct text *text = version->node->text;

	version->crc = text->crc;
	version->length = text->length;
	for (text = version_next(version, 0); text; text = version_next(version, text->place + 1)) {
		version->crc = crc_join(version->crc, text->crc, text->shift);
		version->length += text->length;
	}
	/* 0 in a table of CRCs says that there is no version. */
	if (!version->crc)
		version->crc = 1;
}

static const char *version_by(struct image *image, struct node *node, struct version *version)
{
	const char *trouble;

	if (!image->members)
		image->members = pool_alloc(&image->pool, words(image) * sizeof(*image->members));
	memset(image->members, 0, words(image) * sizeof(*image->members));
	*version = (struct version){.image = image, .node = node, .members = image->members};
	trouble = reach(image, node, version->members);
	if (!trouble)
		measure(version);
	return trouble;
}

static bool is_better(const struct version *version, const struct version *best)
{
	if (!best->node || version->length != best->length)
		return !best->node || version->length < best->length;
	return version->crc < best->crc;
}

/*
 * Several places may describe the export equally well, and see more or less of the types it
 * reaches. The one that sees least wins, so that the order of files and units does not matter.
 */
const char *version_of(struct image *image, const struct export *export, struct version *version)
{
	const char *trouble = "nothing in the debug information describes it (from assembly?)";
	const struct candidate *candidate = export->candidates;
	struct version best = {0};

	if (candidate && !candidate->next)
		return version_by(image, candidate->node, version);
	for (; candidate; candidate = candidate->next) {
		trouble = version_by(image, candidate->node, version);
		if (!trouble && is_better(version, &best))
			best = *version;
	}
	return best.node ? version_by(image, best.node, version) : trouble;
}

void version_print(const struct version *version)
{
	const struct text *text;

	fputs(version->node->text->bytes, stdout);
	for (text = version_next(version, 0); text; text = version_next(version, text->place + 1))
		fputs(text->bytes, stdout);
}
