/* SPDX-License-Identifier: MIT */
/*
 * fuzz_cpio.c: any bytes as an initrd. cpio_next() must end, and what it hands out must lie inside
 * the archive.
 */
#include <string.h>

#include "fs/fs.h"
#include "fuzz.h"

/* What was promised of an entry that was read between @before and @after. */
static void check_entry(const char *archive, size_t before, size_t after,
			const struct cpio_entry *entry)
{
	const char *data = entry->data;
	size_t name = (size_t)(entry->name - archive), at = (size_t)(data - archive);

	promise(name > before && name < after);
	promise(memchr(entry->name, '\0', after - name));
	promise(at <= after && entry->size <= after - at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *archive = (const char *)data, *why = NULL;
	size_t offset = 0;

	while (offset < size) {
		struct cpio_entry entry;
		size_t before = offset;
		int more = cpio_next(archive, size, &offset, &entry, &why);

		promise(offset >= before && offset <= size);
		if (more < 0) {
			promise(why && *why);
			break;
		}
		if (more > 0)
			check_entry(archive, before, offset, &entry);
		else
			promise(offset > before);
	}
	return 0;
}
