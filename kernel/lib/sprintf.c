/* SPDX-License-Identifier: MIT */
/*
 * sprintf.c: printf's language. Behaves as C99 says, with these differences: no floating point and
 * no %n; %p prints the address as 16 hexadecimal digits, plain, as Linux's %px does (Koan hides no
 * addresses); a conversion that does not exist is printed as it stands and takes no argument.
 *
 * A conversion goes through three small steps: read_spec() reads it into a struct spec, convert()
 * fetches its argument, and an emit_*() function writes it into the sink.
 */
#include "lib/lib.h"
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/sprintf.h>
#include <linux/string.h>

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
	enum { LEN_INT, LEN_CHAR, LEN_SHORT, LEN_LONG, LEN_LLONG, LEN_SIZE } length;
	char letter;
};

static void put_char(struct sink *out, char c)
{
	if (out->len < out->size)
		out->buf[out->len] = c;
	out->len++;
}

static void put_bytes(struct sink *out, const char *s, size_t n)
{
	size_t room = out->len < out->size ? out->size - out->len : 0;

	if (room)
		memcpy(out->buf + out->len, s, n < room ? n : room);
	out->len += n;
}

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

/* Text of @n characters in the middle of its width. */
static void emit_text(struct sink *out, const struct spec *spec, const char *s, size_t n)
{
	size_t pad = padding(spec, n);

	if (!spec->left)
		put_repeated(out, ' ', pad);
	put_bytes(out, s, n);
	if (spec->left)
		put_repeated(out, ' ', pad);
}

static void emit_string(struct sink *out, const struct spec *spec, const char *s)
{
	if (!s)
		s = "(null)";
	/* With a precision, @s need not end with a NUL. */
	emit_text(out, spec, s, spec->precision >= 0 ? strnlen(s, spec->precision) : strlen(s));
}

#define DIGITS_MAX 22 /* 2^64 in octal */

/* Writes the digits of @value backwards, so that they end at @end; 0 has none. Returns their start. */
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
	put_bytes(out, prefix, prefix_len);
	put_repeated(out, '0', zeros);
	put_bytes(out, start, n);
	if (spec->left)
		put_repeated(out, ' ', pad);
}

static void emit_signed(struct sink *out, const struct spec *spec, s64 value)
{
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

	emit_number(out, spec, value < 0 ? -(u64)value : (u64)value, 10, sign);
}

static void emit_unsigned(struct sink *out, const struct spec *spec, u64 value)
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

static void emit_pointer(struct sink *out, const struct spec *spec, const void *p)
{
	struct spec digits = {.width = spec->width, .left = spec->left, .precision = 16};

	emit_number(out, &digits, (uintptr_t)p, 16, "");
}

/* Numbers in a format are cut to INT_MAX rather than wrapped. */
static const char *read_number(const char *s, int *value)
{
	*value = 0;
	for (; isdigit(*s); s++) {
		int d = *s - '0';

		*value = *value > (INT_MAX - d) / 10 ? INT_MAX : *value * 10 + d;
	}
	return s;
}

static const char *read_flags(const char *s, struct spec *spec)
{
	for (;; s++) {
		if (*s == '-')
			spec->left = true;
		else if (*s == '+')
			spec->plus = true;
		else if (*s == ' ')
			spec->space = true;
		else if (*s == '#')
			spec->alternate = true;
		else if (*s == '0')
			spec->zero = true;
		else
			return s;
	}
}

static const char *read_length(const char *s, struct spec *spec)
{
	static const struct {
		char text[3];
		u8 length;
	} lengths[] = {{"hh", LEN_CHAR}, {"h", LEN_SHORT}, {"ll", LEN_LLONG}, {"l", LEN_LONG},
		       {"L", LEN_LLONG}, {"z", LEN_SIZE},  {"t", LEN_LONG}};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		size_t n = strlen(lengths[i].text);

		if (!strncmp(s, lengths[i].text, n)) {
			spec->length = lengths[i].length;
			return s + n;
		}
	}
	return s;
}

