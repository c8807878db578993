/* SPDX-License-Identifier: MIT */
/*
 * symtypes: what type each exported symbol has, and a CRC of it: the symbol's version. A module
 * carries the CRCs of the symbols it was built against; one that changed since then is refused
 * by the loader, instead of being called with arguments it does not expect.
 *
 * README.md tells what becomes part of a version; symtypes.h, in which order the work is done.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "symtypes.h"

static const char help[] =
	"usage: symtypes [--module-layout] FILE     a line \"#SYMVER name crc\" for each export\n"
	"       symtypes --text [NAME] FILE         the text behind a CRC, or behind each of them\n"
	"       symtypes --diff NAME OLD NEW        what differs between two files' texts of NAME\n"
	"FILE is an object file, a module or the kernel's image, compiled with -g.\n"
	"  --module-layout   adds the export module_layout: struct module and its companions\n"
	"Status: 0; 1 when --diff found a difference; 2 in trouble, with a message.\n";

struct options {
	bool layout, text, diff;
};

static int usage(void)
{
	fputs(help, stderr);
	return EXIT_TROUBLE;
}

static void print_crc(const struct export *export, const struct version *version)
{
	printf("#SYMVER %s 0x%08x\n", export->name, version->crc);
}

/* One note for all when there is nothing to read. */
static bool tell_without_debug_info(const struct image *image)
{
	if (image->has_debug_info || !image->export_count)
		return !image->has_debug_info;
	note(image->path,
	     "no debug information (compile with -g): none of its %zu exports has a version",
	     image->export_count);
	return true;
}

static void list(const char *path, const struct options *options)
{
	struct image image;
	struct version version;

	image_open(&image, path, options->layout);
	if (tell_without_debug_info(&image))
		image.export_count = 0;
	for (size_t i = 0; i < image.export_count; i++) {
		const char *why = version_of(&image, &image.exports[i], &version);

		if (why) {
			note(path, "%s has no version: %s", image.exports[i].name, why);
			continue;
		}
		print_crc(&image.exports[i], &version);
		if (options->text) {
			version_print(&version);
			putchar('\n');
		}
	}
	image_close(&image);
}

/* The version of an export that the user named. */
static void open_version(struct image *image, const char *path, const char *name,
			 struct version *version)
{
	const struct export *export;
	const char *why;

	image_open(image, path, !strcmp(name, LAYOUT_NAME));
	export = export_find(image, name);
	if (!export)
		trouble(path, "does not export %s", name);
	if (!image->has_debug_info)
		trouble(path, "no debug information (compile with -g)");
	why = version_of(image, export, version);
	if (why)
		trouble(path, "%s has no version: %s", name, why);
}

static void show(const char *name, const char *path)
{
	struct version version;
	struct image image;

	open_version(&image, path, name, &version);
	version_print(&version);
	image_close(&image);
}

static int compare(const char *name, const char *old_path, const char *new_path)
{
	struct image old_image, new_image;
	struct version old, new;
	bool differ;

	open_version(&old_image, old_path, name, &old);
	open_version(&new_image, new_path, name, &new);
	differ = old.crc != new.crc;
	if (differ) {
		printf("--- %s\t%s 0x%08x\n+++ %s\t%s 0x%08x\n", old_path, name, old.crc, new_path,
		       name, new.crc);
		diff_print(&old, &new);
	}
	image_close(&old_image);
	image_close(&new_image);
	return differ ? 1 : 0;
}

static bool read_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {{"text", no_argument, NULL, 't'},
					      {"diff", no_argument, NULL, 'd'},
					      {"module-layout", no_argument, NULL, 'm'},
					      {"help", no_argument, NULL, 'h'},
					      {NULL, 0, NULL, 0}};
	int c;

	while ((c = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		if (c == 'h') {
			fputs(help, stdout);
			exit(0);
		}
		if (c == '?')
			return false;
		options->text |= c == 't';
		options->diff |= c == 'd';
		options->layout |= c == 'm';
	}
	return !(options->text && options->diff) && !(options->diff && options->layout);
}

/* Nobody shall take half an answer for a whole one. */
static int finish(int status)
{
	if (fflush(stdout) || ferror(stdout))
		trouble("standard output", "%m");
	return status;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	int status = 0;

	if (!read_options(argc, argv, &options))
		return usage();
	argv += optind;
	argc -= optind;
	if (options.diff && argc == 3)
		status = compare(argv[0], argv[1], argv[2]);
	else if (options.text && !options.layout && argc == 2)
		show(argv[0], argv[1]);
	else if (!options.diff && argc == 1)
		list(argv[0], &options);
	else
		return usage();
	return finish(status);
}
