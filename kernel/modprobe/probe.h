/* SPDX-License-Identifier: MIT */
/*
 * probe.h: the folder's own header. From a name to loaded modules, in the order of the files:
 *
 *   modprobe.c  a run: what all that follows belongs to
 *   lines.c     the formats of the files: lines, words, keys; pure
 *   names.c     tables of names and patterns, fast to look up
 *   tables.c    /lib/modules/RELEASE and /etc/modprobe.d, read into such tables
 *   lookup.c    a name: which modules does it mean?
 *   plan.c      those, what they depend on and what goes along with them, in order
 *   insert.c    loads them            remove.c    unloads them, the other way round
 *   request.c   the same for a module that asks            autoload.c  for lists in /etc
 *   show.c      prints what the files say
 *
 * Everything that is read or found belongs to one struct modprobe, and goes with it: no function
 * gives back anything on its own. So nothing is lost when a module's code gets the task killed.
 */
#ifndef KOAN_PROBE_H
#define KOAN_PROBE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/module.h>
#include "fs/fs.h"
#include "fs/uts.h"
#include "modprobe/modprobe.h"

#define MODULES_FOLDER "/lib/modules/" UTS_RELEASE

/* --- lines.c. Pure: they cut the text up where it lies. --- */

/* A text that is read line by line. A NUL stands at @end. */
struct text {
	char *at, *end;
	unsigned int line; /* the number of the line read last */
};

/* The next line, without its newline; a backslash at its end joins it with the one after it. */
char *text_line(struct text *text);
/* The next word at *@at, parted by blanks: its length, and *@word; 0 when there is none. */
size_t next_word(const char **at, const char **word);
/* The module's name in a path, "my-mod" of "kernel/my-mod.ko": its length, and *@name. */
size_t path_module(const char *path, size_t len, const char **name);
/*
 * As kmod writes names and aliases: `_` for `-`, except between brackets. False: a bracket is
 * missing.
 */
bool name_normalize(char *name);
/* Of a folder of configuration, files that end in .conf are read; one that has only that is none. */
bool is_conf_file(const char *name);

/* "kernel/a.ko: kernel/b.ko": cuts at the colon; returns what follows it, NULL for no such line. */
char *dep_line(char *line);

/* A line of /etc/modprobe.d, modules.alias, modules.symbols or modules.softdep. */
enum conf_kind {
	CONF_ALIAS,
	CONF_BLACKLIST,
	CONF_OPTIONS,
	CONF_SOFTDEP,
	CONF_INSTALL,
	CONF_REMOVE,
	CONF_WEAKDEP, /* of no meaning here: for whoever makes an initrd */
	CONF_KINDS,
	CONF_NOTHING = CONF_KINDS, /* a comment, or blank */
	CONF_OLD,		   /* `include', `config': kmod reads them no more */
	CONF_BAD,
};

struct conf_line {
	enum conf_kind kind;
	char *word;  /* the first */
	char *key;   /* a name or pattern, normalized */
	char *value; /* the rest; one word for an alias, "" for a blacklist */
};

void conf_parse(char *line, struct conf_line *conf);
/* The word that a line of that kind begins with. */
const char *conf_word(enum conf_kind kind);

/* A word of the kernel's command line that concerns modprobe. */
enum cmdline_kind { CMDLINE_END, CMDLINE_OPTION, CMDLINE_BLACKLIST };

/* Takes the next such word off *@at. Option: "mod", "a=1" of mod.a=1. Blacklist: "" and "a,b". */
enum cmdline_kind cmdline_next(char **at, char **key, char **value);

enum softdep_side { SOFTDEP_NONE, SOFTDEP_PRE, SOFTDEP_POST };

/*
 * The next name of "pre: a b post: c" that is for @side. *@now is the side that *@at is in, at
 * first SOFTDEP_NONE. Returns its length, 0 at the end.
 */
size_t softdep_next(const char **at, enum softdep_side *now, enum softdep_side side,
		    const char **name);

/* --- names.c --- */

/* One name or pattern, and what it leads to. */
struct name_row {
	const char *key;
	const char *value;
	u32 key_len;
	u32 literal; /* of a pattern: characters before its first wildcard */
	u32 hash;
	u32 next; /* in its bucket; behind the last: NAMES_NONE */
	bool is_pattern;
};

#define NAMES_NONE (~(u32)0)

/* Rows keep the order in which they were added. `-` and `_` are the same in all lookups. */
struct names {
	struct name_row *rows; /* owned */
	u32 count, room;
	u32 *buckets; /* owned; built by the first lookup after a change */
	u32 mask;
	const struct name_row **patterns; /* owned, sorted by their literal parts */
	u32 pattern_count;
};

/* Does not copy: @key and @value must live as long as the table. */
__must_check int names_add(struct names *names, const char *key, size_t len, const char *value);
/* After the last names_add(), before the first lookup. */
__must_check int names_seal(struct names *names);
/* The first row with this key, and the one after @row; NULL: none. Patterns are not looked at. */
const struct name_row *names_find(const struct names *names, const char *key, size_t len);
const struct name_row *names_next(const struct names *names, const struct name_row *row);
/* Calls @fn for each row, in their order, whose key or pattern is @name; a result not 0 stops. */
__must_check int names_match(const struct names *names, const char *name,
			     int (*fn)(const struct name_row *row, void *data), void *data);
