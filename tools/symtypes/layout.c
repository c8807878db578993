/* SPDX-License-Identifier: MIT */
/*
 * layout.c: the version of the loader itself. A module carries a struct module, rows of exports
 * and of parameters, and CRCs; a kernel that has other ideas of them must not load it. So there is
 * an export that no source defines, module_layout, with these structures as its type: the text is
 * that of a function with pointers to them as parameters.
 *
 * Of several units that know them, the one that knows most of the four is asked.
 */
#include "symtypes.h"

#include <dwarf.h>
#include <string.h>

#include "report.h"

/* The first one is indispensable. */
static const char *const structures[] = {"module", "modversion_info", "kernel_param",
					 "kernel_symbol"};
#define STRUCTURES (sizeof(structures) / sizeof(structures[0]))

struct found {
	Dwarf_Die die[STRUCTURES];
	bool known[STRUCTURES];
};

static void consider(struct image *image, Dwarf_Die *die, struct found *found)
{
	const char *name;

	if (dwarf_tag(die) != DW_TAG_structure_type || die_is_declaration(die))
		return;
	name = die_name(image, die);
	for (size_t i = 0; name && i < STRUCTURES; i++) {
		if (strcmp(name, structures[i]))
			continue;
		found->die[i] = *die;
		found->known[i] = true;
	}
}

/* A node that is described here and now. */
static struct node *describe(struct image *image, struct found *found)
{
	struct node *node = pool_alloc(&image->pool, sizeof(*node));
	struct reader reader = {.image = image, .node = node};
	struct buffer text = {0};

	buffer_add(&image->pool, &text, "void " LAYOUT_NAME "(");
	for (size_t i = 0; i < STRUCTURES; i++) {
		if (!found->known[i])
			continue;
		if (node->ref_count)
			buffer_add(&image->pool, &text, ", ");
		buffer_add(&image->pool, &text, declare(&reader, &found->die[i], "*"));
	}
	buffer_add(&image->pool, &text, ")\n");
	node->text = text_intern(image, text.bytes);
	return node;
}

static void consider_unit(struct image *image, Dwarf_Die *unit, const void *unused)
{
	struct found found = {0};
	unsigned int rank = 0;
	Dwarf_Die die;

	(void)unused;
	if (!die_child(image, unit, &die))
		return;
	do
		consider(image, &die, &found);
	while (die_sibling(image, &die));
	if (!found.known[0])
		return;
	for (size_t i = 0; i < STRUCTURES; i++)
		rank += found.known[i];
	export_add_candidate(image, export_find(image, LAYOUT_NAME), rank, describe(image, &found));
}

void layout_find(struct image *image)
{
	each_unit(image, consider_unit, NULL);
	if (!export_find(image, LAYOUT_NAME)->candidates)
		trouble(image->path, "no struct module in its debug information: " LAYOUT_NAME
				     " has no version");
}