/* The va_list travels in a structure: as a parameter it would be an array that cannot be passed on. */
struct arguments {
	va_list list;
};

/* A negative `*` means the flag -, and INT_MIN has no positive twin. */
static void set_star_width(struct spec *spec, int width)
{
	if (width < 0) {
		spec->left = true;
		width = width == INT_MIN ? INT_MAX : -width;
	}
	spec->width = width;
}

/* Reads what follows a %; returns what follows the conversion's letter. */
static const char *read_spec(const char *s, struct spec *spec, struct arguments *args)
{
	*spec = (struct spec){.precision = -1};
	s = read_flags(s, spec);
	if (*s == '*') {
		set_star_width(spec, va_arg(args->list, int));
		s++;
	} else {
		s = read_number(s, &spec->width);
	}
	if (*s == '.' && s[1] == '*') {
		int precision = va_arg(args->list, int);

		spec->precision = precision < 0 ? -1 : precision;
		s += 2;
	} else if (*s == '.') {
		s = read_number(s + 1, &spec->precision);
	}
	s = read_length(s, spec);
	spec->letter = *s;
	return *s ? s + 1 : s;
}

static s64 signed_argument(const struct spec *spec, struct arguments *args)
{
	switch (spec->length) {
	case LEN_CHAR:
		return (signed char)va_arg(args->list, int);
	case LEN_SHORT:
		return (short)va_arg(args->list, int);
	case LEN_INT:
		return va_arg(args->list, int);
	default: /* long, long long, size_t and ptrdiff_t are all 64 bits wide */
		return va_arg(args->list, long);
	}
}

static u64 unsigned_argument(const struct spec *spec, struct arguments *args)
{
	switch (spec->length) {
	case LEN_CHAR:
		return (unsigned char)va_arg(args->list, unsigned int);
	case LEN_SHORT:
		return (unsigned short)va_arg(args->list, unsigned int);
	case LEN_INT:
		return va_arg(args->list, unsigned int);
	default:
		return va_arg(args->list, unsigned long);
	}
}

/* Returns false when there is no such conversion. */
static bool convert(struct sink *out, const struct spec *spec, struct arguments *args)
{
	char c;

	switch (spec->letter) {
	case 'd':
	case 'i':
		emit_signed(out, spec, signed_argument(spec, args));
		return true;
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		emit_unsigned(out, spec, unsigned_argument(spec, args));
		return true;
	case 'c':
		c = (char)va_arg(args->list, int);
		emit_text(out, spec, &c, 1);
		return true;
	case 's':
		emit_string(out, spec, va_arg(args->list, const char *));
		return true;
	case 'p':
		emit_pointer(out, spec, va_arg(args->list, const void *));
		return true;
	case '%':
		put_char(out, '%');
		return true;
	default:
		return false;
	}
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list list)
{
	struct sink out = {buf, size, 0};
	struct arguments args;

	va_copy(args.list, list);
	while (*fmt) {
		const char *next = strchr(fmt, '%');
		struct spec spec;

		if (!next)
			next = fmt + strlen(fmt);
		put_bytes(&out, fmt, (size_t)(next - fmt));
		if (!*next)
			break;
		fmt = read_spec(next + 1, &spec, &args);
		if (!convert(&out, &spec, &args))
			put_bytes(&out, next, (size_t)(fmt - next));
	}
	va_end(args.list);
	if (size)
		buf[out.len < size ? out.len : size - 1] = '\0';
	return out.len < INT_MAX ? (int)out.len : INT_MAX;
}
EXPORT_SYMBOL(vsnprintf);

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(snprintf);

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	size_t n = (size_t)vsnprintf(buf, size, fmt, args);

	if (n < size)
		return (int)n;
	return size ? (int)(size - 1) : 0;
}
EXPORT_SYMBOL(vscnprintf);

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(scnprintf);

int vsprintf(char *buf, const char *fmt, va_list args)
{
	return vsnprintf(buf, SIZE_MAX, fmt, args);
}
EXPORT_SYMBOL(vsprintf);

int sprintf(char *buf, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsprintf(buf, fmt, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(sprintf);