void names_free(struct names *names);

/* --- modprobe.c: a run, from start to end --- */

enum table {
	/* The first CONF_KINDS: what the configuration says, by kind of line. */
	TABLE_DEP = CONF_KINDS, /* module -> its line of modules.dep, which begins with its path */
	TABLE_BUILTIN,
	TABLE_ALIAS,
	TABLE_SYMBOL,
	TABLE_BUILTIN_ALIAS, /* as TABLE_ALIAS, for what is built in */
	TABLES,
};

#define FOUND_BUCKETS 64

struct modprobe {
	const struct modprobe_how *how;
	struct probe_block *blocks; /* owned: all that probe_alloc() gave */
	struct names tables[TABLES];
	bool have[TABLES];
	struct found *found[FOUND_BUCKETS];
	u32 plans;		/* made so far */
	char path[FS_PATH_MAX]; /* see found_path() */
};

__printf(3, 4) void say(struct modprobe *mp, enum modprobe_voice voice, const char *fmt, ...);
/* Zeroed memory that goes with @mp; NULL when there is none. */
void *probe_alloc(struct modprobe *mp, size_t size);
/*
 * Room for one more row of @size bytes behind @count of them in @array, which has *@room and may
 * move. NULL when there is no memory; @array is then as it was.
 */
void *probe_grow(struct modprobe *mp, void *array, u32 count, u32 *room, size_t size);
/* The exit status of an `install' or `remove' command; -ENOSYS: nobody here can run it. */
__must_check int command_run(const char *command);
/* What to say then: which kind of command, the command, the module. */
#define COMMAND_UNKNOWN                                                                            \
	"cannot run the %s command '%s' for module %s: only /bin/true and /bin/false are known\n"

/* --- tables.c --- */

/* All of /etc/modprobe.d, modules.softdep and the kernel's command line. */
__must_check int tables_read_config(struct modprobe *mp);
/* Reads a table of /lib/modules/RELEASE if that was not done yet. A missing file is an empty one. */
__must_check int table_need(struct modprobe *mp, enum table table);
/* The text of a file, which goes with @mp; -ENOENT and what file_open() returns. */
__must_check int text_read(struct modprobe *mp, struct node *node, struct text *text);

/* --- lookup.c --- */

/* A module that was found. By its name and by an alias it is two of these: options may differ. */
struct found {
	struct found *next;	     /* in its bucket */
	const struct name_row *file; /* in TABLE_DEP; NULL: it has none */
	const char *alias;	     /* what it was looked up as; NULL: its name */
	u32 visited;		     /* the plan that met it last */
	u32 required;		     /* the plan that cannot do without it */
	bool skip_commands;	     /* it has softdeps, which take the place of install commands */
	bool going;		     /* it is being removed */
	char name[MODULE_NAME_LEN];
};

struct found_list {
	struct found **v;
	u32 count, room;
};

/* Adds to @list what @name (of @len bytes) stands for, which may be nothing. 0 or -ENOMEM. */
__must_check int lookup(struct modprobe *mp, const char *name, size_t len, struct found_list *list);
/* Adds what @found depends on, in the order of modules.dep: what others need comes last. */
__must_check int lookup_dependencies(struct modprobe *mp, const struct found *found,
				     struct found_list *list);
__must_check int found_list_add(struct modprobe *mp, struct found_list *list, struct found *found);
/* Its full path, until the next call; NULL when it has no file. */
const char *found_path(struct modprobe *mp, const struct found *found);
bool is_builtin(const struct modprobe *mp, const struct found *found);
/* What the configuration has for it: the first line of that kind, or NULL. */
const char *found_command(const struct modprobe *mp, const struct found *found,
			  enum conf_kind kind);

/* --- plan.c --- */

/* Something to do, later: softdeps of softdeps have no end that a stack could bear. */
struct task {
	struct found *found;
	enum task_kind { TASK_VISIT, TASK_PLACE, TASK_FINISH } kind;
};

struct agenda {
	struct task *v; /* the last is done first */
	u32 count, room;
};

__must_check int agenda_add(struct modprobe *mp, struct agenda *agenda, struct found *found,
			    enum task_kind kind);
/* Visits to all that @found's softdep names on that side. */
__must_check int agenda_add_softdeps(struct modprobe *mp, struct agenda *agenda,
				     const struct found *found, enum softdep_side side);
/* What was added since there were @mark: the first is to be done first. */
void agenda_turn(struct agenda *agenda, u32 mark);
/* False when nothing is left to do. */
bool agenda_take(struct agenda *agenda, struct task *task);

/* Adds to @list all that loading @found takes, in order; what several need, several times. */
__must_check int plan_insertion(struct modprobe *mp, struct found *found, struct found_list *list);

#endif
