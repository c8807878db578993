/* SPDX-License-Identifier: MIT */
/*
 * srcversion.c: a digest of a module's sources, so that two builds of one MODULE_VERSION() can be
 * told apart. It covers, for each object listed in X.mod, the source file and those of the files
 * it included that lie in the same folder, in the order in which the compiler met them; blanks and
 * comments do not count. The digest is MD4 (RFC 1320), of which modinfo shows the first 23 digits.
 */
#include "modpost.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "md4.h"
#include "report.h"

/* The end of the comment, or of the string or character, that starts at @at; else @at. */
static const char *skip_comment(const char *at)
{
	const char *end;

	if (at[0] == '/' && at[1] == '/')
		return at + strcspn(at, "\n");
	if (at[0] != '/' || at[1] != '*')
		return at;
	end = strstr(at + 2, "*/");
	return end ? end + 2 : at + strlen(at);
}

static const char *string_end(const char *at)
{
	char quote = *at++;

	while (*at && *at != quote)
		at += at[0] == '\\' && at[1] ? 2 : 1;
	return *at ? at + 1 : at;
}

static void digest_text(struct md4 *md4, const char *at)
{
	while (*at) {
		const char *end = skip_comment(at);

		if (end != at) {
			at = end;
			continue;
		}
		end = *at == '"' || *at == '\'' ? string_end(at) : at + 1;
		if (!strchr(" \t\n\r\f\v", *at))
			md4_add(md4, at, (size_t)(end - at));
		at = end;
	}
}

static bool digest_file(struct md4 *md4, const char *path)
{
	size_t size;
	char *text = file_read(path, &size);

	if (!text) {
		warn("%s: %s: no srcversion", path, strerror(errno));
		return false;
	}
	digest_text(md4, text);
	free(text);
	return true;
}

/* Whether both lie in the same folder. */
static bool same_folder(const char *a, const char *b)
{
	size_t la = (size_t)(path_basename(a) - a), lb = (size_t)(path_basename(b) - b);

	return la == lb && !strncmp(a, b, la);
}

/*
 * @commands is .foo.o.cmd: a line "source_foo.o := foo.c", and the rule with all files that were
 * read, "foo.o: foo.c foo.h \".
 */
static bool digest_object(struct md4 *md4, char *commands, const char *object)
{
	char *source_line = xasprintf("\nsource_%s := ", object),
	     *rule = xasprintf("\n%s:", object);
	char *source = strstr(commands, source_line), *files = strstr(commands, rule), *position;
	bool good = source && files;

	if (good) {
		source += strlen(source_line);
		files += strlen(rule);
		for (char *end = files; (end = strchr(end, '\n')); end++) {
			if (end[-1] != '\\') {
				*end = '\0';
				break;
			}
			end[-1] = ' ';
		}
		source = strtok_r(source, "\n", &position);
		for (char *f = strtok_r(files, " \n", &position); f && good;
		     f = strtok_r(NULL, " \n", &position))
			if (same_folder(f, source))
				good = digest_file(md4, f);
	}
	free(source_line);
	free(rule);
	return good;
}

static bool digest_parts(struct md4 *md4, const struct module *mod, char *parts)
{
	bool good = true;
	char *position;

	for (char *object = strtok_r(parts, "\n", &position); object && good;
	     object = strtok_r(NULL, "\n", &position)) {
		const char *base = path_basename(object);
		char *path = xasprintf("%.*s.%s.cmd", (int)(base - object), object, base);
		size_t size;
		char *commands = file_read(path, &size);

		good = commands && digest_object(md4, commands, object);
		if (!good)
			warn("%s: does not say what %s was made of: %s.ko has no srcversion", path,
			     object, mod->path);
		free(commands);
		free(path);
	}
	return good;
}

void srcversion_compute(struct module *mod)
{
	char *list = xasprintf("%s.mod", mod->path), digest[MD4_HEX_SIZE];
	struct md4 md4;
	size_t size;
	char *parts = file_read(list, &size);

	md4_start(&md4);
	if (!parts) {
		warn("%s: %s: %s.ko has no srcversion", list, strerror(errno), mod->path);
	} else if (digest_parts(&md4, mod, parts)) {
		md4_finish(&md4, digest);
		snprintf(mod->srcversion, sizeof(mod->srcversion), "%.23s", digest);
	}
	free(parts);
	free(list);
}
