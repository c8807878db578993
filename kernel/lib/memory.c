/* SPDX-License-Identifier: MIT */
/*
 * memory.c: the mem* functions, which the compiler also calls on its own for assignments of
 * structures. They move eight bytes at a time, by addresses of any alignment: x86 does not mind.
 *
 * A compiler that recognises such a loop may replace it by a call of the very function it stands
 * in. barrier() in each loop keeps it from that.
 */
#include "lib/lib.h"

#include <linux/string.h>
#include <linux/export.h>

/* Eight bytes at any address, whatever their type. */
struct word {
	u64 v;
} __packed __attribute__((may_alias));

#define WORD sizeof(struct word)

static inline u64 load(const void *p)
{
	return ((const struct word *)p)->v;
}

static inline void store(void *p, u64 v)
{
	((struct word *)p)->v = v;
}

/* Fewer bytes than a word. */
static void copy_bytes_up(u8 *dst, const u8 *src, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dst[i] = src[i];
		barrier();
	}
}

static void copy_bytes_down(u8 *dst, const u8 *src, size_t n)
{
	while (n--) {
		dst[n] = src[n];
		barrier();
	}
}

/*
 * Right also for regions that overlap with @dst below @src: a word is read before anything above
 * it is written, and the last word, whose bytes the loop may overwrite, is read first of all.
 */
static void copy_up(u8 *dst, const u8 *src, size_t n)
{
	u64 last;
	size_t i = 0;

	if (n < WORD) {
		copy_bytes_up(dst, src, n);
		return;
	}
	last = load(src + n - WORD);
	for (; n - i >= 4 * WORD; i += 4 * WORD) {
		u64 a = load(src + i), b = load(src + i + 8);
		u64 c = load(src + i + 16), d = load(src + i + 24);

		store(dst + i, a);
		store(dst + i + 8, b);
		store(dst + i + 16, c);
		store(dst + i + 24, d);
		barrier();
	}
	for (; n - i > WORD; i += WORD) {
		store(dst + i, load(src + i));
		barrier();
	}
	store(dst + n - WORD, last);
}

/* The mirror image, for @dst above @src. */
static void copy_down(u8 *dst, const u8 *src, size_t n)
{
	u64 first;

	if (n < WORD) {
		copy_bytes_down(dst, src, n);
		return;
	}
	first = load(src);
	for (; n > WORD; n -= WORD) {
		store(dst + n - WORD, load(src + n - WORD));
		barrier();
	}
	store(dst, first);
}

/* The regions must not overlap, says C; ours would still be right with @dst below @src. */
void *memcpy(void *dst, const void *src, size_t n)
{
	copy_up(dst, src, n);
	return dst;
}
EXPORT_SYMBOL(memcpy);

void *memmove(void *dst, const void *src, size_t n)
{
	/* One comparison: below @src the difference wraps and is larger than any @n. */
	if ((uintptr_t)dst - (uintptr_t)src >= n)
		copy_up(dst, src, n);
	else
		copy_down(dst, src, n);
	return dst;
}
EXPORT_SYMBOL(memmove);

static void fill_bytes(u8 *dst, u8 byte, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		dst[i] = byte;
		barrier();
	}
}

void *memset(void *dst, int byte, size_t n)
{
	u64 pattern = (u8)byte * 0x0101010101010101UL;
	u8 *d = dst;
	size_t i = 0;

	if (n < WORD) {
		fill_bytes(d, (u8)byte, n);
		return dst;
	}
	for (; n - i >= 4 * WORD; i += 4 * WORD) {
		store(d + i, pattern);
		store(d + i + 8, pattern);
		store(d + i + 16, pattern);
		store(d + i + 24, pattern);
		barrier();
	}
	for (; n - i > WORD; i += WORD) {
		store(d + i, pattern);
		barrier();
	}
	store(d + n - WORD, pattern);
	return dst;
}
EXPORT_SYMBOL(memset);

/* Equal words need no look inside; the first difference is then found byte by byte. */
int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;
	size_t i = 0;

	while (n - i >= WORD && load(x + i) == load(y + i))
		i += WORD;
	for (; i < n; i++)
		if (x[i] != y[i])
			return x[i] - y[i];
	return 0;
}
EXPORT_SYMBOL(memcmp);

void *memchr(const void *s, int byte, size_t n)
{
	const u8 *p = s;

	for (size_t i = 0; i < n; i++)
		if (p[i] == (u8)byte)
			return (void *)(p + i);
	return NULL;
}
EXPORT_SYMBOL(memchr);
