/* SPDX-License-Identifier: MIT */
/*
 * request.c: modules that ask for modules, under Linux's names (include/linux/kmod.h). Linux starts
 * the program modprobe; here the same work is done at once, on the caller's stack, so a module may
 * well be loaded while the init of another has not returned.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kmod.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "cpu/cpu.h"
#include "sched/sched.h"

/* Linux lets 50 run side by side and waits for a free place; here they run inside each other. */
#define MAX_KMOD_CONCURRENT 50
#define FAILED_STATUS	    (1 << 8) /* as wait(2) reports that a program ended with status 1 */
#define STACK_NEEDED	    16384    /* by one more load, the module's own code included */

static unsigned int running;

static bool stack_is_short(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0), start, end;

	return stack_range(here, &start, &end) && here - start < STACK_NEEDED;
}

static void end_request(void *mp)
{
	running--;
	modprobe_end(mp);
}

/* "modprobe -q -- NAME" */
static int modprobe_quietly(const char *name)
{
	static const struct modprobe_how quietly = {0};
	struct cleanup cleanup;
	struct modprobe *mp;
	int err;

	if (running == MAX_KMOD_CONCURRENT || stack_is_short()) {
		pr_warn("request_module: modprobe %s cannot be processed, kmod busy with %u "
			"threads for more than %d seconds now\n",
			name, running, 0);
		return -ETIME;
	}
	err = modprobe_start(&mp, &quietly);
	if (err)
		return err;
	running++;
	cleanup_push(&cleanup, end_request, mp);
	err = modprobe_insert(mp, name, NULL);
	cleanup_pop(&cleanup);
	end_request(mp);
	return err ? FAILED_STATUS : 0;
}

/* Whoever made a module ask: it is the kernel that loads, and whatever it loads, root installed. */
static int call_modprobe(const char *name)
{
	struct user_change change;
	int result;

	user_change(&change, USER_ROOT);
	result = modprobe_quietly(name);
	user_restore(&change);
	return result;
}

/* --- not now --- */

struct pending {
	struct list_head list;
	char name[MODULE_NAME_LEN];
};

static LIST_HEAD(pending); /* first come, first served */

static int put_off(const char *name)
{
	struct pending *request = kmalloc(sizeof(*request), GFP_KERNEL);

	if (!request)
		return -ENOMEM;
	strcpy(request->name, name);
	list_add_tail(&request->list, &pending);
	return 0;
}

static int run_one(void *request)
{
	return call_modprobe(((struct pending *)request)->name);
}

void request_module_run_pending(void)
{
	struct pending *request;
	int result;

	while (!list_empty(&pending)) {
		request = list_first_entry(&pending, struct pending, list);
		list_del(&request->list);
		/* Nobody waits for the answer. */
		if (!task_run(run_one, request, &result) || result)
			pr_debug("request_module_nowait: %s is not loaded\n", request->name);
		kfree(request);
	}
}

int __request_module(bool wait, const char *fmt, ...)
{
	char name[MODULE_NAME_LEN];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	if (len >= (int)sizeof(name))
		return -ENAMETOOLONG;
	return wait ? call_modprobe(name) : put_off(name);
}
EXPORT_SYMBOL(__request_module);
