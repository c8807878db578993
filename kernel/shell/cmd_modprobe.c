/* SPDX-License-Identifier: MIT */
/*
 * cmd_modprobe.c: modprobe: kmod's options and kmod's words. What they mean is decided in
 * kernel/modprobe/.
 */
#include "shell/command.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "fs/uts.h"
#include "lib/lib.h"
#include "modprobe/modprobe.h"
#include "module/modules.h"

enum { OPTION_FIRST_TIME = 1, OPTION_FORCE_MODVERSION, OPTION_FORCE_VERMAGIC };

static const struct long_option long_options[] = {
	{"all", 'a'},
	{"dry-run", 'n'},
	{"first-time", OPTION_FIRST_TIME},
	{"force", 'f'},
	{"force-modversion", OPTION_FORCE_MODVERSION},
	{"force-vermagic", OPTION_FORCE_VERMAGIC},
	{"help", 'h'},
	{"ignore-install", 'i'},
	{"ignore-remove", 'i'},
	{"quiet", 'q'},
	{"remove", 'r'},
	{"resolve-alias", 'R'},
	{"show", 'n'},
	{"show-config", 'c'},
	{"show-depends", 'D'},
	{"showconfig", 'c'},
	{"use-blacklist", 'b'},
	{"verbose", 'v'},
	{NULL, 0},
};

struct request {
	struct io *io;
	struct modprobe_how how;
	bool all, remove, resolve, quiet, show, config, help;
};

/* --- what is said --- */

__printf(3, 0) static void speak(void *data, enum modprobe_voice voice, const char *fmt,
				 va_list args)
{
	const struct request *r = data;
	struct io *io = r->io;

	if (voice == VOICE_ACTION) {
		if (r->show)
			stream_vprintf(io->out, fmt, args);
		return;
	}
	if (voice == VOICE_OUTPUT) {
		stream_vprintf(io->out, fmt, args);
		return;
	}
	if (r->quiet && voice != VOICE_LIBRARY)
		return;
	if (voice == VOICE_ERROR)
		complain(io, "ERROR: ");
	else if (voice == VOICE_FATAL)
		complain(io, r->all ? "WARNING: " : "FATAL: ");
	stream_vprintf(io->err, fmt, args);
}

static int print_name(const char *module, const char *path, void *io)
{
	(void)path;
	out(io, "%s\n", module);
	return 0;
}

/* --- parameters --- */

/* A value with blanks is quoted, as the loader wants it: a="1 2" was typed, a=1 2 has come. */
static void join_parameter(struct seq_file *m, const char *word)
{
	const char *value = strchr(word, '=');
	bool quote = value && value[1] != '"' && value[1] != '\'' && strchr(value, ' ');

	if (quote)
		seq_printf(m, "%.*s=\"%s\"", (int)(value - word), word, value + 1);
	else
		seq_puts(m, word);
}

static int join_parameters(struct seq_file *m, char **words, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (i)
			seq_putc(m, ' ');
		join_parameter(m, words[i]);
	}
	seq_putc(m, '\0');
	return m->overflow ? -ENOMEM : 0;
}

/* --- doing it --- */

/* Why a load failed is printed below the line that says so; with -q it is left to the log. */
static int insert(struct request *r, struct modprobe *mp, const char *name, const char *args)
{
	struct reasons reasons;
	int err;

	if (r->quiet)
		return modprobe_insert(mp, name, args);
	reasons_start(&reasons, false);
	err = modprobe_insert(mp, name, args);
	reasons_end(&reasons, r->io, err);
	return err;
}

static int do_one(struct request *r, struct modprobe *mp, const char *name, const char *args)
{
	if (r->resolve)
		return modprobe_resolve(mp, name, print_name, r->io);
	return r->remove ? modprobe_remove(mp, name) : insert(r, mp, name, args);
}

static int do_first(struct request *r, struct modprobe *mp, char **words, int n)
{
	struct seq_file args = {0};
	struct cleanup cleanup;
	int err;

	cleanup_push(&cleanup, seq_cleanup, &args);
	err = join_parameters(&args, words + 1, n - 1);
	err = err ?: do_one(r, mp, words[0], args.buf);
	cleanup_pop(&cleanup);
	seq_free(&args);
	return err;
}

/* One name with its parameters, or names only. The last failure is the result. */
static int do_all(struct request *r, struct modprobe *mp, char **words, int n)
{
	int err, last = 0, i;

	if (!r->all && !r->remove)
		return do_first(r, mp, words, n);
	for (i = 0; i < n; i++) {
		err = do_one(r, mp, words[i], NULL);
		last = err ?: last;
	}
	return last;
}

