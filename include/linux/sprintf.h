/* SPDX-License-Identifier: MIT */
/*
 * sprintf.h: formatting into memory. Conversions: d i u x X o c s p %, lengths hh h l ll z t,
 * flags - + space # 0, width and precision as numbers or `*`.
 */
#ifndef _LINUX_SPRINTF_H
#define _LINUX_SPRINTF_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>

/* C99's: always ends @buf with a NUL when @size > 0; returns the length the whole text would have. */
__printf(3, 4) int snprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
/* Linux's: return the number of characters really written, the NUL not counted. */
__printf(3, 4) int scnprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vscnprintf(char *buf, size_t size, const char *fmt, va_list args);
/* Unbounded: the caller vouches for the room. */
__printf(2, 3) int sprintf(char *buf, const char *fmt, ...);
__printf(2, 0) int vsprintf(char *buf, const char *fmt, va_list args);

#endif
