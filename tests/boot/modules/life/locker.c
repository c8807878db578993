/* SPDX-License-Identifier: MIT */
/* locker.c: one mutex, used well and badly: each use is a parameter that is written to. */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/string.h>

static DEFINE_MUTEX(door);
static int *volatile nowhere;

static void try_door(void)
{
	bool locked = mutex_is_locked(&door);

	pr_info("locker: locked %d, again %d\n", locked, mutex_trylock(&door));
}

static void use_well(void)
{
	mutex_lock(&door);
	try_door();
	mutex_unlock(&door);
	try_door();
	mutex_unlock(&door);
	if (mutex_lock_interruptible(&door) == 0)
		mutex_unlock(&door);
	if (mutex_lock_killable(&door) == 0)
		mutex_unlock(&door);
	pr_info("locker: locked %d\n", mutex_is_locked(&door));
}

static int set_use(const char *val, const struct kernel_param *kp)
{
	(void)kp;
	if (strcmp(val, "well") == 0) {
		use_well();
	} else if (strcmp(val, "twice") == 0) {
		mutex_lock(&door);
		mutex_lock(&door);
	} else if (strcmp(val, "crash") == 0) {
		mutex_lock(&door);
		*nowhere = 1;
	} else if (strcmp(val, "unlock") == 0) {
		mutex_unlock(&door);
	} else {
		return -EINVAL;
	}
	return 0;
}

static const struct kernel_param_ops use_ops = {.set = set_use};

module_param_cb(use, &use_ops, NULL, 0200);

static int __init locker_init(void)
{
	return 0;
}

static void __exit locker_exit(void)
{
}

module_init(locker_init);
module_exit(locker_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Locks");
