/* SPDX-License-Identifier: MIT */
/*
 * format.h: how sprintf.c writes one converted argument: the specification it read, and the sink
 * that the text goes into.
 */
#ifndef KOAN_LIB_FORMAT_H
#define KOAN_LIB_FORMAT_H

#include <linux/types.h>

/* Where text goes: counts all of it, keeps what fits. */
struct sink {
	char *buf;
	size_t size;
	size_t len;
};

/* One conversion, as written between the % and its letter. */
struct spec {
	bool left, plus, space, alternate, zero; /* flags - + space # 0 */
	int width;				 /* 0: none */
	int precision;				 /* -1: none */
	enum { LEN_INT, LEN_CHAR, LEN_SHORT, LEN_LONG } length;
	char letter;
	char how; /* of %p: the first letter or digit behind it, as in %pS; or 0 */
};

void sink_put(struct sink *out, const char *s, size_t n);

/* @n characters in the middle of the width. */
void emit_text(struct sink *out, const struct spec *spec, const char *s, size_t n);
void emit_string(struct sink *out, const struct spec *spec, const char *s);
void emit_signed(struct sink *out, const struct spec *spec, s64 value);
/* In the base that the letter o, u, x or X asks for. */
void emit_unsigned(struct sink *out, const struct spec *spec, u64 value);
/* %pS, %ps and %pB: the symbol there; %pK: zeros, if it is a secret. Anything else: the address. */
void emit_pointer(struct sink *out, const struct spec *spec, const void *p);

#endif
