/* SPDX-License-Identifier: MIT */
/*
 * seq_file.c: a buffer that grows while text is printed into it.
 *
 * The room doubles, so that a text of n bytes costs O(n) copying however it is printed. When memory
 * runs out, `overflow` is set and stays set; whoever reads the text must look at it.
 */
#include "fs/fs.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "mm/mm.h"

#define SEQ_FIRST_ROOM 512

/* Makes room for @more bytes behind those written; false, and overflow, when there is none. */
static bool seq_reserve(struct seq_file *m, size_t more)
{
	size_t need, room;
	char *buf;

	if (m->overflow || check_add_overflow(m->count, more, &need)) {
		m->overflow = true;
		return false;
	}
	if (need <= m->size)
		return true;
	room = max(need, max_t(size_t, m->size * 2, SEQ_FIRST_ROOM));
	buf = kmalloc(room, GFP_KERNEL);
	if (!buf) {
		m->overflow = true;
		return false;
	}
	if (m->count)
		memcpy(buf, m->buf, m->count);
	kfree(m->buf);
	m->buf = buf;
	m->size = room;
	return true;
}

int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (!seq_reserve(m, len))
		return -1;
	if (len)
		memcpy(m->buf + m->count, data, len);
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_write);

void seq_putc(struct seq_file *m, char c)
{
	if (seq_reserve(m, 1))
		m->buf[m->count++] = c;
}
EXPORT_SYMBOL(seq_putc);

void seq_puts(struct seq_file *m, const char *s)
{
	/* The lack of memory is remembered in m->overflow. */
	if (seq_write(m, s, strlen(s)))
		return;
}
EXPORT_SYMBOL(seq_puts);

void seq_vprintf(struct seq_file *m, const char *fmt, va_list args)
{
	size_t room = m->size - m->count;
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(room ? m->buf + m->count : NULL, room, fmt, args);
	/* vsnprintf() needs a byte for its NUL, which is not part of the text. */
	if (len > 0 && (size_t)len >= room && seq_reserve(m, (size_t)len + 1))
		vsnprintf(m->buf + m->count, m->size - m->count, fmt, again);
	va_end(again);
	if (len > 0 && !m->overflow)
		m->count += (size_t)len;
}
EXPORT_SYMBOL(seq_vprintf);

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	seq_vprintf(m, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(seq_printf);

void seq_free(struct seq_file *m)
{
	kfree(m->buf);
	memset(m, 0, sizeof(*m));
}

void seq_cleanup(void *m)
{
	seq_free(m);
}
