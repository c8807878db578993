/* SPDX-License-Identifier: MIT */
/*
 * image.c: one object file, from opening it to having all texts in order. The order of work, and
 * nothing else.
 */
#include "symtypes.h"

void image_open(struct image *image, const char *path, bool layout)
{
	*image = (struct image){.path = path, .pool = {.path = path}};
	object_open(image);
	exports_list(image, layout && image->has_debug_info ? LAYOUT_NAME : NULL);
	if (!image->has_debug_info)
		return;
	object_open_debug_info(image);
	find_exports(image, &image->export_of);
	aliases_find(image);
	if (layout && !export_find(image, LAYOUT_NAME)->candidates)
		layout_find(image);
	nodes_describe(image);
	texts_order(image);
}

void image_close(struct image *image)
{
	map_free(&image->export_of);
	map_free(&image->node_of);
	map_free(&image->text_of);
	pool_free(&image->pool);
	object_close(image);
}
