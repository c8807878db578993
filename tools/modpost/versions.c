/* SPDX-License-Identifier: MIT */
/*
 * versions.c: the versions of what a module exports. symtypes has computed them from the debug
 * information and left them in a file of lines "#SYMVER name 0x1234abcd", one an export; whatever
 * it could not compute has no line, and will not be checked when a module is loaded.
 */
#include "modpost.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "report.h"

/* One line; false when it is none of symtypes'. */
static bool read_line(const struct module *mod, char *line)
{
	struct export *export;
	char *name, *end;
	unsigned long crc;

	if (strncmp(line, "#SYMVER ", 8))
		return false;
	name = line + 8;
	end = strchr(name, ' ');
	if (!end)
		return false;
	*end = '\0';
	errno = 0;
	crc = strtoul(end + 1, &end, 16);
	if (errno || *end || !crc || crc > UINT32_MAX)
		return false;
	export = export_find(name);
	if (export && export->module == mod)
		export->crc = crc;
	return true;
}

static void warn_of_missing(const struct module *mod)
{
	const struct export *export;

	STAILQ_FOREACH(export, &mod->exports, next)
	if (!export->crc)
		warn("EXPORT symbol \"%s\" [%s%s] version generation failed, symbol will not be "
		     "versioned.",
		     export->name, mod->path, mod->is_kernel ? "" : ".ko");
}

void versions_read(struct module *mod, const char *path)
{
	size_t size, number = 0;
	char *text = file_read(path, &size), *position, *line;

	if (!text) {
		error("%s: %s", path, strerror(errno));
		return;
	}
	for (line = strtok_r(text, "\n", &position); line; line = strtok_r(NULL, "\n", &position)) {
		number++;
		if (!read_line(mod, line)) {
			error("%s:%zu: expected \"#SYMVER name 0x1234abcd\"", path, number);
			break;
		}
	}
	warn_of_missing(mod);
	free(text);
}
