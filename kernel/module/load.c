/* SPDX-License-Identifier: MIT */
/*
 * load.c: the conductor. The life of a module, in order; each line is one phase, and each phase is
 * one file. Nothing is decided here but the order, and what happens when a phase refuses.
 *
 * A phase that fails cleans up nothing. Whatever it took is stored in struct load or struct module,
 * and the two functions load_release() and module_release(), alone, give it all back.
 *
 * When code of the module is killed on the way (its parameters, its init, its exit, or a notifier
 * that was told of it), the task gives back struct load, which is ours alone. struct module is
 * kept on purpose, in the state it is in, as on Linux: who knows where the module has registered
 * itself. So its memory, its name, its exports and what it uses are never reused.
 */
#include "module/load.h"
#include "module/exports.h"
#include "module/file.h"
#include "module/kallsyms.h"
#include "module/link.h"
#include "module/memory.h"
#include "module/params.h"
#include "module/policy.h"
#include "module/private.h"
#include "module/records.h"
#include "module/registry.h"
#include "module/run.h"
#include "module/sysfs.h"

#include <linux/slab.h>
#include "lib/lib.h"
#include "log/log.h"
#include "mm/mm.h"
#include "sched/sched.h"

/* What does the file say? So far nothing outside of struct load has changed. */
static int load_examine(struct load *ld)
{
	int err;

	err = decompress_file(ld);		  /*     unpack it, if it is compressed */
	err = err ?: module_sig_check(ld);	  /*  0: who vouches for it? */
	err = err ?: elf_verify(ld);		  /*  1: nothing in the file can lead us astray */
	err = err ?: info_read(ld);		  /*  2: who are you? */
	err = err ?: policy_check_name(ld);	  /*     are you welcome? */
	err = err ?: versions_read(ld);		  /*     what were you built against? */
	err = err ?: check_modstruct_version(ld); /*     are we what you take us for? */
	err = err ?: check_vermagic(ld);	  /*     is this the kernel you were built for? */
	err = err ?: registry_check_name(ld);	  /*     is the name free? */
	err = err ?: layout_plan(ld);		  /*  3: which section goes where */
	err = err ?: place_sections(ld);	  /*  4: take memory, copy */
	return err;
}

/* From a copy to code that could run. Nobody outside can see it yet. */
static int load_link(struct load *ld)
{
	int err;

	registry_add(ld);			/*     the name is taken from here on */
	taint_by_module(ld);			/*     and this stays, whatever happens */
	err = find_module_sections(ld);		/*  5: which tables does it bring? */
	err = err ?: check_export_versions(ld); /*     has each export its version? */
	err = err ?: resolve_symbols(ld);	/*  6: every name to an address */
	err = err ?: relocate_sections(ld);	/*  7: every address into its place */
	err = err ?: verify_export_tables(ld);	/*     now they can be read */
	err = err ?: verify_entry_points(ld);	/*     and now we know where it begins */
	err = err ?: kallsyms_build(ld);
	err = err ?: debugger_list_sections(ld);
	err = err ?: origin_record(ld); /*     and its file, and what it imports */
	if (err)
		return err;
	protect_module(ld); /*  8: seal */
	return 0;
}

/* From here on others can see it: every step is undone by module_release(). */
static int load_announce(struct load *ld)
{
	int err;

	debugger_module_linked(ld->mod);  /*     gdb: all is in its place, nothing has run */
	err = exports_check_free(ld);	  /*  9: nobody else has its exports, */
	err = err ?: exports_publish(ld); /*     and they can be found; */
	if (err)
		return err;
	ld->mod->state = MODULE_STATE_COMING; /* it is in /proc/modules, */
	kallsyms_show(ld->mod);		      /* its symbols are in backtraces, */
	err = notify_coming(ld);	      /* and who wants to know is told, and may object */
	err = err ?: params_parse(ld);	      /* 10: the arguments */
	err = err ?: sysfs_add(ld);	      /*     it is in /sys/module */
	return err;
}

/*
 * A dry run goes here instead: what can be known of load_announce() without anybody seeing it, and
 * what cannot, in the same order.
 */
static int load_try(struct load *ld)
{
	int err;

	err = exports_check_free(ld);
	if (err)
		return err;
	notify_try(ld);
	err = params_try(ld);
	err = err ?: sysfs_try(ld);
	if (!err)
		run_try(ld);
	return err;
}

/* All a module holds. Each call copes with a module that never came that far. */
static void module_release(struct module *mod)
{
	notify_going(mod);
	leftovers_take(mod);
	sysfs_remove(mod);
	exports_withdraw(mod);
	kallsyms_free(mod);
	registry_drop_uses(mod);
	params_free(mod);
	registry_remove(mod);
	debugger_free(mod);
	origin_free(mod);
	kfree(mod->priv);
	place_free(mod->mem); /* struct module itself goes with this */
}

