/* SPDX-License-Identifier: MIT */
/*
 * modprobe.h: modules by name: which file a name means, what that module needs, and the loading or
 * removing of all that, in order. What Linux leaves to a program, kmod's modprobe, is part of the
 * kernel here: there is no user space yet. How it works: probe.h.
 */
#ifndef KOAN_MODPROBE_H
#define KOAN_MODPROBE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/stdarg.h>

struct modprobe;

/* What is said on the way, and how it begins when kmod's modprobe says it. */
enum modprobe_voice {
	VOICE_ACTION,  /* "insmod PATH ARGS": -v shows it */
	VOICE_FATAL,   /* "modprobe: FATAL: "; with -a "modprobe: WARNING: " */
	VOICE_ERROR,   /* "modprobe: ERROR: " */
	VOICE_OUTPUT,  /* what was asked for, in pieces: standard output */
	VOICE_LIBRARY, /* kmod's library; nothing goes before it */
};

/* How to go about it. All zero: load what is asked for, and say nothing. */
struct modprobe_how {
	bool dry_run;	      /* -n: all but loading and removing */
	bool first_time;      /* --first-time: nothing to do is an error */
	bool use_blacklist;   /* -b: for names too, not only for aliases */
	bool ignore_loaded;   /* -D: as if no module were loaded */
	bool ignore_commands; /* -i: no install, no remove, no softdep of what is asked for */
	bool force;	      /* -f, when removing */
	unsigned int flags;   /* MODULE_INIT_*: -f, when loading */
	bool hold_log;	      /* log_hold() before each load: why one failed is log_take()n */

	/* Gets lines with their newline, but without what the voice puts before them. May be NULL. */
	__printf(3, 0) void (*say)(void *data, enum modprobe_voice voice, const char *fmt,
				   va_list args);
	void *data;
};

/*
 * Reads the configuration. What is found there holds until modprobe_end(), so one start will do for
 * many names. @how must live as long. 0 or -ENOMEM.
 */
__must_check int modprobe_start(struct modprobe **out, const struct modprobe_how *how);
void modprobe_end(struct modprobe *mp);
/* The same for cleanup_push(): code of a module may not come back. */
void modprobe_cleanup(void *mp);

/*
 * Loads what @name (a module's name or an alias) stands for, what that needs first, with @args
 * ("a=1 b=2"; NULL for none) for itself. What is there already is fine. 0 or a negative errno,
 * -ENOENT also when there is no such module; how->say() was told why.
 */
__must_check int modprobe_insert(struct modprobe *mp, const char *name, const char *args);
/* Unloads it, and then what it needed and nobody uses any more. */
__must_check int modprobe_remove(struct modprobe *mp, const char *name);

/* modprobe -c: says all that the configuration and depmod's lists have. 0 or -ENOMEM. */
__must_check int modprobe_show(struct modprobe *mp);

/*
 * Calls @fn for each module that @name stands for, until a result that is not 0, and returns that.
 * @path is NULL for one without a file: it is built in. -ENOENT when there is none at all.
 */
__must_check int modprobe_resolve(struct modprobe *mp, const char *name,
				  int (*fn)(const char *module, const char *path, void *data),
				  void *data);

/*
 * Loads what /etc/modules-load.d names, unless "noautoload" is on the kernel's command line. A name
 * that cannot be loaded costs a line in the log.
 */
void autoload(void);

/* request.c: runs what request_module_nowait() put off. Call it when no module's code is running. */
void request_module_run_pending(void);

#endif
