/* SPDX-License-Identifier: MIT */
/* test_keyboard.c: modules/drivers/ps2kbd/keyboard.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "libc.h"
#include "drivers/ps2kbd/keyboard.h"

/* Scan codes, by the keycaps of a US keyboard. */
#define L_SHIFT	  0x2a
#define R_SHIFT	  0x36
#define CTRL	  0x1d
#define ALT	  0x38
#define CAPS	  0x3a
#define NUM	  0x45
#define EXT	  0xe0
#define UP(code)  ((code) | 0x80)
#define TAP(code) (code), UP(code)

static struct keyboard keyboard;

/* Feeds codes up to a 0; what they typed must be @wanted. */
static void expect(const char *wanted, const unsigned char *codes)
{
	char typed[256], out[KEYBOARD_BYTES];
	size_t len = 0, n;

	for (; *codes; codes++) {
		n = keyboard_feed(&keyboard, *codes, out);
		assert_true(n <= KEYBOARD_BYTES);
		memcpy(typed + len, out, n);
		len += n;
	}
	typed[len] = '\0';
	assert_string_equal(typed, wanted);
}

#define EXPECT(wanted, ...) expect(wanted, (const unsigned char[]){__VA_ARGS__, 0})

static int setup(void **state)
{
	(void)state;
	memset(&keyboard, 0, sizeof(keyboard));
	return 0;
}

static void test_rows(void **state)
{
	(void)state;
	/* The keys of each row follow each other, from left to right. */
	EXPECT("\0331234567890-=\x7f\t", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
	EXPECT("qwertyuiop[]\r", 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
	EXPECT("asdfghjkl;'`", 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41);
	EXPECT("\\zxcvbnm,./* ", 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 55, 57);
	EXPECT("", UP(30), UP(57));
}

static void test_shift(void **state)
{
	(void)state;
	EXPECT("aAa", TAP(30), L_SHIFT, TAP(30), UP(L_SHIFT), TAP(30));
	EXPECT("!@#$%^&*()_+", R_SHIFT, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, UP(R_SHIFT));
	EXPECT("{}:\"~|<>? ", L_SHIFT, 26, 27, 39, 40, 41, 43, 51, 52, 53, 57, UP(L_SHIFT));
	/* Both down, one released: still shifted. */
	EXPECT("AAa", L_SHIFT, R_SHIFT, 30, UP(L_SHIFT), 30, UP(R_SHIFT), 30);
}

static void test_caps_lock(void **state)
{
	(void)state;
	EXPECT("A1;", TAP(CAPS), 30, 2, 39);
	EXPECT("a!:", L_SHIFT, 30, 2, 39, UP(L_SHIFT));
	EXPECT("a", TAP(CAPS), 30);
}

static void test_ctrl_and_alt(void **state)
{
	(void)state;
	EXPECT("\x03\x01", CTRL, TAP(46), UP(CTRL), EXT, CTRL, TAP(30), EXT, UP(CTRL));
	EXPECT("\x1b\x1c\x1d", CTRL, 26, 43, 27, UP(CTRL));
	EXPECT("1\x7f", CTRL, 2, 14, UP(CTRL));
	EXPECT("\033b\033\x7f", ALT, 48, 14, UP(ALT));
	EXPECT("\033b", EXT, ALT, 48, EXT, UP(ALT));
	EXPECT("b", 48);
}

static void test_cursor_keys(void **state)
{
	(void)state;
	EXPECT("\033[A\033[B\033[D\033[C", EXT, 0x48, EXT, 0x50, EXT, 0x4b, EXT, 0x4d);
	EXPECT("\033[1~\033[4~\033[5~\033[6~", EXT, 0x47, EXT, 0x4f, EXT, 0x49, EXT, 0x51);
	EXPECT("\033[2~\033[3~", EXT, 0x52, EXT, 0x53);
	EXPECT("", EXT, UP(0x48), EXT, UP(0x53));
	EXPECT("\033[1;5D\033[1;5C\033[A", CTRL, EXT, 0x4b, EXT, 0x4d, EXT, 0x48, UP(CTRL));
	/* With num lock on, a keyboard wraps them into a shift that is not real. */
	EXPECT("\033[Aa", TAP(NUM), EXT, L_SHIFT, EXT, 0x48, EXT, UP(0x48), EXT, UP(L_SHIFT), 30);
}

static void test_pad(void **state)
{
	(void)state;
	EXPECT("\033[1~\033[A-\033[D\033[C+\033[4~\033[3~", 0x47, 0x48, 0x4a, 0x4b, 0x4c, 0x4d,
	       0x4e, 0x4f, 0x53);
	EXPECT("789-456+1230.", TAP(NUM), 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f,
	       0x50, 0x51, 0x52, 0x53);
	EXPECT("/\r*", EXT, 0x35, EXT, 0x1c, 0x37);
	EXPECT("\033[A", TAP(NUM), 0x48);
}

static void test_keys_that_type_nothing(void **state)
{
	(void)state;
	EXPECT("a", 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5, 30); /* Pause */
	assert_false(keyboard.num_lock || keyboard.left_ctrl);
	EXPECT("", EXT, 0x2a, EXT, 0x37, EXT, 0xb7, EXT, 0xaa); /* Print Screen */
	EXPECT("", 0x3b, 0x44, 0x57, 0x58, 0x46);		/* F1 to F12, Scroll Lock */
	EXPECT("", EXT, 0x5b, EXT, 0x5d);			/* the keys of 1994 */
	EXPECT("a", 30);
}

static void test_any_codes(void **state)
{
	unsigned long long seed = 3;
	char out[KEYBOARD_BYTES];

	(void)state;
	for (unsigned int i = 0; i < 100000; i++)
		assert_true(keyboard_feed(&keyboard, (unsigned char)next_random(&seed), out) <=
			    KEYBOARD_BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_rows, setup),
		cmocka_unit_test_setup(test_shift, setup),
		cmocka_unit_test_setup(test_caps_lock, setup),
		cmocka_unit_test_setup(test_ctrl_and_alt, setup),
		cmocka_unit_test_setup(test_cursor_keys, setup),
		cmocka_unit_test_setup(test_pad, setup),
		cmocka_unit_test_setup(test_keys_that_type_nothing, setup),
		cmocka_unit_test_setup(test_any_codes, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
