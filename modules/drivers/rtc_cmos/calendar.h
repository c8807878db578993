/* SPDX-License-Identifier: MIT */
/*
 * calendar.h: a date and a time of day in UTC, and writing them as date(1) does. Pure.
 */
#ifndef RTC_CMOS_CALENDAR_H
#define RTC_CMOS_CALENDAR_H

#include <linux/types.h>

/* In people's numbers: January is 1. Valid from 1970 on, in the Gregorian calendar. */
struct date {
	unsigned int year, month, day;
	unsigned int hour, minute, second;
};

bool date_is_valid(const struct date *d);
/* Since 1970-01-01 00:00:00. */
u64 date_seconds(const struct date *d);
/* From 0, which is Sunday. */
unsigned int date_weekday(const struct date *d);
/* From 1. */
unsigned int date_day_of_year(const struct date *d);

/*
 * Writes @d as @format says, piece by piece, with @put. What date(1) does not know stays as it is.
 */
void date_format(const struct date *d, const char *format,
		 void (*put)(void *to, const char *text, size_t len), void *to);

#endif
