/* SPDX-License-Identifier: MIT */
/* test_calendar.c: modules/drivers/rtc_cmos/calendar.c, against the C library. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "libc.h"
#include "drivers/rtc_cmos/calendar.h"

#define LAST_SECOND 4102444800ULL /* 2100-01-01 */

static struct date date_of(time_t seconds, struct tm *tm)
{
	gmtime_r(&seconds, tm);
	return (struct date){
		.year = (unsigned int)tm->tm_year + 1900,
		.month = (unsigned int)tm->tm_mon + 1,
		.day = (unsigned int)tm->tm_mday,
		.hour = (unsigned int)tm->tm_hour,
		.minute = (unsigned int)tm->tm_min,
		.second = (unsigned int)tm->tm_sec,
	};
}

struct text {
	char bytes[512];
	size_t len;
};

static void put(void *to, const char *bytes, size_t len)
{
	struct text *text = to;

	assert_true(text->len + len < sizeof(text->bytes));
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
}

static void expect(const struct date *d, const char *format, const char *wanted)
{
	struct text text = {.len = 0};

	date_format(d, format, put, &text);
	assert_string_equal(text.bytes, wanted);
}

static void check_second(time_t seconds)
{
	static const char format[] = "%s|%a %A %b %B %h|%c|%C %d %D %e %F|%H %I %j %k %l %m %M|"
				     "%p %P|%r|%R|%S|%T|%u %U %w %W|%x|%X|%y %Y|%z|%%%n%t|"
				     "%-d %-H %_d %_H %0e %-j %_M";
	char wanted[512];
	struct tm tm;
	struct date d = date_of(seconds, &tm);

	assert_true(date_is_valid(&d));
	assert_int_equal(date_seconds(&d), seconds);
	assert_int_equal(date_weekday(&d), tm.tm_wday);
	assert_int_equal(date_day_of_year(&d), tm.tm_yday + 1);
	assert_true(strftime(wanted, sizeof(wanted), format, &tm) > 0);
	expect(&d, format, wanted);
}

static void test_against_libc(void **state)
{
	static const time_t edges[] = {
		0,	    86399,	86400,	    951782399,	951782400,  /* 2000-02-29 */
		951868800,  946684799,	946684800,  1078012799, 1078099200, /* 2004 */
		2147483647, 2147483648, 1767225599, 1767225600, 1767484800, 4102444799,
	};
	unsigned long long seed = 7;

	(void)state;
	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++)
		check_second(edges[i]);
	for (unsigned int i = 0; i < 20000; i++)
		check_second((time_t)(next_random(&seed) % LAST_SECOND));
}

static void test_invalid(void **state)
{
	const struct date good = {2024, 2, 29, 23, 59, 59};
	struct date d;

	(void)state;
	assert_true(date_is_valid(&good));
#define WITH(field, value)                                                                         \
	do {                                                                                       \
		d = good;                                                                          \
		d.field = value;                                                                   \
		assert_false(date_is_valid(&d));                                                   \
	} while (0)
	WITH(year, 1969);
	WITH(year, 2023); /* no 29th of February */
	WITH(month, 0);
	WITH(month, 13);
	WITH(day, 0);
	WITH(day, 30);
	WITH(hour, 24);
	WITH(minute, 60);
	WITH(second, 60);
	WITH(second, 165); /* what 0xff in decimal digits would be */
}

static void test_what_is_not_known(void **state)
{
	const struct date d = {2026, 11, 3, 4, 5, 6};

	(void)state;
	expect(&d, "", "");
	expect(&d, "plain", "plain");
	expect(&d, "%", "%");
	expect(&d, "%%", "%");
	expect(&d, "x%", "x%");
	expect(&d, "%Q%!", "%Q%!");
	expect(&d, "%-", "%-");
	expect(&d, "%-Qz", "%-Qz");
	expect(&d, "%N%-N", "0000000000");
	expect(&d, "%d.%-m.%_H", "03.11. 4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_libc),
		cmocka_unit_test(test_invalid),
		cmocka_unit_test(test_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
