/* SPDX-License-Identifier: MIT */
/*
 * test_gzip.c: kernel/lib/{inflate,gzip,crc32}.c, with zlib as the judge: what it packs must come
 * out as it went in, and of all that is cut off or damaged neither may take what the other refuses.
 * All input lies on exactly as much heap as it needs, and so does the room for output.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <zlib.h>

#include <linux/errno.h>

#include "lib/lib.h"

u32 crc32_le(u32 crc, const void *p, size_t len);

#define ROOM 70000

/* --- data --- */

static unsigned int seed = 1;

static unsigned int next_random(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 16;
}

enum data { ZEROS, NOISE, TEXT, DISTANT, LETTERS, DATA_KINDS };

/* Bytes that make different use of what the format has. */
static void fill(unsigned char *bytes, size_t len, enum data kind)
{
	static const char words[] = "the module uses symbols of the kernel, which exports symbols ";

	for (size_t i = 0; i < len; i++)
		switch (kind) {
		case ZEROS: /* copies of what was just written */
			bytes[i] = 0;
			break;
		case NOISE: /* nothing to pack */
			bytes[i] = (unsigned char)next_random();
			break;
		case TEXT:
			bytes[i] = (unsigned char)words[(i + next_random() % 40 / 39) % 61];
			break;
		case DISTANT: /* copies from as far back as it goes */
			bytes[i] = i < 32768 ? (unsigned char)next_random() : bytes[i - 32768];
			break;
		default: /* a code with few symbols */
			bytes[i] = (unsigned char)('a' + next_random() % 3);
		}
}

/* --- zlib --- */

/* Packs as a raw stream (@bits -15) or a gzip file (31); the caller frees what is returned. */
static unsigned char *pack(const void *data, size_t len, int level, int strategy, int bits,
			   gz_header *header, size_t *packed_len)
{
	static unsigned char room[2 * ROOM];
	z_stream z = {0};
	unsigned char *packed;

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, bits, 8, strategy), Z_OK);
	if (header)
		assert_int_equal(deflateSetHeader(&z, header), Z_OK);
	z.next_in = (unsigned char *)data;
	z.avail_in = (unsigned int)len;
	z.next_out = room;
	z.avail_out = sizeof(room);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	*packed_len = z.total_out;
	deflateEnd(&z);
	packed = malloc(*packed_len);
	memcpy(packed, room, *packed_len);
	return packed;
}

/* Whether zlib takes a raw stream, and what it makes of it. */
static bool judge(const void *data, size_t len, void *out, size_t *out_len)
{
	z_stream z = {.next_in = (unsigned char *)data, .avail_in = (unsigned int)len};
	int ret;

	z.next_out = out;
	z.avail_out = (unsigned int)*out_len;
	assert_int_equal(inflateInit2(&z, -15), Z_OK);
	ret = inflate(&z, Z_FINISH);
	*out_len = z.total_out;
	inflateEnd(&z);
	return ret == Z_STREAM_END;
}

/* --- whole streams --- */

static void check_stream(const unsigned char *data, size_t len, int level, int strategy)
{
	size_t packed_len, in, out = len;
	unsigned char *packed = pack(data, len, level, strategy, -15, NULL, &packed_len);
	unsigned char *unpacked = malloc(len);

	in = packed_len;
	assert_int_equal(inflate_raw(packed, &in, unpacked, &out), 0);
	assert_int_equal(in, packed_len);
	assert_int_equal(out, len);
	assert_memory_equal(unpacked, data, len);
	if (len) {
		in = packed_len;
		out = len - 1;
		assert_int_equal(inflate_raw(packed, &in, unpacked, &out), -ENOSPC);
		assert_true(out <= len - 1);
	}
	free(unpacked);
	free(packed);
}

