/* SPDX-License-Identifier: MIT */
/* columns.c: how listings look. */
#include "shell/columns.h"

#include <linux/kernel.h>
#include <linux/string.h>
#include "fs/fs.h"

void columns_plan(unsigned int names, size_t longest, struct columns *plan)
{
	unsigned int across;

	plan->width = (unsigned int)min_t(size_t, longest, SCREEN_COLUMNS) + COLUMN_GAP;
	/* The last column needs no gap behind it. */
	across = max(1U, (SCREEN_COLUMNS + COLUMN_GAP) / plan->width);
	plan->rows = DIV_ROUND_UP(names, across);
}

void mode_text(umode_t mode, char text[MODE_TEXT_MAX])
{
	static const char letters[] = "rwxrwxrwx";
	unsigned int i;

	text[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : '-';
	for (i = 0; i < 9; i++)
		text[i + 1] = mode & (0400 >> i) ? letters[i] : '-';
	text[10] = '\0';
}

/* --- dates --- */

#define SECONDS_OF_MINUTE 60
#define SECONDS_OF_HOUR	  3600
#define SECONDS_OF_DAY	  86400
#define DAYS_OF_400_YEARS 146097 /* the calendar repeats after that */
/* Half of a mean Gregorian year: how GNU ls tells old from recent. */
#define RECENT_SECONDS (31556952 / 2)

static bool is_leap(unsigned int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned int days_of_month(unsigned int year, unsigned int month)
{
	static const u8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return days[month] + (month == 1 && is_leap(year));
}

/* Counts on from 1 January 1970, at most 400 years and 12 months. */
static void civil_date(u64 days, unsigned int *year, unsigned int *month, unsigned int *day)
{
	*year = 1970 + 400 * (unsigned int)(days / DAYS_OF_400_YEARS);
	days %= DAYS_OF_400_YEARS;
	for (; days >= 365U + is_leap(*year); ++*year)
		days -= 365U + is_leap(*year);
	for (*month = 0; days >= days_of_month(*year, *month); ++*month)
		days -= days_of_month(*year, *month);
	*day = (unsigned int)days + 1;
}

void date_text(s64 seconds, s64 now, char text[DATE_TEXT_MAX])
{
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	u64 t = (u64)max_t(s64, seconds, 0);
	unsigned int year, month, day;

	civil_date(t / SECONDS_OF_DAY, &year, &month, &day);
	if (seconds <= now && now - seconds < RECENT_SECONDS)
		snprintf(text, DATE_TEXT_MAX, "%s %2u %02u:%02u", months[month], day,
			 (unsigned int)(t % SECONDS_OF_DAY / SECONDS_OF_HOUR),
			 (unsigned int)(t % SECONDS_OF_HOUR / SECONDS_OF_MINUTE));
	else
		snprintf(text, DATE_TEXT_MAX, "%s %2u  %u", months[month], day, year);
}

unsigned int digits_of(u64 n)
{
	unsigned int digits = 1;

	while (n >= 10) {
		n /= 10;
		digits++;
	}
	return digits;
}
