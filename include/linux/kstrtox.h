/* SPDX-License-Identifier: MIT */
/*
 * kstrtox.h: a whole string to a number, or an error: nothing is silently cut off.
 *
 * @s may end in one newline. @base 0 reads 0x.. as hexadecimal and 0.. as octal. Returns 0,
 * -EINVAL when the text is no number, -ERANGE when it does not fit; *res is then untouched.
 */
#ifndef _LINUX_KSTRTOX_H
#define _LINUX_KSTRTOX_H

#include <linux/types.h>
#include <linux/compiler.h>

__must_check int kstrtoull(const char *s, unsigned int base, unsigned long long *res);
__must_check int kstrtoll(const char *s, unsigned int base, long long *res);
__must_check int kstrtoul(const char *s, unsigned int base, unsigned long *res);
__must_check int kstrtol(const char *s, unsigned int base, long *res);
__must_check int kstrtouint(const char *s, unsigned int base, unsigned int *res);
__must_check int kstrtoint(const char *s, unsigned int base, int *res);
__must_check int kstrtou16(const char *s, unsigned int base, u16 *res);
__must_check int kstrtos16(const char *s, unsigned int base, s16 *res);
__must_check int kstrtou8(const char *s, unsigned int base, u8 *res);
__must_check int kstrtos8(const char *s, unsigned int base, s8 *res);
/* y Y 1 t T on On oN.. / n N 0 f F off..; only the first one or two letters are looked at. */
__must_check int kstrtobool(const char *s, bool *res);

/* Reads as many digits as there are; *endp (when not NULL) is where it stopped. */
unsigned long simple_strtoul(const char *s, char **endp, unsigned int base);
long simple_strtol(const char *s, char **endp, unsigned int base);

#endif
