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

enum { OPTION_FIRST_TIME = 1 };

static const struct long_option long_options[] = {
	{"all", 'a'},
	{"dry-run", 'n'},
	{"first-time", OPTION_FIRST_TIME},
	{"help", 'h'},
	{"ignore-install", 'i'},
	{"ignore-remove", 'i'},
	{"quiet", 'q'},
	{"remove", 'r'},
	{"resolve-alias", 'R'},
	{"show", 'n'},
	{"show-depends", 'D'},
	{"use-blacklist", 'b'},
	{"verbose", 'v'},
	{NULL, 0},
};

struct request {
	struct io *io;
	struct modprobe_how how;
	bool all, remove, resolve, quiet, show, help;
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

static int do_one(struct request *r, struct modprobe *mp, const char *name, const char *args)
{
	if (r->resolve)
		return modprobe_resolve(mp, name, print_name, r->io);
	return r->remove ? modprobe_remove(mp, name) : modprobe_insert(mp, name, args);
}

/* One name with its parameters, or names only. The last failure is the result. */
static int do_all(struct request *r, struct modprobe *mp, char **words, int n)
{
	struct seq_file args = {0};
	int err, last = 0, i;

	if (r->all || r->remove) {
		for (i = 0; i < n; i++) {
			err = do_one(r, mp, words[i], NULL);
			last = err ?: last;
		}
		return last;
	}
	err = join_parameters(&args, words + 1, n - 1);
	err = err ?: do_one(r, mp, words[0], args.buf);
	seq_free(&args);
	return err;
}

static bool set_option(struct request *r, int letter)
{
	switch (letter) {
	case 'a':
		r->all = true;
		break;
	case 'b':
		r->how.use_blacklist = true;
		break;
	case 'D':
		r->how.ignore_loaded = r->how.dry_run = r->show = true;
		break;
	case 'h':
		r->help = true;
		break;
	case 'i':
		r->how.ignore_commands = true;
		break;
	case 'n':
		r->how.dry_run = true;
		break;
	case 'q':
		r->quiet = true;
		break;
	case 'r':
		r->remove = true;
		break;
	case 'R':
		r->resolve = true;
		break;
	case 'v':
		r->show = true;
		break;
	case OPTION_FIRST_TIME:
		r->how.first_time = true;
		break;
	default:
		return false;
	}
	return true;
}

static int modprobe_run(struct io *io, int argc, char **argv)
{
	struct request r = {.io = io, .how = {.say = speak}};
	struct modprobe *mp;
	struct options o;
	int letter, err;

	r.how.data = &r;
	options_start(&o, io, "abDhinqrRv", argc, argv);
	o.longs = long_options;
	while ((letter = option_next(&o)))
		if (!set_option(&r, letter))
			return 1;
	if (r.help) {
		command_help(io, &cmd_modprobe);
		return 0;
	}
	if (!o.operands) {
		complain(io, "ERROR: missing parameters. See -h.\n");
		return 1;
	}
	err = modprobe_start(&mp, &r.how);
	if (err) {
		complain(io, "FATAL: %s\n", errno_text(err));
		return 1;
	}
	err = do_all(&r, mp, argv + 1, o.operands);
	modprobe_end(mp);
	return err != 0;
}

const struct command cmd_modprobe = {
	.name = "modprobe",
	.usage = "[-bDinqRv] NAME [PARAMETER=VALUE]...\n"
		 "       modprobe -a [-bDinqRv] NAME...\n"
		 "       modprobe -r [-inqv] NAME...",
	.brief = "load or unload a module and what it needs",
	.text = "A NAME is that of a module in /lib/modules/" UTS_RELEASE ", or an alias of one.\n"
		"Files in /etc/modprobe.d say what else there is to know.\n"
		"  -a, --all            load all NAMEs\n"
		"  -b, --use-blacklist  load nothing that the configuration has a blacklist line for\n"
		"  -D, --show-depends   only print what would be loaded if nothing were\n"
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