/* What an option sets: so many switches at most, and flags of the load. */
struct option_effect {
	int letter;
	unsigned int flags; /* MODULE_INIT_* */
	size_t switches[3]; /* where in struct request; 0, which no switch is, ends them early */
};

/* Only of a bool: any other type does not compile. */
#define SWITCH(name) _Generic(((struct request *)NULL)->name, bool : offsetof(struct request, name))

static const struct option_effect effects[] = {
	{'a', .switches = {SWITCH(all)}},
	{'b', .switches = {SWITCH(how.use_blacklist)}},
	{'c', .switches = {SWITCH(config)}},
	{'D', .switches = {SWITCH(how.ignore_loaded), SWITCH(how.dry_run), SWITCH(show)}},
	{'f', .flags = MODULE_INIT_FORCED, .switches = {SWITCH(how.force)}},
	{'h', .switches = {SWITCH(help)}},
	{'i', .switches = {SWITCH(how.ignore_commands)}},
	{'n', .switches = {SWITCH(how.dry_run)}},
	{'q', .switches = {SWITCH(quiet)}},
	{'r', .switches = {SWITCH(remove)}},
	{'R', .switches = {SWITCH(resolve)}},
	{'v', .switches = {SWITCH(show)}},
	{OPTION_FIRST_TIME, .switches = {SWITCH(how.first_time)}},
	{OPTION_FORCE_MODVERSION, .flags = MODULE_INIT_IGNORE_MODVERSIONS},
	{OPTION_FORCE_VERMAGIC, .flags = MODULE_INIT_IGNORE_VERMAGIC},
};

static_assert(offsetof(struct request, io) == 0, "a switch at 0 would end the row");

static bool set_option(struct request *r, int letter)
{
	const struct option_effect *effect;
	unsigned int i;

	for (effect = effects; effect < effects + ARRAY_SIZE(effects); effect++) {
		if (effect->letter != letter)
			continue;
		r->how.flags |= effect->flags;
		for (i = 0; i < ARRAY_SIZE(effect->switches) && effect->switches[i]; i++)
			*(bool *)((u8 *)r + effect->switches[i]) = true;
		return true;
	}
	return false;
}

static int run_request(struct request *r, char **words, int n)
{
	struct cleanup cleanup;
	struct modprobe *mp;
	int err = modprobe_start(&mp, &r->how);

	if (err) {
		complain(r->io, "FATAL: %s\n", errno_text(err));
		return 1;
	}
	cleanup_push(&cleanup, modprobe_cleanup, mp);
	err = r->config ? modprobe_show(mp) : do_all(r, mp, words, n);
	cleanup_pop(&cleanup);
	modprobe_end(mp);
	return err != 0;
}

static int modprobe_run(struct io *io, int argc, char **argv)
{
	struct request r = {.io = io, .how = {.say = speak}};
	struct options o;
	int letter;

	r.how.data = &r;
	options_start(&o, io, "abcDfhinqrRv", argc, argv);
	o.longs = long_options;
	while ((letter = option_next(&o)))
		if (!set_option(&r, letter))
			return 1;
	if (r.help) {
		command_help(io, &cmd_modprobe);
		return 0;
	}
	if (!o.operands && !r.config) {
		complain(io, "ERROR: missing parameters. See -h.\n");
		return 1;
	}
	r.how.hold_log = !r.quiet;
	return run_request(&r, argv + 1, o.operands);
}

const struct command cmd_modprobe = {
	.name = "modprobe",
	.usage = "[-bDfinqRv] NAME [PARAMETER=VALUE]...\n"
		 "       modprobe -a [-bDfinqRv] NAME...\n"
		 "       modprobe -r [-finqv] NAME...\n"
		 "       modprobe -c",
	.brief = "load or unload a module and what it needs",
	.text = "A NAME is that of a module in /lib/modules/" UTS_RELEASE ", or an alias of one.\n"
		"Files in /etc/modprobe.d say what else there is to know.\n"
		"  -a, --all            load all NAMEs\n"
		"  -b, --use-blacklist  load nothing that the configuration has a blacklist line for\n"
		"  -c, --showconfig     only print what the files say\n"
		"  -D, --show-depends   only print what would be loaded if nothing were\n"
		"  -f, --force          load what does not fit, unload what is in use; may end badly\n"
		"      --first-time     fail when there is nothing to do\n"
		"  -i, --ignore-install, --ignore-remove\n"
		"                       as if there were no install, remove or softdep for NAME\n"
		"  -n, --dry-run        do not load or unload anything\n"
		"  -q, --quiet          no word about what goes wrong\n"
		"  -R, --resolve-alias  only print which modules NAME stands for\n"
		"  -r, --remove         unload, also what is then not used any more\n"
		"  -v, --verbose        print what is done",
	.run = modprobe_run,
};
