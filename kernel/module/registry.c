/* SPDX-License-Identifier: MIT */
/*
 * registry.c: phase 9, who is there, and who needs whom.
 *
 * One list of modules, newest first. One struct module_use for each pair of user and provider, in
 * both their lists. A module's references are counted from 1, its own: when that one is dropped
 * and no other is left, no more can be taken, and the module may go.
 */
#include "module/load.h"
#include "module/private.h"
#include "module/records.h"
#include "module/registry.h"

#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>

LIST_HEAD(modules);
DEFINE_MUTEX(module_mutex);
EXPORT_SYMBOL_GPL(module_mutex);

/* --- names --- */

/* A name is taken from the start, though for others an UNFORMED module does not exist yet. */
static struct module *find_even_unformed(const char *name)
{
	struct module *mod;

	list_for_each_entry (mod, &modules, list)
		if (same_name(mod->name, name))
			return mod;
	return NULL;
}

struct module *find_module(const char *name)
{
	struct module *mod = find_even_unformed(name);

	return mod && mod->state != MODULE_STATE_UNFORMED ? mod : NULL;
}
EXPORT_SYMBOL_GPL(find_module);

int registry_check_name(struct load *ld)
{
	/* Also one that is still being loaded: two loads of a name must not meet any later. */
	const struct module *other = find_even_unformed(ld->name);

	load_step(ld, STEP_NAME);
	load_tell(ld, "%s: %s", ld->name, other ? "a module of that name is there" : "free");
	if (!other)
		return 0;
	if (!ld->dry_run)
		stats_count_duplicate(ld->name);
	return other->state == MODULE_STATE_LIVE ? -EEXIST : -EBUSY;
}

void registry_add(struct load *ld)
{
	load_step(ld, STEP_REGISTER);
	/* Its own, and one for the time until init has returned. */
	ld->mod->refcnt.counter = 2;
	if (ld->dry_run)
		return;
	load_tell(ld, "the name %s is taken", ld->name);
	mutex_lock(&module_mutex);
	list_add(&ld->mod->list, &modules);
	mutex_unlock(&module_mutex);
}

void registry_remove(struct module *mod)
{
	mutex_lock(&module_mutex);
	list_del(&mod->list);
	mutex_unlock(&module_mutex);
}

int module_each(int (*fn)(struct module *mod, void *data), void *data)
{
	struct module *mod;
	int ret;

	list_for_each_entry (mod, &modules, list) {
		if (mod->state == MODULE_STATE_UNFORMED)
			continue;
		ret = fn(mod, data);
		if (ret)
			return ret;
	}
	return 0;
}

/* --- uses --- */

/*
 * Users are put first in the list, and one module is linked at a time: if @user uses @provider
 * already, it is the first. So asking costs the same however many users there are.
 */
static bool already_uses(const struct module *user, const struct module *provider)
{
	return !list_empty(&provider->source_list) &&
	       list_first_entry(&provider->source_list, struct module_use, source_list)->user ==
		       user;
}

int registry_may_use(const struct module *provider)
{
	if (provider->state == MODULE_STATE_COMING)
		return -EBUSY;
	return provider->state == MODULE_STATE_GOING ? -ENOENT : 0;
}

int registry_use(struct module *user, struct module *provider)
{
	struct module_use *use;
	int err;

	if (already_uses(user, provider))
		return 0;
	err = registry_may_use(provider);
	if (err)
		return err;
	/* Who can never go needs no holding. */
	if (!IS_ENABLED(CONFIG_MODULE_UNLOAD))
		return 0;
	use = kzalloc(sizeof(*use), GFP_KERNEL);
	if (!use)
		return -ENOMEM;
	if (!try_module_get(provider)) {
		kfree(use);
		return -ENOENT;
	}
	use->user = user;
	use->provider = provider;
	list_add(&use->source_list, &provider->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

void registry_drop_uses(struct module *mod)
{
	struct module_use *use, *next;

	list_for_each_entry_safe (use, next, &mod->target_list, target_list) {
		module_put(use->provider);
		list_del(&use->source_list);
		list_del(&use->target_list);
		kfree(use);
	}
}

int module_each_user(struct module *mod, int (*fn)(struct module *user, void *data), void *data)
{
	struct module_use *use;
	int ret;

	list_for_each_entry (use, &mod->source_list, source_list) {
		ret = fn(use->user, data);
		if (ret)
			return ret;
	}
	return 0;
}

/* --- references --- */

/* Interrupt handlers take references too, so counting is atomic even on one processor. */
static bool add_unless(atomic_t *v, int add, int unless)
{
	int old = READ_ONCE(v->counter);

	do {
		if (old == unless)
			return false;
	} while (!__atomic_compare_exchange_n(&v->counter, &old, old + add, false, __ATOMIC_SEQ_CST,
					      __ATOMIC_SEQ_CST));
	return true;
}

bool try_module_get(struct module *module)
{
	if (!module)
		return true;
	return module->state != MODULE_STATE_GOING && add_unless(&module->refcnt, 1, 0);
}
EXPORT_SYMBOL(try_module_get);

void __module_get(struct module *module)
{
	if (module)
		__atomic_fetch_add(&module->refcnt.counter, 1, __ATOMIC_SEQ_CST);
}
EXPORT_SYMBOL(__module_get);

void module_put(struct module *module)
{
	if (module)
		WARN_ON(!add_unless(&module->refcnt, -1, 0));
}
EXPORT_SYMBOL(module_put);

int module_refcount(struct module *module)
{
	return READ_ONCE(module->refcnt.counter) - 1;
}
EXPORT_SYMBOL(module_refcount);

int registry_retire(struct module *mod, bool force, bool *forced)
{
	int last = 1;

	if (__atomic_compare_exchange_n(&mod->refcnt.counter, &last, 0, false, __ATOMIC_SEQ_CST,
					__ATOMIC_SEQ_CST))
		return 0;
	if (!force)
		return -EAGAIN;
	*forced = true;
	WRITE_ONCE(mod->refcnt.counter, 0);
	return 0;
}
