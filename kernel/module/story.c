/* SPDX-License-Identifier: MIT */
/*
 * story.c: how a load is told to whoever listens: the steps' names, and a few spellings that
 * readelf has made common. What is told is the phases' business; how it is laid out, the listener's.
 *
 * Pure but for the listener, which may print, and take memory for that; nothing here keeps any.
 */
#include "module/load.h"

#include <linux/kernel.h>
#include <linux/stdarg.h>

/* The numbers are those of load.c and of docs/life-of-a-module.md; 0: a step between two phases. */
static const struct {
	unsigned int phase;
	const char *name;
} steps[STEP_COUNT] = {
	[STEP_UNPACK] = {0, "unpack"},
	[STEP_SIGNATURE] = {0, "signature"},
	[STEP_DISTRUST] = {1, "distrust"},
	[STEP_INFO] = {2, "info"},
	[STEP_POLICY] = {0, "policy"},
	[STEP_VERSIONS] = {0, "versions"},
	[STEP_STRUCTURES] = {0, "structures"},
	[STEP_VERMAGIC] = {0, "vermagic"},
	[STEP_NAME] = {0, "name"},
	[STEP_PLAN] = {3, "plan"},
	[STEP_PLACE] = {4, "place"},
	[STEP_REGISTER] = {0, "register"},
	[STEP_TAINT] = {0, "taint"},
	[STEP_TABLES] = {5, "tables"},
	[STEP_RESOLVE] = {6, "resolve"},
	[STEP_RELOCATE] = {7, "relocate"},
	[STEP_VERIFY] = {0, "verify"},
	[STEP_KALLSYMS] = {0, "kallsyms"},
	[STEP_SEAL] = {8, "seal"},
	[STEP_PUBLISH] = {9, "publish"},
	[STEP_COMING] = {0, "coming"},
	[STEP_PARAMS] = {10, "params"},
	[STEP_SYSFS] = {0, "sysfs"},
	[STEP_INIT] = {11, "init"},
	[STEP_LIVE] = {0, "live"},
};

void load_tell_line(const struct load *ld, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	ld->listener->tell(ld->listener->data, steps[ld->step].phase, steps[ld->step].name, fmt,
			   args);
	va_end(args);
}

/* --- spellings --- */

const char *section_flags_text(u64 flags, char buf[SECTION_FLAGS_SIZE])
{
	/* By bit, in readelf's order; System V ABI, figure 4-11. */
	static const char letters[] = {'W', 'A', 'X', 0, 'M', 'S', 'I', 'L', 'O', 'G', 'T', 'C'};
	char *p = buf;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(letters); i++)
		if (letters[i] && flags >> i & 1)
			*p++ = letters[i];
	*p = '\0';
	return buf;
}

const char *section_type_text(u32 type)
{
	/* System V ABI, figure 4-9. */
	static const char *const names[] = {
		"NULL",
		"PROGBITS",
		"SYMTAB",
		"STRTAB",
		"RELA",
		"HASH",
		"DYNAMIC",
		"NOTE",
		"NOBITS",
		"REL",
		"SHLIB",
		"DYNSYM",
		"?",
		"?",
		"INIT_ARRAY",
		"FINI_ARRAY",
		"PREINIT_ARRAY",
		"GROUP",
		"SYMTAB SECTION INDICES",
	};

	return type < ARRAY_SIZE(names) ? names[type] : "?";
}

const char *bytes_text(const u8 *bytes, unsigned int len, char buf[BYTES_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	char *p = buf;
	unsigned int i;

	for (i = 0; i < len; i++) {
		if (i)
			*p++ = ' ';
		*p++ = digits[bytes[i] >> 4];
		*p++ = digits[bytes[i] & 0xf];
	}
	*p = '\0';
	return buf;
}
