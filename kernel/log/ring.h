/* SPDX-License-Identifier: MIT */
/*
 * ring.h: a ring of messages over memory that the caller gives. Pure: printk.c brings the clock and
 * keeps interrupts out.
 *
 * Two rings turn together: one of records, found by their number in one step, and one of their
 * text. The oldest records make room for new ones as soon as either is full.
 */
#ifndef KOAN_LOG_RING_H
#define KOAN_LOG_RING_H

#include "log/log.h"

/* What is kept of a message besides its text. */
struct ring_slot {
	u64 time_ns;
	u64 start; /* of the text, counted in bytes since the ring was made */
	u16 len;
	u8 level;
};

struct log_ring {
	char *text;
	size_t text_size; /* a power of two, at least LOG_LINE_MAX */
	struct ring_slot *slots;
	unsigned int slot_count; /* a power of two */
	u64 first, next;	 /* numbers of the records in the ring: [first, next) */
	u64 end;		 /* where the next text goes; counted like ring_slot.start */
};

/* Adds a record; text beyond LOG_LINE_MAX - 1 bytes is cut off. */
void ring_append(struct log_ring *ring, u8 level, u64 time_ns, const char *text, size_t len);
/* Makes the newest record longer, within the same limit; there must be one. */
void ring_extend(struct log_ring *ring, const char *text, size_t len);
/* How much of the ring, in parts of RING_WHOLE, the records from @seq on take, with @len more bytes. */
#define RING_WHOLE 256
unsigned int ring_share(const struct log_ring *ring, u64 seq, size_t len);
/* Copies the oldest record with a number of at least @seq; -ENOENT when there is none. */
__must_check int ring_read(const struct log_ring *ring, u64 seq, struct log_record *record);

#endif
