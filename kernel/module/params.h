/* SPDX-License-Identifier: MIT */
/*
 * params.h: parameters: words that set them, wherever the words come from: insmod, the kernel
 * command line, a file in /sys.
 */
#ifndef KOAN_PARAMS_H
#define KOAN_PARAMS_H

#include "module/load.h"

/* --- args.c: `name=value` words. Allocates nothing. --- */

/* Rows of a __param section, and what becomes of words that name none of them. */
struct param_rows {
	const char *doing; /* whose words these are, for messages */
	const struct kernel_param *rows;
	unsigned int count;
	/* 0, or an errno that is reported like that of a wrong value; -ENOENT: nobody knows it. */
	int (*unknown)(const struct param_rows *params, const char *name);
	/* What is done with a word that names a row; NULL: param_set(). */
	int (*set)(const struct param_rows *params, const struct kernel_param *kp,
		   const char *value);
};

/*
 * Sets what the words of @text say; @text is taken apart. Every wrong word is reported, and the
 * last one's error is returned. What stands behind a `--` is for others: *@rest, NULL when there
 * is no `--`.
 */
int parse_args(const struct param_rows *params, char *text, const char **rest);
/* 0 if @kp can be set to anything, and to @value if that is NULL: a bare name. -EINVAL. */
__must_check int param_takes(const struct kernel_param *kp, const char *value);
/* @value is NULL for a bare name. For a parameter marked unsafe the kernel is tainted. */
__must_check int param_set(const struct kernel_param *kp, const char *value);

/* --- param_rows.c --- */

/* After relocation: what a module's rows point at is there. -ENOEXEC. */
__must_check int verify_param_rows(struct load *ld);
/* Of verified rows: to set @kp runs no code but the kernel's, and changes nothing but @mod. */
bool param_is_private(const struct module *mod, const struct kernel_param *kp);

/* --- params.c: 10 the arguments --- */

/*
 * Checks the rows and sets what ld->args say, of which mod->args is a copy: charp leads into it. The
 * error of the last wrong word; -ENOMEM.
 */
__must_check int params_parse(struct load *ld);
/* In a dry run: the same as far as it concerns nobody but the module, and none of its code. */
__must_check int params_try(struct load *ld);
/* Each type gives back what it allocated; then mod->args goes. Nothing if nothing was parsed. */
void params_free(struct module *mod);

#endif
