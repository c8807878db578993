/* SPDX-License-Identifier: MIT */
/* string.h: memory and strings. What C defines behaves as C defines it. */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/types.h>
#include <linux/compiler.h>

void *memcpy(void *dst, const void *src, size_t n);
void *memmove(void *dst, const void *src, size_t n);
void *memset(void *dst, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int byte, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *hay, const char *needle);
char *strpbrk(const char *s, const char *accept);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strsep(char **s, const char *delimiters);
/* Copies at most @size - 1 characters and always ends with a NUL; -E2BIG when it had to cut. */
ssize_t strscpy(char *dst, const char *src, size_t size);
/* BSD's: always ends with a NUL; returns strlen(@src), so a result >= @size means it was cut. */
size_t strlcpy(char *dst, const char *src, size_t size);
/* Both skip white space; strim() also cuts it off the end, in place. */
char *skip_spaces(const char *s);
char *strim(char *s);

#endif