/* All that a load holds beside the module. */
static void load_release(void *data)
{
	struct load *ld = data;

	if (!ld->mod)
		place_free(ld->mem);
	kfree(ld->info.namespaces);
	kfree(ld->versions);
	kfree(ld->plan);
	kfree(ld->unpacked);
	kfree(ld->values);
	kfree(ld->tried_args);
}

static void module_fail(struct module *mod)
{
	mod->state = MODULE_STATE_GOING;
	module_release(mod);
}

/* 11: init. It may call anything, so the module is now as whole as it will ever be. */
static int module_start(struct load *ld)
{
	struct module *mod = ld->mod;
	int err;

	err = run_init(ld);
	if (err) {
		mod->state = MODULE_STATE_GOING; /* nobody can take a reference any more */
		module_put(mod);
		track_unloaded(mod);
		return err;
	}
	mod->state = MODULE_STATE_LIVE;
	load_step(ld, STEP_LIVE);
	load_tell(ld, "its state is Live");
	stats_count_live(mod);
	notify_live(mod);
	kallsyms_drop_init(mod); /* what only init needed goes */
	protect_after_init(ld);
	place_free_init(ld);
	module_put(mod);
	return 0;
}

/* All up to the module's first instruction; a dry run ends there. */
static int load_prepare(struct load *ld)
{
	int err;

	err = load_examine(ld);
	err = err ?: load_link(ld);
	err = err ?: ld->dry_run ? load_try(ld) : load_announce(ld);
	if (err && !ld->dry_run)
		stats_count_failed(ld);
	return err;
}

/* The last line of the story, in the step that it came to. */
static void tell_refusal(const struct load *ld, int err)
{
	if (err)
		load_tell(ld, "refused: err %d, %s", err, errno_text(err));
}

int module_load(const void *image, size_t len, const char *args, unsigned int flags,
		const struct load_listener *listener)
{
	const unsigned int forbidden =
		IS_ENABLED(CONFIG_MODULE_FORCE_LOAD) ? 0 : MODULE_INIT_FORCED;
	struct load ld = {.image = image,
			  .len = len,
			  .args = args,
			  .file = origin_take_file(),
			  .flags = flags & ~forbidden,
			  .dry_run = flags & MODULE_INIT_DRY_RUN,
			  .listener = listener,
			  .name = "module"};
	struct cleanup cleanup;
	int err;

	load_step(&ld, STEP_POLICY);
	err = policy_check();
	tell_refusal(&ld, err);
	if (err)
		return err;
	cleanup_push(&cleanup, load_release, &ld);
	err = load_prepare(&ld);
	tell_refusal(&ld, err);
	cleanup_pop(&cleanup);
	load_release(&ld);
	if (!err && !ld.dry_run) {
		log_release(); /* what init prints comes behind what we said */
		err = module_start(&ld);
	}
	if (ld.mod && (err || ld.dry_run))
		module_fail(ld.mod);
	return err;
}

/* With @force two reasons to stay do not count; the kernel is not the same afterwards. */
static int module_retire(struct module *mod, bool force)
{
	bool forced = false;
	int err;

	if (!list_empty(&mod->source_list))
		return -EAGAIN;
	if (mod->state != MODULE_STATE_LIVE)
		return -EBUSY;
	if (mod->init && !mod->exit) {
		if (!force)
			return -EBUSY;
		forced = true;
	}
	err = registry_retire(mod, force, &forced); /* nobody can take a reference any more */
	if (!err && forced)
		add_taint(TAINT_FORCED_RMMOD);
	return err;
}

int module_unload(const char *name, bool force)
{
	struct module *mod = find_module(name);
	int err;

	if (!IS_ENABLED(CONFIG_MODULE_UNLOAD))
		return -ENOSYS;
	err = policy_check();
	if (err)
		return err;
	if (!mod)
		return -ENOENT;
	err = module_retire(mod, force && IS_ENABLED(CONFIG_MODULE_FORCE_UNLOAD));
	if (err)
		return err;
	mod->state = MODULE_STATE_GOING;
	do_exit_module(mod);
	procfs_remember_unload(mod);
	track_unloaded(mod);
	module_release(mod);
	return 0;
}

void modules_init(void)
{
	exports_check_kernel();
	policy_init(boot_info.cmdline);
	procfs_init();
	sysfs_init();
	stats_init();
	tracking_init();
	builtins_init();
	signing_init(boot_info.cmdline);
	panic_set_module_printer(print_modules);
}
