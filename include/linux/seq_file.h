/* SPDX-License-Identifier: MIT */
/*
 * seq_file.h: a text that is made when it is read. A show function prints into it with seq_printf()
 * and need not care how long the text becomes: the buffer grows.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>

struct seq_file {
	char *buf;     /* heap, owned; not NUL-terminated */
	size_t size;   /* bytes of room */
	size_t count;  /* bytes written */
	bool overflow; /* memory ran out: what was written since is lost */
	void *private; /* whatever the file's creator gave */
};

__printf(2, 3) void seq_printf(struct seq_file *m, const char *fmt, ...);
__printf(2, 0) void seq_vprintf(struct seq_file *m, const char *fmt, va_list args);
void seq_putc(struct seq_file *m, char c);
void seq_puts(struct seq_file *m, const char *s);
/* Returns 0, or -1 when memory ran out. */
int seq_write(struct seq_file *m, const void *data, size_t len);

#endif
