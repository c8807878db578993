/* SPDX-License-Identifier: MIT */
/* registrations.c: commands, files in /proc, consoles; and typing. */
#include <koan/command.h>
#include <koan/console.h>
#include <linux/console.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/string.h>

#include "ask.h"

/* --- commands --- */

static int asker_run(struct io *io, int argc, char **argv)
{
	struct options o;
	int letter;

	options_start(&o, io, "ab:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 2;
		command_out(io, "option %c%s\n", letter, letter == 'b' ? o.arg : "");
	}
	for (int i = 1; i <= o.operands; i++)
		command_err(io, "operand %s\n", argv[i]);
	return o.operands;
}

#define COMMAND(its_name)                                                                          \
	{                                                                                          \
		.name = its_name, .usage = "[-a] [-b X] [WORD]...", .brief = "say what it got",    \
		.text = "One line each.", .run = asker_run,                                        \
	}

static struct console_command asker_command = COMMAND("asker"), same = COMMAND("asker"),
			      taken = COMMAND("cat"), two_words = COMMAND("two words"),
			      path = COMMAND("a/b"), empty = COMMAND(""), no_name = COMMAND(NULL),
			      no_text = COMMAND("no-text"), no_run = COMMAND("no-run");

void ask_commands(void)
{
	no_text.text = NULL;
	no_run.run = NULL;
	ASK(register_command(&asker_command));
	ASK(register_command(&asker_command));
	ASK(register_command(&same));
	ASK(register_command(&taken));
	ASK(register_command(&two_words));
	ASK(register_command(&path));
	ASK(register_command(&empty));
	ASK(register_command(&no_name));
	ASK(register_command(&no_text));
	ASK(register_command(&no_run));
	unregister_command(&same);
}

void end_commands(void)
{
	unregister_command(&asker_command);
}

/* --- /proc --- */

static int text_show(struct seq_file *m, void *v)
{
	seq_printf(m, "text of %s\n", m->private ? (char *)m->private : "nobody");
	return 0;
}

static ssize_t greedy_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	return size + 1;
}

static ssize_t endless_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	memset(buf, 'x', size);
	return size;
}

static ssize_t lazy_write(struct file *file, const char *buf, size_t size, loff_t *pos)
{
	SAY("got %c", *buf);
	return *buf == '!' ? -ENOSPC : *buf == '0' ? 0 : 1;
}

static int closed_open(struct inode *inode, struct file *file)
{
	return -EPERM;
}

static ssize_t suicide_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	remove_proc_entry("asker/suicide", NULL);
	return 0;
}

static const struct proc_ops greedy = {.proc_read = greedy_read};
static const struct proc_ops endless = {.proc_read = endless_read};
static const struct proc_ops lazy = {.proc_write = lazy_write};
static const struct proc_ops closed = {.proc_open = closed_open};
static const struct proc_ops suicide = {.proc_read = suicide_read};
static const struct proc_ops nothing;

void ask_proc(void)
{
	struct proc_dir_entry *folder = proc_mkdir("asker", NULL);

	HAS(folder);
	HAS(proc_create_single_data("text", 0, folder, text_show, "asker"));
	HAS(proc_create_single("asker/other", 0444, NULL, text_show));
	HAS(proc_create("greedy", 0, folder, &greedy));
	HAS(proc_create("endless", 0, folder, &endless));
	HAS(proc_create("lazy", 0200, folder, &lazy));
	HAS(proc_create("closed", 0644, folder, &closed));
	HAS(proc_create("nothing", 0666, folder, &nothing));
	HAS(proc_create("suicide", 0, folder, &suicide));
	HAS(proc_create("text", 0, folder, &greedy));
	HAS(proc_create("modules", 0, NULL, &greedy));
	HAS(proc_create("no/such/folder", 0, NULL, &greedy));
	HAS(proc_create("", 0, NULL, &greedy));
	HAS(proc_mkdir("asker", NULL));
	remove_proc_entry("modules", NULL);
	remove_proc_entry("no-such", folder);
	ASK(remove_proc_subtree("no-such", NULL));
	proc_remove(NULL);
}

void end_proc(void)
{
	ASK(remove_proc_subtree("asker", NULL));
}

/* --- the console --- */

static char heard[256];
static size_t heard_len;

static void listen(struct console *con, const char *s, unsigned int n)
{
	for (unsigned int i = 0; i < n && heard_len < sizeof(heard) - 1; i++)
		heard[heard_len++] = s[i];
}

static struct console ear = {.name = "ear", .write = listen};
static struct console stranger = {.name = "stranger", .write = listen};

static int heard_show(struct seq_file *m, void *v)
{
	seq_puts(m, heard);
	return 0;
}

void ask_console(void)
{
	register_console(&ear);
	register_console(&ear);
	ASK(unregister_console(&stranger));
	HAS(proc_create_single("heard", 0, NULL, heard_show));
}

void end_console(void)
{
	remove_proc_entry("heard", NULL);
	ASK(unregister_console(&ear));
	ASK(unregister_console(&ear));
}

void ask_input(void)
{
	static char much[9000];

	HAS(console_input(much, sizeof(much)));
	HAS(console_input("echo typed by a module\r", 23));
}
