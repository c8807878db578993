/* SPDX-License-Identifier: MIT */
/*
 * pool.h: memory that is given back all at once, so that nothing that points into it needs an
 * owner of its own. None of these fails: too much memory ends the program, with a message.
 */
#ifndef SYMTYPES_POOL_H
#define SYMTYPES_POOL_H

#include <stddef.h>

struct chunk;

/* Without chunks it is empty. */
struct pool {
	const char *path; /* of the file it is for: told when it gets too big */
	struct chunk *chunks;
	size_t left; /* bytes that all chunks still to come may have */
};

/* Zeroed. */
void *pool_alloc(struct pool *pool, size_t size);
char *pool_print(struct pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));
void pool_free(struct pool *pool);

/* Text under construction, in a pool. All zero is empty. */
struct buffer {
	char *bytes; /* ends in a NUL once something was added */
	size_t length, capacity;
};

void buffer_add(struct pool *pool, struct buffer *buffer, const char *text);

#endif
