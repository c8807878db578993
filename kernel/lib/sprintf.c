/* SPDX-License-Identifier: MIT */
/*
 * sprintf.c: printf's language. Behaves as C99 says, with these differences: no floating point and
 * no %n; %p prints the address as 16 hexadecimal digits, plain, as Linux's %px does (Koan hides no
 * addresses); %pS, %ps and %pB print the symbol there; %s prints "(null)" and "(efault)" where there cannot be a string; a conversion that
 * does not exist is printed as it stands and takes no argument.
 *
 * A conversion goes through three small steps: read_spec() reads it into a struct spec, convert()
 * fetches its argument, and an emit_*() function of format.c writes it into the sink.
 */
#include "lib/lib.h"
#include "lib/format.h"

#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/limits.h>
#include <linux/sprintf.h>
#include <linux/string.h>

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

/* long, long long, size_t and ptrdiff_t are all 64 bits wide. */
static const char *read_length(const char *s, struct spec *spec)
{
	switch (*s) {
	case 'h':
		spec->length = s[1] == 'h' ? LEN_CHAR : LEN_SHORT;
		return s[1] == 'h' ? s + 2 : s + 1;
	case 'l':
		spec->length = LEN_LONG;
		return s[1] == 'l' ? s + 2 : s + 1;
	case 'L':
	case 'z':
	case 't':
		spec->length = LEN_LONG;
		return s + 1;
	default:
		return s;
	}
}

/* A va_list is an array, which C cannot pass on by address; inside a structure it can be. */
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

/*
 * Letters and digits behind %p say how to print what is there. As on Linux, all of them belong to the
 * conversion (%pSR, %pBb), also those that mean nothing here: then the address is printed.
 */
static const char *read_extension(const char *s, struct spec *spec)
{
	spec->how = isalnum(*s) ? *s : '\0';
	while (isalnum(*s))
		s++;
	return s;
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
	if (*s == 'p')
		return read_extension(s + 1, spec);
	return *s ? s + 1 : s;
}

/*
 * Arguments narrower than int arrive as int; hh and h cut them back to what the caller meant.
 */
static s64 signed_argument(const struct spec *spec, struct arguments *args)
{
	switch (spec->length) {
	case LEN_CHAR:
		return (signed char)va_arg(args->list, int);
	case LEN_SHORT:
		return (short)va_arg(args->list, int);
	case LEN_INT:
		return va_arg(args->list, int);
	default:
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
		sink_put(out, "%", 1);
		return true;
	default:
		return false;
	}
}

/* Text up to the next %, then what the % stands for, and so on; the NUL at the end last. */
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
		sink_put(&out, fmt, (size_t)(next - fmt));
		if (!*next)
			break;
		fmt = read_spec(next + 1, &spec, &args);
		if (!convert(&out, &spec, &args))
			sink_put(&out, next, (size_t)(fmt - next));
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

/* The length that was written rather than the one that was wanted: at most @size - 1. */
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