static void test_all_that_zlib_packs(void **state)
{
	static const size_t lengths[] = {0, 1, 2, 3, 258, 259, 260, 1000, 32769, 66000};
	unsigned char *data;

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		data = malloc(lengths[i]);
		for (enum data kind = 0; kind < DATA_KINDS; kind++) {
			fill(data, lengths[i], kind);
			for (int level = 0; level <= 9; level += 3)
				for (int strategy = Z_DEFAULT_STRATEGY; strategy <= Z_FIXED;
				     strategy++)
					check_stream(data, lengths[i], level, strategy);
		}
		free(data);
	}
}

/* --- broken streams --- */

/* @data must be taken or refused as zlib does it. */
static void compare(const void *data, size_t len, size_t room)
{
	unsigned char *exact = malloc(len), *ours = malloc(room), *theirs = malloc(room);
	size_t in = len, our_len = room, their_len = room;
	bool taken;
	int err;

	memcpy(exact, data, len);
	err = inflate_raw(exact, &in, ours, &our_len);
	taken = judge(exact, len, theirs, &their_len);
	assert_int_equal(err == 0, taken);
	assert_true(err == 0 || err == -EINVAL || err == -ENODATA || err == -ENOSPC);
	if (taken) {
		assert_int_equal(our_len, their_len);
		assert_memory_equal(ours, theirs, our_len);
	}
	free(exact);
	free(ours);
	free(theirs);
}

