/* SPDX-License-Identifier: MIT */
/*
 * calendar.c: the calendar, and the conversions of date(1), as the C locale has them: "%F" and the
 * like stand for others, most are a number of a certain width, some are names.
 */
#include "calendar.h"

#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>

#define SECONDS_PER_DAY 86400ULL
#define DAYS_PER_WEEK	7
#define EPOCH_YEAR	1970
#define EPOCH_WEEKDAY	4 /* a Thursday */
#define MONTHS		12

static const char *const month_names[] = {
	"January", "February", "March",	    "April",   "May",	   "June",
	"July",	   "August",   "September", "October", "November", "December",
};

static const char *const day_names[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};

#define NAME_SHORT 3 /* letters of "Mon", "Nov" */

/* --- the calendar --- */

static bool is_leap(unsigned int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned int month_days(unsigned int year, unsigned int month)
{
	static const u8 days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(const struct date *d)
{
	return d->year >= EPOCH_YEAR && d->month >= 1 && d->month <= MONTHS && d->day >= 1 &&
	       d->day <= month_days(d->year, d->month) && d->hour < 24 && d->minute < 60 &&
	       d->second < 60;
}

unsigned int date_day_of_year(const struct date *d)
{
	unsigned int days = d->day;

	for (unsigned int month = 1; month < d->month; month++)
		days += month_days(d->year, month);
	return days;
}

/* Leap years in [1, @year]. */
static unsigned int leap_years(unsigned int year)
{
	return year / 4 - year / 100 + year / 400;
}

static u64 days_since_epoch(const struct date *d)
{
	unsigned int leaps = leap_years(d->year - 1) - leap_years(EPOCH_YEAR - 1);

	return (d->year - EPOCH_YEAR) * 365ULL + leaps + date_day_of_year(d) - 1;
}

u64 date_seconds(const struct date *d)
{
	return days_since_epoch(d) * SECONDS_PER_DAY + d->hour * 3600 + d->minute * 60 + d->second;
}

unsigned int date_weekday(const struct date *d)
{
	return (unsigned int)((days_since_epoch(d) + EPOCH_WEEKDAY) % DAYS_PER_WEEK);
}

/* --- numbers --- */

static unsigned int hour12(const struct date *d)
{
	return d->hour % 12 ? d->hour % 12 : 12;
}

/* Of the year, when weeks begin on @first (a weekday), and the days before the first are week 0. */
static unsigned int week(const struct date *d, unsigned int first)
{
	unsigned int since = (date_weekday(d) + DAYS_PER_WEEK - first) % DAYS_PER_WEEK;

	return (date_day_of_year(d) - 1 + DAYS_PER_WEEK - since) / DAYS_PER_WEEK;
}

/* The conversions that are numbers: how wide, and what fills the width. */
static const struct number {
	char letter, pad;
	u8 width;
} numbers[] = {
	{'C', '0', 2}, {'d', '0', 2}, {'e', ' ', 2}, {'H', '0', 2}, {'I', '0', 2},
	{'j', '0', 3}, {'k', ' ', 2}, {'l', ' ', 2}, {'m', '0', 2}, {'M', '0', 2},
	{'N', '0', 9}, {'s', '0', 1}, {'S', '0', 2}, {'u', '0', 1}, {'U', '0', 2},
	{'w', '0', 1}, {'W', '0', 2}, {'y', '0', 2}, {'Y', '0', 4},
};

static u64 number_value(const struct date *d, char letter)
{
	unsigned int weekday = date_weekday(d);

	switch (letter) {
	case 'C':
		return d->year / 100;
	case 'd':
	case 'e':
		return d->day;
	case 'H':
	case 'k':
		return d->hour;
	case 'I':
	case 'l':
		return hour12(d);
	case 'j':
		return date_day_of_year(d);
	case 'm':
		return d->month;
	case 'M':
		return d->minute;
	case 's':
		return date_seconds(d);
	case 'S':
		return d->second;
	case 'u':
		return weekday ? weekday : DAYS_PER_WEEK;
	case 'U':
		return week(d, 0);
	case 'w':
		return weekday;
	case 'W':
		return week(d, 1);
	case 'y':
		return d->year % 100;
	case 'Y':
		return d->year;
	default:
		return 0; /* 'N': the clock counts whole seconds */
	}
}

/* --- words --- */

/* NULL when @letter is no word. *@most says how much of it is meant. */
static const char *word(const struct date *d, char letter, size_t *most)
{
	*most = strchr("abh", letter) ? NAME_SHORT : SIZE_MAX;
	switch (letter) {
	case 'a':
	case 'A':
		return day_names[date_weekday(d)];
	case 'b':
	case 'B':
	case 'h':
		return month_names[d->month - 1];
	case 'n':
		return "\n";
	case 'p':
		return d->hour < 12 ? "AM" : "PM";
	case 'P':
		return d->hour < 12 ? "am" : "pm";
	case 't':
		return "\t";
	case 'z':
		return "+0000";
	case 'Z':
		return "UTC";
	case '%':
		return "%";
	default:
		return NULL;
	}
}

/* What a conversion stands for that is made of others; NULL when it is none. */
static const char *compound(char letter)
{
	switch (letter) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'r':
		return "%I:%M:%S %p";
	case 'R':
		return "%H:%M";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	default:
		return NULL;
	}
}

/* --- formats --- */

struct sink {
	void (*put)(void *to, const char *text, size_t len);
	void *to;
};

static const struct number *number_find(char letter)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(numbers); i++)
		if (numbers[i].letter == letter)
			return &numbers[i];
	return NULL;
}

/* @flag: "-" for no filling, "_" for blanks, "0" for zeros, or '\0'. */
static void put_number(const struct sink *sink, const struct number *n, u64 value, char flag)
{
	char pad = flag ? flag : n->pad, text[24];
	int len;

	if (pad == '-')
		len = snprintf(text, sizeof(text), "%llu", value);
	else if (pad == '0')
		len = snprintf(text, sizeof(text), "%0*llu", n->width, value);
	else
		len = snprintf(text, sizeof(text), "%*llu", n->width, value);
	sink->put(sink->to, text, (size_t)len);
}

/* What stands behind a "%". False: it is nothing that date(1) knows. */
static bool convert(const struct date *d, char flag, char letter, const struct sink *sink)
{
	const struct number *n = number_find(letter);
	const char *text;
	size_t most;

	if (!letter)
		return false;
	if (n) {
		put_number(sink, n, number_value(d, letter), flag);
		return true;
	}
	text = compound(letter);
	if (text) {
		date_format(d, text, sink->put, sink->to); /* no deeper: those have no compounds */
		return true;
	}
	text = word(d, letter, &most);
	if (text)
		sink->put(sink->to, text, min(strlen(text), most));
	return text != NULL;
}

void date_format(const struct date *d, const char *format,
		 void (*put)(void *to, const char *text, size_t len), void *to)
{
	const struct sink sink = {put, to};

	while (*format) {
		const char *start = format;
		char flag = '\0';

		if (*format != '%') {
			format += strcspn(format, "%");
			put(to, start, (size_t)(format - start));
			continue;
		}
		format++;
		if (*format && strchr("-_0", *format))
			flag = *format++;
		if (!convert(d, flag, *format, &sink))
			put(to, start, (size_t)(format - start + !!*format));
		format += !!*format;
	}
}
