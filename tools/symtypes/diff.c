/* SPDX-License-Identifier: MIT */
/*
 * diff.c: what differs between two versions of an export, as diff -u would show it. Texts come in
 * the same order on both sides, so that those about the same type meet; of a pair that differs,
 * the changed lines are shown with what is around them, of the rest nothing.
 */
#include "symtypes.h"

#include <string.h>

#include "lines.h"

static int compare_titles(const struct text *left, const struct text *right)
{
	size_t shorter = left->title < right->title ? left->title : right->title;
	int order = memcmp(left->bytes, right->bytes, shorter);

	return order ? order : (left->title > right->title) - (left->title < right->title);
}

/* NULL: that side has no such text. The texts are of different images, so not the same object. */
static void diff_texts(const struct text *old, const struct text *new)
{
	struct lines lines;

	if (old && new && old->length == new->length &&
	    !memcmp(old->bytes, new->bytes, old->length))
		return;
	lines_compare(&lines, old ? old->bytes : "", new ? new->bytes : "");
	lines_print(&lines);
	lines_free(&lines);
}

void diff_print(const struct version *old, const struct version *new)
{
	const struct text *left = version_next(old, 0), *right = version_next(new, 0);

	diff_texts(old->node->text, new->node->text);
	while (left || right) {
		int order = !left ? 1 : !right ? -1 : compare_titles(left, right);

		diff_texts(order <= 0 ? left : NULL, order >= 0 ? right : NULL);
		if (order <= 0)
			left = version_next(old, left->place + 1);
		if (order >= 0)
			right = version_next(new, right->place + 1);
	}
}