static void test_cut_and_damaged(void **state)
{
	unsigned char data[600], *packed;
	size_t len;

	(void)state;
	for (enum data kind = 0; kind < DATA_KINDS; kind++) {
		fill(data, sizeof(data), kind);
		packed = pack(data, sizeof(data), 9, Z_DEFAULT_STRATEGY, -15, NULL, &len);
		for (size_t cut = 0; cut < len; cut++) {
			size_t in = cut, out = sizeof(data);
			unsigned char *exact = malloc(cut), room[sizeof(data)];

			memcpy(exact, packed, cut);
			assert_int_equal(inflate_raw(exact, &in, room, &out), -ENODATA);
			free(exact);
		}
		for (size_t bit = 0; bit < 8 * len; bit++) {
			packed[bit / 8] ^= (unsigned char)(1 << bit % 8);
			compare(packed, len, sizeof(data));
			packed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
		free(packed);
	}
}

/* The first bits choose a block with codes of its own, where most can be wrong. */
static void test_noise(void **state)
{
	unsigned char data[120];

	(void)state;
	for (unsigned int i = 0; i < 20000; i++) {
		fill(data, sizeof(data), NOISE);
		data[0] = (unsigned char)((data[0] & ~7U) | (i & 7));
		compare(data, 1 + next_random() % sizeof(data), 1000);
	}
}

/* --- files --- */

static int unpack_file(const unsigned char *file, size_t len, unsigned char *out, size_t room)
{
	unsigned char *exact = malloc(len), *result = NULL;
	struct gzip gz;
	int err;

	memcpy(exact, file, len);
	err = gzip_open(exact, len, &gz);
	if (!err) {
		assert_true(gz.size <= room);
		result = malloc(gz.size);
		err = gzip_unpack(&gz, result);
		if (!err)
			memcpy(out, result, gz.size);
	}
	free(result);
	free(exact);
	return err;
}

static void test_fields_of_the_header(void **state)
{
	unsigned char extra[300] = "extra", data[2000], out[2000], *file;
	size_t len, in;

	(void)state;
	fill(data, sizeof(data), TEXT);
	for (unsigned int fields = 0; fields < 16; fields++) {
		gz_header header = {.os = 3, .time = 1234567};

		header.extra = fields & 1 ? extra : NULL;
		header.extra_len = sizeof(extra);
		header.name = fields & 2 ? (unsigned char *)"hello.ko" : NULL;
		header.comment = fields & 4 ? (unsigned char *)"a comment" : NULL;
		header.hcrc = (fields & 8) != 0;
		file = pack(data, sizeof(data), 6, Z_DEFAULT_STRATEGY, 31, &header, &len);
		assert_int_equal(unpack_file(file, len, out, sizeof(out)), 0);
		assert_memory_equal(out, data, sizeof(data));
		for (in = 0; in < len; in++)
			assert_int_not_equal(unpack_file(file, in, out, ROOM * 1032), 0);
		free(file);
	}
}

/* A changed byte is noticed, but in the time, the speed and the system, which mean nothing. */
static void test_each_byte_counts(void **state)
{
	unsigned char data[500], out[500], *file;
	size_t len;

	(void)state;
	fill(data, sizeof(data), TEXT);
	file = pack(data, sizeof(data), 9, Z_DEFAULT_STRATEGY, 31, NULL, &len);
	for (size_t i = 0; i < len; i++) {
		int err;

		file[i] ^= 0x21;
		err = unpack_file(file, len, out, 1U << 20);
		assert_int_equal(err == 0, i >= 4 && i <= 9);
		if (i < 3)
			assert_int_equal(err, -EINVAL);
		if (i >= len - 8 && i < len - 4)
			assert_int_equal(err, -EBADMSG);
		file[i] ^= 0x21;
	}
	file[len - 1] = 0xff; /* says that it holds 4 GiB */
	assert_int_equal(unpack_file(file, len, out, 0), -E2BIG);
	free(file);
}

static void test_more_or_less_than_it_says(void **state)
{
	unsigned char data[500], out[501], *file, *longer;
	size_t len;

	(void)state;
	fill(data, sizeof(data), TEXT);
	file = pack(data, sizeof(data), 9, Z_DEFAULT_STRATEGY, 31, NULL, &len);
	file[len - 4]++;
	assert_int_equal(unpack_file(file, len, out, sizeof(out)), -ENODATA);
	file[len - 4] -= 2;
	assert_int_equal(unpack_file(file, len, out, sizeof(out)), -ENOSPC);
	file[len - 4]++;
	longer = malloc(len + 1); /* a byte that belongs to nothing */
	memcpy(longer, file, len - 8);
	memcpy(longer + len - 7, file + len - 8, 8);
	longer[len - 8] = 0;
	assert_int_equal(unpack_file(longer, len + 1, out, sizeof(out)), -ENOSPC);
	free(longer);
	free(file);
}

/* As much as deflate can do: what it claims must not be taken for a lie. */
static void test_the_best_ratio(void **state)
{
	static const size_t size = 3 << 20;
	unsigned char *data = calloc(1, size), *out = malloc(size), *file = malloc(size);
	uLongf len = size;
	struct gzip gz;
	z_stream z = {.next_in = data, .avail_in = (unsigned int)size};

	(void)state;
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_out = file;
	z.avail_out = (unsigned int)len;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	assert_true(z.total_out < size / 1000);
	assert_int_equal(gzip_open(file, z.total_out, &gz), 0);
	assert_int_equal(gz.size, size);
	assert_int_equal(gzip_unpack(&gz, out), 0);
	assert_memory_equal(out, data, size);
	deflateEnd(&z);
	free(data);
	free(out);
	free(file);
}

static void test_crc(void **state)
{
	unsigned char data[300];

	(void)state;
	for (size_t len = 0; len <= sizeof(data); len++) {
		fill(data, sizeof(data), NOISE);
		assert_int_equal(~crc32_le(~0U, data, len), crc32(0, data, (unsigned int)len));
	}
	/* In two parts. */
	assert_int_equal(~crc32_le(crc32_le(~0U, data, 100), data + 100, 200), crc32(0, data, 300));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_that_zlib_packs),
		cmocka_unit_test(test_cut_and_damaged),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_fields_of_the_header),
		cmocka_unit_test(test_each_byte_counts),
		cmocka_unit_test(test_more_or_less_than_it_says),
		cmocka_unit_test(test_the_best_ratio),
		cmocka_unit_test(test_crc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
