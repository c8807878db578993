/* SPDX-License-Identifier: MIT */
/*
 * notifier.c: phase 9, telling others. Whoever registered hears of each module that comes, lives
 * and goes, highest priority first. One that is told COMING may veto; then those who heard before
 * it hear GOING, in the same order, and nobody hears of the module again. Who goes and is still
 * registered is taken off the list.
 */
#include "module/load.h"
#include "module/private.h"
#include "module/registry.h"

#include <linux/notifier.h>

static struct notifier_block *chain;

int register_module_notifier(struct notifier_block *nb)
{
	struct notifier_block **link, **place = NULL;

	for (link = &chain; *link; link = &(*link)->next) {
		if (*link == nb)
			return -EEXIST;
		if (!place && nb->priority > (*link)->priority)
			place = link;
	}
	place = place ?: link;
	nb->next = *place;
	*place = nb;
	return 0;
}
EXPORT_SYMBOL(register_module_notifier);

int unregister_module_notifier(struct notifier_block *nb)
{
	struct notifier_block **link;

	for (link = &chain; *link; link = &(*link)->next) {
		if (*link == nb) {
			*link = nb->next;
			return 0;
		}
	}
	return -ENOENT;
}
EXPORT_SYMBOL(unregister_module_notifier);

/*
 * Tells all up to, not including, @end, or until one says stop; then that one is in *@stopped. The
 * next is looked up before the call: whoever is called may unregister itself.
 */
static int tell(struct module *mod, enum module_state what, const struct notifier_block *end,
		const struct notifier_block **stopped)
{
	struct notifier_block *nb, *next;
	int ret = NOTIFY_DONE;

	for (nb = chain; nb && nb != end; nb = next) {
		next = nb->next;
		ret = nb->notifier_call(nb, what, mod);
		if (ret & NOTIFY_STOP_MASK) {
			*stopped = nb;
			break;
		}
	}
	return ret;
}

static unsigned int notifier_count(void)
{
	const struct notifier_block *nb;
	unsigned int n = 0;

	for (nb = chain; nb; nb = nb->next)
		n++;
	return n;
}

int notify_coming(struct load *ld)
{
	struct module *mod = ld->mod;
	const struct notifier_block *vetoed = NULL, *ignored;
	int err;

	load_step(ld, STEP_COMING);
	load_tell(ld, "it is in /proc/modules; listeners that may object: %u", notifier_count());
	err = notifier_to_errno(tell(mod, MODULE_STATE_COMING, NULL, &vetoed));
	if (err && vetoed)
		tell(mod, MODULE_STATE_GOING, vetoed, &ignored);
	mod->priv->was_announced = !err;
	return err;
}

void notify_try(struct load *ld)
{
	load_step(ld, STEP_COMING);
	load_tell_would(
		ld, "it would be in /proc/modules, and %u listeners would be told: they may object",
		notifier_count());
}

void notify_live(struct module *mod)
{
	const struct notifier_block *ignored;

	tell(mod, MODULE_STATE_LIVE, NULL, &ignored);
}

/* Nobody could load or unload anything any more: each time the first thing to call would be gone. */
static void forget_left_behind(const struct module *mod)
{
	struct notifier_block **link = &chain;

	while (*link) {
		if (within_module((unsigned long)*link, mod) ||
		    within_module((unsigned long)(*link)->notifier_call, mod)) {
			pr_warn("%s: a notifier was left behind: unregister_module_notifier() is "
				"missing\n",
				mod->name);
			*link = (*link)->next;
		} else {
			link = &(*link)->next;
		}
	}
}

void notify_going(struct module *mod)
{
	const struct notifier_block *ignored;

	if (!mod->priv->was_announced)
		return;
	mod->priv->was_announced = false;
	tell(mod, MODULE_STATE_GOING, NULL, &ignored);
	forget_left_behind(mod);
}
