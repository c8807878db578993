/* SPDX-License-Identifier: MIT */
/*
 * modpost: looks at all modules of a build together, after they were compiled and before they are
 * finished. See modpost.h for the order of work, usage() for the options.
 *
 * Ends with status 1, and without having written anything, when something was wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "modpost.h"
#include "report.h"

/* In static storage: records point at each other until the end. */
static struct module_list modules = STAILQ_HEAD_INITIALIZER(modules);
static struct options opt = {.list = &modules};

static int usage(const char *program)
{
	fprintf(stderr,
		"usage: %s [options] [module.o ...]\n"
		"  -k FILE   the kernel's image, for its exports\n"
		"  -i FILE   a Module.symvers, for others' exports (may be given several times)\n"
		"  -s FILE   the kernel's objects, linked into one: no mismatch is allowed\n"
		"  -T FILE   a list of module objects, one a line (-: standard input)\n"
		"  -o FILE   writes Module.symvers: the exports of the kernel's image and the modules\n"
		"  -e        the modules are not part of Koan: no intree=Y\n"
		"  -w        an undefined symbol is only warned of\n"
		"  -N        so is a namespace that is not imported\n"
		"  -E        section mismatches are an error\n"
		"  -n        objects that do not exist are skipped\n"
		"  -a        every module gets a srcversion, not only those with MODULE_VERSION()\n"
		"  -W        also warns of what is only untidy\n"
		"  -m        exports have versions: each X.o has an X.symversions beside it\n"
		"  -c FILE   the versions of the kernel's exports; before -k\n"
		"  -C FILE   writes a source with them, for the kernel to link in\n"
		"  -b        modules say what they were built against in rows of 64 bytes\n"
		"  -x        ... in two tables for names of any length\n"
		"  -d FILE   writes which namespaces each module lacks: X.ko: NAMESPACE...\n"
		"  -t FILE   only writes a list of the exports that no object uses\n"
		"  -u FILE   a list of exports that are used, whoever uses them; before -t\n"
		"  -D FILE   such a list: what it names is not exported\n",
		program);
	return 2;
}

static void read_object(const char *path)
{
	if (opt.trim_path)
		trim_read_object(path);
	else
		read_module(&opt, path);
}

/* What the options without an argument switch on. */
static bool *switch_of(int option)
{
	switch (option) {
	case 'e':
		return &opt.external;
	case 'w':
		return &opt.warn_undefined;
	case 'N':
		return &opt.warn_namespaces;
	case 'E':
		return &opt.forbid_mismatches;
	case 'n':
		return &opt.ignore_missing;
	case 'a':
		return &opt.srcversion_of_all;
	case 'W':
		return &opt.extra_warnings;
	case 'm':
		return &opt.versions;
	case 'b':
		return &opt.basic_versions;
	case 'x':
		return &opt.extended_versions;
	default:
		return NULL;
	}
}

/* Exports of others are read at once; modules only when all options are known. */
static bool read_options(int argc, char **argv, const char **list_path)
{
	int c;

	while ((c = getopt(argc, argv, "k:s:i:T:o:c:C:d:t:u:D:ewNEnaWmbx")) != -1) {
		if (c == 'k')
			read_kernel(&opt, optarg);
		else if (c == 's')
			read_kernel_objects(optarg);
		else if (c == 'i')
			read_symvers(&opt, optarg);
		else if (c == 'T')
			*list_path = optarg;
		else if (c == 'o')
			opt.dump_path = optarg;
		else if (c == 'c')
			opt.kernel_versions = optarg;
		else if (c == 'C')
			opt.kernel_crcs = optarg;
		else if (c == 'd')
			opt.nsdeps_path = optarg;
		else if (c == 't')
			opt.trim_path = optarg;
		else if (c == 'u')
			trim_read_white_list(optarg);
		else if (c == 'D')
			trim_read_list(optarg);
		else if (switch_of(c))
			*switch_of(c) = true;
		else
			return false;
	}
	return true;
}

static void check_all(void)
{
	struct module *mod;

	STAILQ_FOREACH(mod, &modules, next)
	if (!mod->from_dump && !mod->is_kernel)
		check_module(&opt, mod);
	check_finish(&opt);
}

static void write_all(void)
{
	const struct module *mod;

	STAILQ_FOREACH(mod, &modules, next)
	if (!mod->from_dump && !mod->is_kernel)
		write_mod_c(&opt, mod);
	if (opt.nsdeps_path)
		write_nsdeps(&opt);
	if (opt.trim_path)
		trim_write(opt.trim_path);
	if (opt.dump_path)
		write_symvers(&opt);
	if (opt.kernel_crcs)
		write_kernel_crcs(&opt);
}

int main(int argc, char **argv)
{
	const char *list_path = NULL;

	if (!read_options(argc, argv, &list_path))
		return usage(argv[0]);
	for (int i = optind; i < argc; i++)
		read_object(argv[i]);
	if (list_path)
		file_each_line(list_path, read_object);
	check_all();
	if (!errors_reported())
		write_all();
	return errors_reported() ? 1 : 0;
}
