/* SPDX-License-Identifier: MIT */
/* regex_set.c: sets of characters in patterns: [a-z], [^0-9], [[:alpha:]], \w. */
#include "shell/regex.h"

#include <linux/ctype.h>
#include <linux/kernel.h>
#include <linux/string.h>

static void set_add(u8 *set, u8 byte)
{
	set[byte / 8] |= (u8)(1 << byte % 8);
}

static void set_invert(u8 *set)
{
	for (unsigned int i = 0; i < REGEX_SET_BYTES; i++)
		set[i] = (u8)~set[i];
}

static int is_blank(int c)
{
	return c == ' ' || c == '\t';
}

static int is_control(int c)
{
	return c < ' ' || c == 0x7f;
}

static int is_graph(int c)
{
	return c > ' ' && c < 0x7f;
}

static int is_punct(int c)
{
	return is_graph(c) && !isalnum(c);
}

static int is_word(int c)
{
	return isalnum(c) || c == '_';
}

static const struct {
	const char *name;
	int (*has)(int c);
} classes[] = {
	{"alpha", isalpha}, {"digit", isdigit},	  {"alnum", isalnum},	 {"upper", isupper},
	{"lower", islower}, {"space", isspace},	  {"blank", is_blank},	 {"punct", is_punct},
	{"print", isprint}, {"xdigit", isxdigit}, {"cntrl", is_control}, {"graph", is_graph},
};

static void set_add_class(u8 *set, int (*has)(int c))
{
	for (int byte = 0; byte < 0x80; byte++)
		if (has(byte))
			set_add(set, (u8)byte);
}

/* "[:alpha:]", with its "[:" at *@at. */
static const char *parse_class(u8 *set, const char **at)
{
	const char *name = *at + 2, *end = strstr(name, ":]");
	unsigned int i;

	for (i = 0; end && i < ARRAY_SIZE(classes); i++) {
		size_t len = strlen(classes[i].name);

		if (len == (size_t)(end - name) && memcmp(classes[i].name, name, len) == 0) {
			set_add_class(set, classes[i].has);
			*at = end + 2;
			return NULL;
		}
	}
	return "Invalid character class name";
}

/* One character, or a range "a-z". */
static const char *parse_range(u8 *set, const char **at)
{
	const char *s = *at;
	u8 first = (u8)*s++, last = first;
	unsigned int byte;

	if (s[0] == '-' && s[1] && s[1] != ']') {
		last = (u8)s[1];
		s += 2;
	}
	for (byte = first; byte <= last; byte++)
		set_add(set, (u8)byte);
	*at = s;
	return last < first ? "Invalid range end" : NULL;
}

const char *regex_set_parse(u8 *set, const char **at)
{
	bool inverted = **at == '^', first = true;
	const char *trouble = NULL;

	memset(set, 0, REGEX_SET_BYTES);
	*at += inverted;
	for (; !trouble && (**at != ']' || first); first = false) {
		if (!**at)
			trouble = "Unmatched [, [^, [:, [., or [=";
		else if ((*at)[0] == '[' && (*at)[1] == ':')
			trouble = parse_class(set, at);
		else if ((*at)[0] == '[' && ((*at)[1] == '.' || (*at)[1] == '='))
			trouble = "Collating elements are not supported";
		else
			trouble = parse_range(set, at);
	}
	if (!trouble)
		++*at;
	if (inverted)
		set_invert(set);
	return trouble;
}

void regex_set_letter(u8 *set, char letter)
{
	memset(set, 0, REGEX_SET_BYTES);
	set_add_class(set, tolower(letter) == 'w' ? is_word : isspace);
	if (isupper(letter))
		set_invert(set);
}
