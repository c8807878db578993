/* SPDX-License-Identifier: MIT */
/*
 * story.h: a load that is watched. Each phase says which step it is and, if anybody listens, what it
 * looked at and what it decided; `insmod -v` prints that. (Who listens: modules.h.)
 *
 * It is the phases themselves that speak, so the story cannot be another one than the load. Telling
 * changes nothing: it takes no memory of the loader's and writes no line of the log; and without a
 * listener it costs one test of a pointer, as the arguments are not even computed.
 */
#ifndef KOAN_STORY_H
#define KOAN_STORY_H

#include <linux/types.h>
#include <linux/compiler.h>

struct load;

/* In the order of load.c; story.c has their names. */
enum load_step {
	STEP_UNPACK,
	STEP_SIGNATURE,
	STEP_DISTRUST,
	STEP_INFO,
	STEP_POLICY,
	STEP_VERSIONS,
	STEP_STRUCTURES,
	STEP_VERMAGIC,
	STEP_NAME,
	STEP_PLAN,
	STEP_PLACE,
	STEP_REGISTER,
	STEP_TAINT,
	STEP_TABLES,
	STEP_RESOLVE,
	STEP_RELOCATE,
	STEP_VERIFY,
	STEP_KALLSYMS,
	STEP_SEAL,
	STEP_PUBLISH,
	STEP_COMING,
	STEP_PARAMS,
	STEP_SYSFS,
	STEP_INIT,
	STEP_LIVE,
	STEP_COUNT
};

/* From here on the load is in @step: what is told, or refused, belongs to it. */
#define load_step(ld, which) ((void)((ld)->step = (which)))

/* One line, without a newline at its end. Only if somebody listens are the arguments looked at. */
#define load_tell(ld, fmt, ...)                                                                    \
	do {                                                                                       \
		if ((ld)->listener && (ld)->listener->phases)                                      \
			load_tell_line(ld, fmt, ##__VA_ARGS__);                                    \
	} while (0)
/* The same, of a load that is only tried: what would come next. */
#define load_tell_would(ld, fmt, ...)                                                              \
	do {                                                                                       \
		if ((ld)->listener)                                                                \
			load_tell_line(ld, fmt, ##__VA_ARGS__);                                    \
	} while (0)
__printf(2, 3) void load_tell_line(const struct load *ld, const char *fmt, ...);

/* How readelf writes a section's flags ("WAX"), and its type ("PROGBITS"; "?" for most numbers). */
#define SECTION_FLAGS_SIZE 16
const char *section_flags_text(u64 flags, char buf[SECTION_FLAGS_SIZE]);
const char *section_type_text(u32 type);

/* "81 21 00 00", @len bytes of at most 8. */
#define BYTES_TEXT_SIZE (8 * 3)
const char *bytes_text(const u8 *bytes, unsigned int len, char buf[BYTES_TEXT_SIZE]);

#endif
