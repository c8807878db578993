/* SPDX-License-Identifier: MIT */
/*
 * cpio.c: reads a cpio archive of the format "newc" (cpio(5), "New ASCII Format"). Pure: looks only
 * at the bytes it is given, and believes none of them.
 *
 *   header   110 characters: "070701", then thirteen fields of eight hexadecimal digits
 *   name     with its NUL, then zeros up to a multiple of four from the start of the archive
 *   data     then zeros up to a multiple of four
 *
 * The entry named "TRAILER!!!" ends an archive. As in Linux, another may follow it, with any number
 * of zeros in between, beginning at a multiple of four.
 */
#include "fs/fs.h"

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define CPIO_MAGIC	"070701"
#define CPIO_MAGIC_LEN	6
#define CPIO_FIELD_LEN	8
#define CPIO_HEADER_LEN 110
#define CPIO_TRAILER	"TRAILER!!!"
#define CPIO_ALIGN	4

/* The thirteen fields, in their order. */
enum cpio_field {
	CPIO_INO,
	CPIO_MODE,
	CPIO_UID,
	CPIO_GID,
	CPIO_NLINK,
	CPIO_MTIME,
	CPIO_FILESIZE,
	CPIO_DEVMAJOR,
	CPIO_DEVMINOR,
	CPIO_RDEVMAJOR,
	CPIO_RDEVMINOR,
	CPIO_NAMESIZE,
	CPIO_CHECK,
	CPIO_FIELDS,
};

_Static_assert(CPIO_MAGIC_LEN + CPIO_FIELDS * CPIO_FIELD_LEN == CPIO_HEADER_LEN, "cpio(5)");

static int hex_digit(char c)
{
	if (isdigit(c))
		return c - '0';
	return isxdigit(c) ? tolower(c) - 'a' + 10 : -1;
}

static bool hex_field(const char *digits, u32 *value)
{
	unsigned int i;
	int digit;

	*value = 0;
	for (i = 0; i < CPIO_FIELD_LEN; i++) {
		digit = hex_digit(digits[i]);
		if (digit < 0)
			return false;
		*value = *value << 4 | (u32)digit;
	}
	return true;
}

/* What people most often have instead of a newc archive, and what to do about it. */
static const char *why_not_newc(const char *bytes, size_t len)
{
	if (len >= 2 && memcmp(bytes, "\x1f\x8b", 2) == 0)
		return "it is compressed with gzip; Koan wants the plain cpio archive";
	if (len >= 4 && memcmp(bytes, "\x28\xb5\x2f\xfd", 4) == 0)
		return "it is compressed with zstd; Koan wants the plain cpio archive";
	if (len >= CPIO_MAGIC_LEN && memcmp(bytes, "07070", CPIO_MAGIC_LEN - 1) == 0 &&
	    bytes[CPIO_MAGIC_LEN - 1] != '1')
		return "another format of cpio; make it with: cpio -o -H newc";
	if (len < CPIO_HEADER_LEN)
		return "it ends inside a header";
	return "no cpio header here (the magic number is not 070701)";
}

static bool header_read(const char *header, u32 field[CPIO_FIELDS])
{
	unsigned int i;

	for (i = 0; i < CPIO_FIELDS; i++)
		if (!hex_field(header + CPIO_MAGIC_LEN + i * CPIO_FIELD_LEN, &field[i]))
			return false;
	return true;
}

/* Zeros may stand before a header. */
static size_t skip_padding(const char *bytes, size_t len, size_t at)
{
	while (at < len && bytes[at] == '\0')
		at++;
	return at;
}

/* The next multiple of four, or the end of the bytes: the last padding may be missing. */
static size_t align_within(size_t at, size_t len)
{
	return min(ALIGN(at, CPIO_ALIGN), len);
}

static const char *entry_read(const char *bytes, size_t len, size_t *offset,
			      struct cpio_entry *entry)
{
	size_t at = *offset;
	u32 field[CPIO_FIELDS];

	if (len - at < CPIO_HEADER_LEN || memcmp(bytes + at, CPIO_MAGIC, CPIO_MAGIC_LEN) != 0)
		return why_not_newc(bytes + at, len - at);
	if (at % CPIO_ALIGN)
		return "a header does not begin at a multiple of four";
	if (!header_read(bytes + at, field))
		return "a header field is not a hexadecimal number";
	at += CPIO_HEADER_LEN;
	if (!field[CPIO_NAMESIZE] || field[CPIO_NAMESIZE] > len - at)
		return "a name reaches past the end of the archive";
	entry->name = bytes + at;
	if (strnlen(entry->name, field[CPIO_NAMESIZE]) != field[CPIO_NAMESIZE] - 1)
		return "a name does not end where its header says";
	at = align_within(at + field[CPIO_NAMESIZE], len);
	if (field[CPIO_FILESIZE] > len - at)
		return "a file reaches past the end of the archive";
	entry->data = bytes + at;
	entry->size = field[CPIO_FILESIZE];
	entry->mode = field[CPIO_MODE];
	entry->mtime = field[CPIO_MTIME];
	entry->links = field[CPIO_NLINK];
	*offset = align_within(at + entry->size, len);
	return NULL;
}

int cpio_next(const void *archive, size_t len, size_t *offset, struct cpio_entry *entry,
	      const char **why)
{
	*offset = skip_padding(archive, len, *offset);
	if (*offset >= len)
		return 0;
	*why = entry_read(archive, len, offset, entry);
	if (*why)
		return -EINVAL;
	return strcmp(entry->name, CPIO_TRAILER) != 0;
}
