/* SPDX-License-Identifier: MIT */
/* modinfo_params.h: the parameters of a module as modinfo gathers and prints them. */
#ifndef KOAN_SHELL_MODINFO_PARAMS_H
#define KOAN_SHELL_MODINFO_PARAMS_H

#include "shell/command.h"

/* One parameter; its texts are not copied. */
struct param {
	struct param *next;
	const char *name;
	int name_len;
	const char *text, *type; /* NULL: not told */
};

/* Takes "num:A number", of a `parm` tag, or "num:int", of a `parmtype`. -ENOMEM. */
__must_check int modinfo_params_add(struct io *io, struct param **params, bool is_type,
				    const char *value);
/* With @key as rows "parm: ...", among rows of other kinds; each row ends in @end. */
void modinfo_params_print(struct io *io, const struct param *params, bool key, char end);
void modinfo_params_free(struct param **params);

#endif
