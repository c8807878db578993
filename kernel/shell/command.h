/* SPDX-License-Identifier: MIT */
/*
 * command.h: what a command is, and what it may use. Prototypes are grouped by file.
 */
#ifndef KOAN_SHELL_COMMAND_H
#define KOAN_SHELL_COMMAND_H

#include <koan/command.h>
#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>
#include "fs/fs.h"
#include "sched/sched.h"

/* --- io.c: where text goes to and comes from --- */

/* The console, or a buffer that the next command, or a file, will get. */
struct stream {
	bool buffered;
	struct seq_file buffer;
};

struct io {
	const char *name; /* of the command, for its messages */
	struct stream *out, *err;
	bool has_input; /* from a pipe or a file; otherwise what is typed is the input */
	bool is_file;	/* from a file */
	const char *input;
	size_t input_len;
	struct seq_file typed;
};

void stream_write(struct stream *s, const char *text, size_t len);
__printf(2, 0) void stream_vprintf(struct stream *s, const char *fmt, va_list args);

/* To the standard output, and to the standard error with "NAME: " before it. */
void out_write(struct io *io, const char *text, size_t len);
__printf(2, 3) void out(struct io *io, const char *fmt, ...);
__printf(2, 3) void complain(struct io *io, const char *fmt, ...);
/* As complain(), without the name. */
__printf(2, 3) void err(struct io *io, const char *fmt, ...);

/* Whether the output is read by a person, who gets columns, or by a program. */
bool out_is_console(const struct io *io);

/* --- options.c (what modules may call too is in include/koan/command.h) --- */

/* For a command that takes neither options nor operands: complains of the first, and returns false. */
__must_check bool options_none(struct io *io, int argc, char **argv);
/* A whole number, or complains "NAME: invalid WHAT: 'TEXT'" and returns false. */
__must_check bool option_number(struct io *io, const char *what, const char *text, u64 *value);

/* --- source.c --- */

/* A file, or the standard input for "-". */
struct source {
	const char *data;
	size_t size;
	struct file_view view;
};

/* 0, or what went wrong, for the command to word. source_close() is then not needed. */
__must_check int source_open(struct io *io, const char *path, struct source *source);
void source_close(struct source *source);

/* One line of a text: what lies before the newline. */
struct text_line {
	const char *start;
	size_t len;
	bool newline; /* only the last line may lack it */
};

/* Takes the line at *@data (of *@size bytes) off it; false when nothing is left. */
bool text_next(const char **data, size_t *size, struct text_line *line);

/* A command that uses one text after the other. */
struct source_user {
	int (*use)(struct io *io, const char *path, const struct source *source, void *data);
	const char *cannot_open;  /* what to complain with: a format for the path and the reason */
	const char *is_directory; /* for a directory, which is then an empty text; may be NULL */
	int trouble;		  /* the exit status after such a complaint */
};

/* Calls use() for every operand, or for the standard input; returns the worst status. */
int each_source(struct options *o, const struct source_user *user, void *data);

/* --- commands.c --- */

/* run() returns the exit status. It is NULL for the words of the shell itself, which run.c knows. */
struct command {
	const char *name;
	const char *usage; /* its arguments, after the name */
	const char *brief; /* one line of `help` */
	const char *text;  /* `help NAME` */
	int (*run)(struct io *io, int argc, char **argv);
	bool plain;	      /* "--help" is an argument like any other */
	struct module *owner; /* stays while it runs; NULL for the shell's own */
};

/* Prints what `help NAME` prints. */
void command_help(struct io *io, const struct command *command);

/* The commands, each beside its function. */
extern const struct command cmd_cat;
extern const struct command cmd_cd;
extern const struct command cmd_clear;
extern const struct command cmd_cp;
extern const struct command cmd_dmesg;
extern const struct command cmd_echo;
extern const struct command cmd_elf;
extern const struct command cmd_exit;
extern const struct command cmd_false;
extern const struct command cmd_free;
extern const struct command cmd_grep;
extern const struct command cmd_head;
extern const struct command cmd_help;
extern const struct command cmd_hexdump;
extern const struct command cmd_id;
extern const struct command cmd_insmod;
extern const struct command cmd_ksym;
extern const struct command cmd_ls;
extern const struct command cmd_lsmod;
extern const struct command cmd_mkdir;
extern const struct command cmd_modinfo;
extern const struct command cmd_modprobe;
extern const struct command cmd_poweroff;
extern const struct command cmd_ptdump;
extern const struct command cmd_pwd;
extern const struct command cmd_reboot;
extern const struct command cmd_rm;
extern const struct command cmd_rmmod;
extern const struct command cmd_sort;
extern const struct command cmd_su;
extern const struct command cmd_tail;
extern const struct command cmd_time;
extern const struct command cmd_touch;
extern const struct command cmd_true;
extern const struct command cmd_uname;
extern const struct command cmd_uptime;
extern const struct command cmd_wc;
extern const struct command cmd_whoami;

