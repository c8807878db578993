/* SPDX-License-Identifier: MIT */
/*
 * test_cpio.c: kernel/fs/cpio.c: archives made by cpio(1) and by hand; then the same ones cut off
 * at every byte and with every byte changed, on exactly as much heap as they need.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <linux/errno.h>

#include "fs/fs.h"
#include "libc.h"

#define ARCHIVE_MAX 65536

struct archive {
	char bytes[ARCHIVE_MAX];
	size_t len;
};

static void append(struct archive *a, const void *data, size_t len)
{
	assert_true(a->len + len <= sizeof(a->bytes));
	memcpy(a->bytes + a->len, data, len);
	a->len += len;
}

static void pad(struct archive *a)
{
	while (a->len % 4)
		append(a, "", 1);
}

/* One entry as cpio(5) describes it; the numbers are free, so that they can be wrong. */
static void add_raw(struct archive *a, const char *name, unsigned int namesize, const void *data,
		    unsigned int filesize, size_t really)
{
	char header[111];

	snprintf(header, sizeof(header),
		 "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", 1, 0100644, 0, 0, 1,
		 0x5f5e100, filesize, 0, 0, 0, 0, namesize, 0);
	append(a, header, 110);
	append(a, name, strlen(name) + 1);
	pad(a);
	append(a, data, really);
	pad(a);
}

static void add(struct archive *a, const char *name, const char *text)
{
	add_raw(a, name, (unsigned int)strlen(name) + 1, text, (unsigned int)strlen(text),
		strlen(text));
}

/* Reads to the end of the bytes; names and texts go into @seen, "name=text;". The last result. */
static int read_all(const void *bytes, size_t len, char *seen, size_t room, const char **why)
{
	struct cpio_entry e;
	size_t offset = 0;
	int more = 0;

	*seen = '\0';
	while (offset < len) {
		more = cpio_next(bytes, len, &offset, &e, why);
		assert_true(offset <= len);
		if (more < 0)
			return more;
		if (more)
			snprintf(seen + strlen(seen), room - strlen(seen), "%s=%.*s;", e.name,
				 (int)e.size, (const char *)e.data);
	}
	return more;
}

static void expect(const struct archive *a, const char *names, const char *trouble)
{
	char seen[4096], *exact = malloc(a->len ? a->len : 1);
	const char *why = NULL;
	int err;

	memcpy(exact, a->bytes, a->len);
	err = read_all(exact, a->len, seen, sizeof(seen), &why);
	assert_string_equal(seen, names);
	assert_int_equal(err, trouble ? -EINVAL : 0);
	if (trouble)
		assert_non_null(strstr(why, trouble));
	free(exact);
}

static void test_entries(void **state)
{
	struct archive a = {.len = 0};

	(void)state;
	expect(&a, "", NULL);
	add(&a, "a", "");
	add(&a, "dir/bc", "text");
	add(&a, "three", "123");
	add(&a, "TRAILER!!!", "");
	expect(&a, "a=;dir/bc=text;three=123;", NULL);
}

static void test_fields(void **state)
{
	struct archive a = {.len = 0};
	struct cpio_entry e;
	size_t offset = 0;
	const char *why;

	(void)state;
	add(&a, "file", "12345");
	assert_int_equal(cpio_next(a.bytes, a.len, &offset, &e, &why), 1);
	assert_int_equal(e.mode, 0100644);
	assert_int_equal(e.mtime, 100000000);
	assert_int_equal(e.links, 1);
	assert_int_equal(e.size, 5);
	/* Not copied: it lies in the archive. */
	assert_ptr_equal(e.data, a.bytes + 116);
	assert_int_equal(offset, a.len);
}

/* What the real tool writes. */
static void test_real_cpio(void **state)
{
	static const char *const make =
		"d=$(mktemp -d) && cd $d && mkdir -p root/sub && printf hello >root/x && "
		": >root/empty && printf deep >root/sub/y && "
		"find . | LC_ALL=C sort | cpio -o -H newc --quiet; rm -r $d";
	struct archive a = {.len = 0};
	char seen[4096];
	const char *why;
	FILE *f = popen(make, "r");

	(void)state;
	assert_non_null(f);
	a.len = fread(a.bytes, 1, sizeof(a.bytes), f);
	assert_int_equal(pclose(f), 0);
	assert_int_equal(read_all(a.bytes, a.len, seen, sizeof(seen), &why), 0);
	assert_string_equal(seen, ".=;root=;root/empty=;root/sub=;root/sub/y=deep;root/x=hello;");
}

