/* SPDX-License-Identifier: MIT */
/*
 * decompress.c: modules that come compressed. As in Linux, whoever loads one says so by a flag, the
 * kernel knows one format, and /sys/module/compression says which. It is gzip here: the unpacking
 * itself is pure, and in kernel/lib/gzip.c.
 *
 * Assumes nothing of the file. Promises that ld->image is a file that is not compressed, and lives
 * as long as the load.
 */
#include "module/load.h"
#include "module/file.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "fs/fs.h"
#include "lib/lib.h"
#include "module/sysfs.h"

/* What modules are compressed with, as kmod tells it: by the first bytes. */
static const struct format {
	const char *name;
	const char *ending; /* of the file's name */
	u8 magic[6];
	u8 magic_len;
	const char *tool; /* that unpacks it */
} formats[] = {
	{"gzip", ".ko.gz", {0x1f, 0x8b}, 2, "gzip -d"},
	{"xz", ".ko.xz", {0xfd, '7', 'z', 'X', 'Z', 0}, 6, "xz -d"},
	{"zstd", ".ko.zst", {0x28, 0xb5, 0x2f, 0xfd}, 4, "zstd -d"},
};

#define GZIP (&formats[0])

/* As zlib numbers what can go wrong: Linux's message has its number. */
enum { Z_DATA_ERROR = -3, Z_BUF_ERROR = -5 };

static const struct format *format_of(const void *image, size_t len)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(formats); i++)
		if (len >= formats[i].magic_len &&
		    memcmp(image, formats[i].magic, formats[i].magic_len) == 0)
			return &formats[i];
	return NULL;
}

static bool has_ending(const char *path)
{
	size_t len = strlen(path), n;

	for (unsigned int i = 0; i < ARRAY_SIZE(formats); i++) {
		n = strlen(formats[i].ending);
		if (len >= n && strcmp(path + len - n, formats[i].ending) == 0)
			return true;
	}
	return false;
}

unsigned int module_file_flags(const char *path, const void *image, size_t len)
{
	return has_ending(path) || format_of(image, len) ? MODULE_INIT_COMPRESSED_FILE : 0;
}

#ifdef CONFIG_MODULE_DECOMPRESS

/* --- why not --- */

static int refuse_format(const struct load *ld, const struct format *format)
{
	if (format && format != GZIP)
		return load_fail_unnamed(ld, EOPNOTSUPP,
					 "the module is compressed with %s, and only gzip is built "
					 "in: unpack it with `%s' first",
					 format->name, format->tool);
	return load_fail_unnamed(ld, EINVAL, "not a gzip compressed module");
}

/* Linux's line has zlib's number; ours says what is meant. */
static int refuse_data(const struct load *ld, int err)
{
	int status = err == -EINVAL || err == -EBADMSG ? Z_DATA_ERROR : Z_BUF_ERROR;

	(void)load_fail_unnamed(ld, EINVAL, "decompression failed with status %d", status);
	switch (err) {
	case -ENODATA:
		return load_fail_unnamed(ld, EINVAL, "the compressed file ends too early");
	case -EBADMSG:
		return load_fail_unnamed(ld, EINVAL, "the checksum of what was unpacked is wrong");
	case -ENOSPC:
		return load_fail_unnamed(ld, EINVAL,
					 "the compressed file holds more than it says at its end");
	case -E2BIG:
		return load_fail_unnamed(ld, EINVAL,
					 "the compressed file says that it holds more than it can");
	default:
		return load_fail_unnamed(ld, EINVAL, "the compressed file is damaged");
	}
}

/* --- unpacking --- */

int decompress_file(struct load *ld)
{
	struct gzip gz;
	int err;

	load_step(ld, STEP_UNPACK);
	load_tell(ld, "%zu bytes%s", ld->len,
		  ld->flags & MODULE_INIT_COMPRESSED_FILE ? ", said to be compressed"
							  : ": not compressed");
	if (!(ld->flags & MODULE_INIT_COMPRESSED_FILE))
		return 0;
	if (format_of(ld->image, ld->len) != GZIP)
		return refuse_format(ld, format_of(ld->image, ld->len));
	err = gzip_open(ld->image, ld->len, &gz);
	if (err)
		return refuse_data(ld, err);
	ld->unpacked = kmalloc(gz.size, GFP_KERNEL);
	if (!ld->unpacked)
		return load_fail_unnamed(ld, ENOMEM, "no memory for a module of %u bytes", gz.size);
	err = gzip_unpack(&gz, ld->unpacked);
	if (err)
		return refuse_data(ld, err);
	ld->image = ld->unpacked;
	ld->len = gz.size;
	load_tell(ld, "gzip: %zu bytes, CRC %#010x as it should be", ld->len, gz.crc);
	return 0;
}

/* --- /sys/module/compression --- */

static int compression_show(struct seq_file *m)
{
	seq_printf(m, "%s\n", GZIP->name);
	return 0;
}

static const struct node_ops compression_ops = {.show = compression_show};

void decompress_init(struct node *sys_module)
{
	if (sysfs_file(sys_module, "compression", 0444, &compression_ops, NULL))
		panic("no memory for " SYS_MODULE "/compression");
}

#else

int decompress_file(struct load *ld)
{
	load_step(ld, STEP_UNPACK);
	if (!(ld->flags & MODULE_INIT_COMPRESSED_FILE))
		return 0;
	return load_fail_unnamed(ld, EOPNOTSUPP,
				 "this kernel cannot unpack modules: it was built without "
				 "CONFIG_MODULE_DECOMPRESS");
}

void decompress_init(struct node *sys_module)
{
	(void)sys_module;
}

#endif

int module_unpack(const void *image, size_t len, void **unpacked, size_t *size)
{
	struct load ld = {
		.image = image, .len = len, .flags = MODULE_INIT_COMPRESSED_FILE, .quiet = true};
	int err = decompress_file(&ld);

	if (err) {
		kfree(ld.unpacked);
		return err;
	}
	*unpacked = ld.unpacked;
	*size = ld.len;
	return 0;
}