const struct command *command_find(const char *name);
/* By number, in the order of their names; NULL behind the last. */
const struct command *command_at(unsigned int i);

/* --- register_command.c: those of modules, in the order of their names --- */

/* The first whose name is @name or comes after it; NULL: there is none. */
const struct command *registered_from(const char *name);
/* Once: from now on the commands of a module that goes are taken away, if it has forgotten to. */
void registered_watch_modules(void);
/* The next one; NULL behind the last. */
const struct command *registered_after(const struct command *command);

/* --- words.c --- */

/* The words of one command: argv of it. All zero: none. */
struct words {
	char **v; /* NULL behind the last */
	int n, room;
};

/* Takes over @word (heap), also when it fails. */
__must_check int words_add(struct words *words, char *word);
/* Takes the first word out. */
void words_shift(struct words *words);
void words_free(struct words *words);

struct token;

/* Adds what @token stands for: one word, or all files that a pattern names. */
__must_check int words_expand(struct words *words, const struct token *token, int status);

/* --- glob.c --- */

/* Adds the files that @pattern names, sorted; none is no error. */
__must_check int glob_expand(struct words *words, const char *pattern);

/* --- redirect.c --- */

/* An output that is written into a file when the command has ended. */
struct redirect {
	struct stream stream;
	char *path; /* from the root; NULL: not redirected */
	bool append;
};

/* What one command of a pipeline reads and writes. All zero, then stdio_start(). */
struct stdio {
	struct stream pipe; /* to the next command or the console: what `out` is at first */
	struct stream console;
	struct stream *out, *err;
	struct redirect to_file[2];
	struct node *from; /* `<`; NULL: none */
	struct file_view from_file;
	bool has_input, is_file;
	const char *input;
	size_t input_len;
};

void stdio_start(struct stdio *io);
/* Applies one redirection; @path is NULL for those without a file. A negative errno. */
__must_check int stdio_redirect(struct stdio *io, int token_type, const char *path);
/* Reads what `<` names. */
__must_check int stdio_open(struct stdio *io);
/* Writes files, gives all back but the pipe's buffer. 0 or the first file's error. */
__must_check int stdio_finish(struct stdio *io);
/* The same without writing: the command was killed. */
void stdio_drop(struct stdio *io);

/* --- reasons.c --- */

/* While a module is being loaded: what the loader has to say. */
struct reasons {
	struct cleanup cleanup;
	bool dry_run;
};

/* From here on what the loader says waits; in a @dry_run it does not even come into the log. */
void reasons_start(struct reasons *reasons, bool dry_run);
/* It is printed now: to the standard error when the load has @failed, else as the log always is. */
void reasons_end(struct reasons *reasons, struct io *io, bool failed);

/* --- run.c --- */

#define STATUS_SYNTAX	    2
#define STATUS_NOT_RUNNABLE 126
#define STATUS_NOT_FOUND    127
#define STATUS_INTERRUPTED  130
#define STATUS_KILLED	    137 /* 128 and SIGKILL's number, as with bash */

/* Runs a whole line; its exit status is `$?` from then on. */
void shell_execute(const char *line);
void shell_set_status(int status);
int shell_status(void);

/* --- shell.c --- */

/*
 * Runs @line, or when it is NULL the lines that are typed, until shell_leave(); returns the last exit
 * status. Inside of another such shell: STATUS_NOT_RUNNABLE.
 */
int shell_inner(const char *line);
/* The innermost shell runs nothing more; false when it is the outermost, which goes on. */
bool shell_leave(void);
bool shell_is_leaving(void);

/* --- cwd.c --- */

/* -ENOENT when somebody removed the directory that we are in. */
__must_check int cwd_node(struct node **out);
const char *cwd_path(void);
__must_check int cwd_set(const char *path);
/* fs_lookup(), fs_lookup_link() and fs_make() from the current directory. */
__must_check int path_lookup(const char *path, struct node **out);
__must_check int path_lookup_link(const char *path, struct node **out);
__must_check int path_make(const char *path, umode_t mode, struct node **out);

/* --- complete.c --- */

struct completion;
void complete_word(const char *line, struct completion *found);
void complete_list(const char *line);

/* --- console.c: the line editor on the real console --- */

/* Reads a line with @prompt before it: enum line_event of line.h. */
int console_read_line(const char *prompt, const char **text);

#endif
