/* SPDX-License-Identifier: MIT */
/*
 * autoload.c: the modules of the boot: each /etc/modules-load.d/NAME.conf has a name a line, as on
 * Linux (modules-load.d(5)); blank lines and those that begin with # or ; are passed over. What is
 * built in or loaded already is fine. A failure is told in the log, and the boot goes on.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "lib/lib.h"
#include "mm/mm.h"
#include "sched/sched.h"

#define LIST_FOLDER "/etc/modules-load.d"

__printf(3, 0) static void say_to_log(void *data, enum modprobe_voice voice, const char *fmt,
				      va_list args)
{
	char text[256];

	(void)data;
	if (voice == VOICE_ACTION)
		return;
	vsnprintf(text, sizeof(text), fmt, args);
	pr_err("autoload: %s", text);
}

struct name {
	struct modprobe *mp;
	const char *name;
};

static int load_name(void *data)
{
	struct name *name = data;

	return modprobe_insert(name->mp, name->name, NULL);
}

/* What the module does wrong costs only itself. When it cannot be loaded, that was said already. */
static void load_as_task(struct modprobe *mp, const char *name)
{
	struct name data = {.mp = mp, .name = name};
	int err;

	if (!task_run(load_name, &data, &err))
		pr_err("autoload: killed while it loaded %s\n", name);
}

static void load_list(struct modprobe *mp, struct node *file)
{
	struct text text;
	char *line;
	int err = text_read(mp, file, &text);

	if (err) {
		pr_err("autoload: " LIST_FOLDER "/%s: %s\n", file->name, errno_text(err));
		return;
	}
	while ((line = text_line(&text))) {
		line = strim(line);
		if (*line && *line != '#' && *line != ';')
			load_as_task(mp, line);
	}
}

void autoload(void)
{
	static const struct modprobe_how how = {.use_blacklist = true, .say = say_to_log};
	struct node *dir, *child;
	struct modprobe *mp;
	char value[2];

	if (cmdline_get(boot_info.cmdline, "noautoload", value, sizeof(value)) != -ENOENT)
		return;
	if (fs_lookup(&fs_root, LIST_FOLDER, &dir))
		return;
	if (modprobe_start(&mp, &how)) {
		pr_err("autoload: no memory\n");
		return;
	}
	list_for_each_entry (child, &dir->children, siblings)
		if (is_conf_file(child->name))
			load_list(mp, child);
	modprobe_end(mp);
	request_module_run_pending();
}
