/* SPDX-License-Identifier: MIT */
/*
 * format.c: printf's layout: where padding, signs, prefixes, zeros and digits go. Nothing here
 * knows where an argument came from, and nothing writes past the end of a sink.
 */
#include "lib/lib.h"
#include "lib/format.h"

#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/string.h>

#define FIRST_PAGE 4096 /* bytes at address 0 that are never mapped */

/* Counts @n characters and keeps those that there is room for. */
void sink_put(struct sink *out, const char *s, size_t n)
{
	size_t room = out->len < out->size ? out->size - out->len : 0;

	if (room)
		memcpy(out->buf + out->len, s, n < room ? n : room);
	out->len += n;
}

/* The same for @n times @c: a width of two billion takes no longer than what fits. */
static void put_repeated(struct sink *out, char c, size_t n)
{
	size_t room = out->len < out->size ? out->size - out->len : 0;

	if (room)
		memset(out->buf + out->len, c, n < room ? n : room);
	out->len += n;
}

/* What is left of a width after @used characters. */
static size_t padding(const struct spec *spec, size_t used)
{
	return (size_t)spec->width > used ? (size_t)spec->width - used : 0;
}

void emit_text(struct sink *out, const struct spec *spec, const char *s, size_t n)
{
	size_t pad = padding(spec, n);

	if (!spec->left)
		put_repeated(out, ' ', pad);
	sink_put(out, s, n);
	if (spec->left)
		put_repeated(out, ' ', pad);
}

/* A small number or an error number where a pointer should be: a mistake we can survive. */
static bool is_no_pointer(const void *p)
{
	return (uintptr_t)p < FIRST_PAGE || IS_ERR(p);
}

void emit_string(struct sink *out, const struct spec *spec, const char *s)
{
	if (!s)
		s = "(null)";
	else if (is_no_pointer(s))
		s = "(efault)";
	/* With a precision, @s need not end with a NUL. */
	emit_text(out, spec, s, spec->precision >= 0 ? strnlen(s, spec->precision) : strlen(s));
}

#define DIGITS_MAX 22 /* 2^64 in octal */

/* Writes @value backwards, so that its digits end at @end; 0 has none. Returns their start. */
static char *digits_of(char *end, u64 value, unsigned int base, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	for (; value; value /= base)
		*--end = digits[value % base];
	return end;
}

/*
 * A number is: padding, prefix (sign or 0x), zeros, digits, padding. The zeros make up the
 * precision or, with the flag 0 and no precision, the width.
 */
static void emit_number(struct sink *out, const struct spec *spec, u64 value, unsigned int base,
			const char *prefix)
{
	char text[DIGITS_MAX], *end = text + DIGITS_MAX;
	char *start = digits_of(end, value, base, spec->letter == 'X');
	size_t n = (size_t)(end - start), prefix_len = strlen(prefix);
	size_t least = spec->precision < 0 ? 1 : (size_t)spec->precision;
	size_t zeros = least > n ? least - n : 0;
	size_t pad;

	/* %#o: the leading zero is one more digit, unless there is one already. */
	if (base == 8 && spec->alternate && !zeros)
		zeros = 1;
	pad = padding(spec, prefix_len + zeros + n);
	if (spec->zero && !spec->left && spec->precision < 0) {
		zeros += pad;
		pad = 0;
	}
	if (!spec->left)
		put_repeated(out, ' ', pad);
	sink_put(out, prefix, prefix_len);
	put_repeated(out, '0', zeros);
	sink_put(out, start, n);
	if (spec->left)
		put_repeated(out, ' ', pad);
}

void emit_signed(struct sink *out, const struct spec *spec, s64 value)
{
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

	emit_number(out, spec, value < 0 ? -(u64)value : (u64)value, 10, sign);
}

void emit_unsigned(struct sink *out, const struct spec *spec, u64 value)
{
	const char *prefix = "";

	switch (spec->letter) {
	case 'o':
		emit_number(out, spec, value, 8, "");
		return;
	case 'x':
	case 'X':
		if (spec->alternate && value)
			prefix = spec->letter == 'x' ? "0x" : "0X";
		emit_number(out, spec, value, 16, prefix);
		return;
	default:
		emit_number(out, spec, value, 10, "");
	}
}

/* Flags other than - mean nothing here. */
static int (*format_symbol)(char *buffer, unsigned long address, char how);

void set_symbol_format(int (*format)(char *buffer, unsigned long address, char how))
{
	format_symbol = format;
}

/* Who may see addresses is decided above; see sched/user.c. */
static bool (*is_secret)(void);

void set_pointer_secret(bool (*fn)(void))
{
	is_secret = fn;
}

static void emit_address(struct sink *out, const struct spec *spec, const void *p)
{
	struct spec digits = {.width = spec->width, .left = spec->left, .precision = 16};

	emit_number(out, &digits, (uintptr_t)p, 16, "");
}

/* Out of line, for its buffer: whoever prints no symbol takes no stack for one. */
static noinline void emit_symbol(struct sink *out, const struct spec *spec, const void *p)
{
	char text[KSYM_SYMBOL_LEN];

	format_symbol(text, (uintptr_t)p, spec->how);
	emit_text(out, spec, text, strlen(text));
}

void emit_pointer(struct sink *out, const struct spec *spec, const void *p)
{
	if (format_symbol && (spec->how == 'S' || spec->how == 's' || spec->how == 'B'))
		emit_symbol(out, spec, p);
	else if (spec->how == 'K' && is_secret && is_secret())
		emit_address(out, spec, NULL);
	else
		emit_address(out, spec, p);
}
