/* SPDX-License-Identifier: MIT */
/*
 * fuzz_gzip.c: any bytes as a gzip file, and as the deflate stream in one: nothing may be read or
 * written outside, and zlib must think the same of the stream.
 */
#include <string.h>
#include <zlib.h>

#include "fuzz.h"
#include "lib/lib.h"

#define ROOM	 4096
#define FILE_MAX (1 << 20)

static void check_stream(const uint8_t *data, size_t size)
{
	uint8_t *ours = malloc(ROOM), *theirs = malloc(ROOM);
	size_t in = size, out = ROOM;
	z_stream z = {.next_in = (uint8_t *)data, .avail_in = (unsigned int)size};
	int err = inflate_raw(data, &in, ours, &out), ret;

	promise(in <= size && out <= ROOM);
	z.next_out = theirs;
	z.avail_out = ROOM;
	promise(inflateInit2(&z, -15) == Z_OK);
	ret = inflate(&z, Z_FINISH);
	promise((err == 0) == (ret == Z_STREAM_END));
	if (!err) {
		promise(in == z.total_in && out == z.total_out);
		promise(memcmp(ours, theirs, out) == 0);
	}
	inflateEnd(&z);
	free(ours);
	free(theirs);
}

static void check_file(const uint8_t *data, size_t size)
{
	const uint8_t *stream;
	struct gzip gz;
	void *out;
	int err;

	if (gzip_open(data, size, &gz))
		return;
	stream = gz.stream;
	promise(stream >= data && gz.stream_len <= size - (size_t)(stream - data));
	if (gz.size > FILE_MAX)
		return;
	out = malloc(gz.size);
	err = gzip_unpack(&gz, out);
	promise(err || (uint32_t)crc32(0, gz.size ? out : (void *)"", gz.size) == gz.crc);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_stream(data, size);
	check_file(data, size);
	return 0;
}