static void test_several_archives(void **state)
{
	struct archive a = {.len = 0};
	char zeros[512] = {0};

	(void)state;
	add(&a, "one", "1");
	add(&a, "TRAILER!!!", "");
	append(&a, zeros, sizeof(zeros)); /* cpio(1) fills up to 512 bytes */
	add(&a, "two", "2");
	add(&a, "TRAILER!!!", "");
	append(&a, zeros, 4);
	expect(&a, "one=1;two=2;", NULL);
	/* Linux wants the second archive at a multiple of four, too. */
	a.len = 0;
	add(&a, "one", "1");
	append(&a, zeros, 2);
	add(&a, "two", "2");
	expect(&a, "one=1;", "multiple of four");
}

static void test_refusals(void **state)
{
	struct archive a = {.len = 0};

	(void)state;
	append(&a, "\x1f\x8b\x08 and so on", 14);
	expect(&a, "", "compressed with gzip");
	a.len = 0;
	append(&a, "\x28\xb5\x2f\xfd...", 7);
	expect(&a, "", "compressed with zstd");
	a.len = 0;
	append(&a, "070707 the old format", 21);
	expect(&a, "", "-H newc");
	a.len = 0;
	append(&a, "070701", 6);
	expect(&a, "", "ends inside a header");
	a.len = 0;
	add(&a, "good", "file");
	append(&a,
	       "something quite different that is longer than a header of such an archive, "
	       "as long as a header has to be, and more",
	       112);
	expect(&a, "good=file;", "magic number");
}

static void test_wrong_sizes(void **state)
{
	struct archive a = {.len = 0};

	(void)state;
	add_raw(&a, "x", 0, "", 0, 0);
	expect(&a, "", "a name reaches past");
	a.len = 0;
	add_raw(&a, "x", 0xffffffff, "", 0, 0);
	expect(&a, "", "a name reaches past");
	a.len = 0;
	add_raw(&a, "name", 4, "", 0, 0);
	expect(&a, "", "does not end where");
	a.len = 0;
	add_raw(&a, "a\0b", 4, "", 0, 0);
	expect(&a, "", "a name");
	a.len = 0;
	add_raw(&a, "x", 2, "1234", 5, 4);
	expect(&a, "", "a file reaches past");
	a.len = 0;
	add_raw(&a, "x", 2, "1234", 0xffffffff, 4);
	expect(&a, "", "a file reaches past");
	a.len = 0;
	add(&a, "x", "1234");
	a.bytes[20] = 'g';
	expect(&a, "", "not a hexadecimal number");
}

/* Every beginning of an archive: the sanitizer watches; whole entries are still found. */
static void test_cut_everywhere(void **state)
{
	struct archive a = {.len = 0};
	char seen[256];
	const char *why;

	(void)state;
	add(&a, "first", "some bytes");
	add(&a, "second", "others");
	for (size_t len = 0; len < a.len; len++) {
		char *exact = malloc(len ? len : 1);

		memcpy(exact, a.bytes, len);
		read_all(exact, len, seen, sizeof(seen), &why);
		if (len >= 128 + 10)
			assert_int_equal(strncmp(seen, "first=some bytes;", 17), 0);
		free(exact);
	}
}

static void test_random_damage(void **state)
{
	struct archive a = {.len = 0};
	unsigned long long seed = 1;
	char seen[8192];
	const char *why;

	(void)state;
	add(&a, "first", "some bytes");
	add(&a, "second", "others");
	add(&a, "TRAILER!!!", "");
	for (int round = 0; round < 200000; round++) {
		size_t at = next_random(&seed) % a.len;
		char kept = a.bytes[at];

		a.bytes[at] = round % 2 ? "0123456789ABCDEF"[next_random(&seed) % 16]
					: (char)next_random(&seed);
		read_all(a.bytes, a.len, seen, sizeof(seen), &why);
		a.bytes[at] = kept;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),	       cmocka_unit_test(test_fields),
		cmocka_unit_test(test_real_cpio),      cmocka_unit_test(test_several_archives),
		cmocka_unit_test(test_refusals),       cmocka_unit_test(test_wrong_sizes),
		cmocka_unit_test(test_cut_everywhere), cmocka_unit_test(test_random_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
