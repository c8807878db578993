/* SPDX-License-Identifier: MIT */
/* walk.h: paths taken apart, for those files of this folder that go down the tree themselves. */
#ifndef KOAN_FS_WALK_H
#define KOAN_FS_WALK_H

#include "fs/fs.h"

/* One name out of a path. */
struct component {
	const char *name;
	size_t len;
};

/* Takes the next name off *@path; false at the end. */
bool component_next(const char **path, struct component *c);
bool component_is(const struct component *c, const char *s);

/* How far we are on a path, and how many links it led through. */
struct walk {
	struct node *at;
	unsigned int links;
};

/* One step down (or up), with @follow through links. After an error w->at is where it was. */
__must_check int walk_step(struct walk *w, const struct component *c, bool follow);

#endif
