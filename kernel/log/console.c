/* SPDX-License-Identifier: MIT */
/*
 * console.c: text for people: always to the serial line, and to whatever drivers register.
 *
 * Two kinds of text meet here: what commands print, and lines of the log. A log line that is still
 * without its newline is ended before anything else is written.
 */
#include "log/log.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "dev/dev.h"

#include <linux/console.h>
#include <linux/errno.h>
#include <linux/export.h>

static struct console *consoles;
static bool log_line_open;

static void write_all(const char *s, size_t len)
{
	serial_write(s, len);
	for (struct console *con = consoles; con; con = con->next)
		con->write(con, s, (unsigned int)len);
}

void console_log_end(void)
{
	if (log_line_open)
		write_all("\n", 1);
	log_line_open = false;
}

void console_log(const char *stamp, size_t stamp_len, const char *text, size_t len)
{
	console_log_end();
	write_all(stamp, stamp_len);
	write_all(text, len);
	log_line_open = true;
}

void console_log_more(const char *text, size_t len)
{
	write_all(text, len);
	log_line_open = true;
}

void console_write(const char *s, size_t len)
{
	unsigned long flags = irq_save();

	console_log_end();
	write_all(s, len);
	irq_restore(flags);
}

/* What the console would have shown, had it been there from the start. */
static void replay(struct console *con)
{
	static struct log_record record; /* too large for the stack; interrupts are off */
	char stamp[LOG_STAMP_MAX];

	for (u64 seq = 0; log_read(seq, &record) == 0; seq = record.seq + 1) {
		if (record.level >= console_loglevel())
			continue;
		con->write(con, stamp,
			   (unsigned int)console_stamp(stamp, sizeof(stamp), record.time_ns));
		con->write(con, record.text, record.len);
		con->write(con, "\n", 1);
	}
}

static struct console **find(const struct console *con)
{
	struct console **link = &consoles;

	while (*link && *link != con)
		link = &(*link)->next;
	return link;
}

void(register_console)(struct console *con, struct module *owner)
{
	unsigned long flags = irq_save();
	bool known = *find(con) != NULL;

	if (!known) {
		console_log_end();
		if (con->flags & CON_PRINTBUFFER)
			replay(con);
		con->owner = owner;
		con->next = consoles;
		consoles = con;
	}
	irq_restore(flags);
	if (known)
		pr_warn("console '%s' already registered\n", con->name);
}
EXPORT_SYMBOL(register_console);

int unregister_console(struct console *con)
{
	unsigned long flags = irq_save();
	struct console **link = find(con);
	int err = *link ? 0 : -ENODEV;

	if (!err)
		*link = con->next;
	irq_restore(flags);
	return err;
}
EXPORT_SYMBOL(unregister_console);

void console_forget(const struct module *owner, const char *name)
{
	struct console *con, *next;

	for (con = consoles; con; con = next) {
		next = con->next;
		if (con->owner != owner || unregister_console(con))
			continue;
		pr_warn("%s: console '%.*s' was left behind: unregister_console() is missing\n",
			name, (int)sizeof(con->name), con->name);
	}
}
