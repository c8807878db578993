/* SPDX-License-Identifier: MIT */
/* pool.c: see pool.h. Chunks in a list; the first one has what is free. */
#include "pool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

#define CHUNK_SIZE (1u << 20)
#define ALIGNMENT  16

struct chunk {
	struct chunk *next;
	size_t size, used;
	_Alignas(ALIGNMENT) char bytes[];
};

static struct chunk *grow(struct pool *pool, size_t size)
{
	struct chunk *chunk;

	if (size < CHUNK_SIZE)
		size = CHUNK_SIZE;
	/* A few damaged bytes can describe types without end: better a message than the whole memory. */
	if (size > pool->left)
		trouble(pool->path, "its types take far more room than the file: damaged?");
	/* A request larger than a chunk gets one of its own, and what the last one had left is lost. */
	chunk = calloc(1, sizeof(*chunk) + size);
	if (!chunk)
		trouble(pool->path, "out of memory");
	chunk->size = size;
	chunk->next = pool->chunks;
	pool->chunks = chunk;
	pool->left -= size;
	return chunk;
}

void *pool_alloc(struct pool *pool, size_t size)
{
	struct chunk *chunk = pool->chunks;
	char *bytes;

	if (!chunk || size > chunk->size - chunk->used)
		chunk = grow(pool, size);
	bytes = chunk->bytes + chunk->used;
	/* Rounded up afterwards: the last piece of a chunk may end without a gap. */
	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	chunk->used = size < chunk->size - chunk->used ? chunk->used + size : chunk->size;
	return bytes;
}

char *pool_print(struct pool *pool, const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0) /* more than INT_MAX */
		trouble(pool->path, "a line of text with more than 2 GiB: damaged?");
	text = pool_alloc(pool, (size_t)length + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

void pool_free(struct pool *pool)
{
	struct chunk *chunk;

	while ((chunk = pool->chunks)) {
		pool->chunks = chunk->next;
		free(chunk);
	}
}

/* Doubling: what is left behind in the pool is never more than what is in use. */
void buffer_add(struct pool *pool, struct buffer *buffer, const char *text)
{
	size_t added = strlen(text), need = buffer->length + added + 1;
	char *bytes;

	if (need > buffer->capacity) {
		buffer->capacity = 2 * need;
		bytes = pool_alloc(pool, buffer->capacity);
		if (buffer->length)
			memcpy(bytes, buffer->bytes, buffer->length);
		buffer->bytes = bytes;
	}
	memcpy(buffer->bytes + buffer->length, text, added + 1);
	buffer->length += added;
}
