/* SPDX-License-Identifier: MIT */
/* ring.c: the ring of messages that ring.h describes. */
#include "log/ring.h"

#include <linux/errno.h>
#include <linux/string.h>

static struct ring_slot *slot_of(const struct log_ring *ring, u64 seq)
{
	return &ring->slots[seq & (ring->slot_count - 1)];
}

/* Drops the oldest records until @len more bytes of text fit. */
static void make_room(struct log_ring *ring, size_t len)
{
	while (ring->first < ring->next &&
	       ring->end + len - slot_of(ring, ring->first)->start > ring->text_size)
		ring->first++;
}

/* Bytes from @position on that lie in a row before the ring's memory wraps. */
static size_t until_wrap(const struct log_ring *ring, u64 position, size_t len)
{
	size_t row = ring->text_size - (position & (ring->text_size - 1));

	return len < row ? len : row;
}

static void write_text(struct log_ring *ring, const char *text, size_t len)
{
	size_t row = until_wrap(ring, ring->end, len);

	memcpy(ring->text + (ring->end & (ring->text_size - 1)), text, row);
	memcpy(ring->text, text + row, len - row);
	ring->end += len;
}

static void read_text(const struct log_ring *ring, u64 start, char *text, size_t len)
{
	size_t row = until_wrap(ring, start, len);

	memcpy(text, ring->text + (start & (ring->text_size - 1)), row);
	memcpy(text + row, ring->text, len - row);
}

void ring_append(struct log_ring *ring, u8 level, u64 time_ns, const char *text, size_t len)
{
	if (len > LOG_LINE_MAX - 1)
		len = LOG_LINE_MAX - 1;
	make_room(ring, len);
	if (ring->next - ring->first == ring->slot_count)
		ring->first++;
	*slot_of(ring, ring->next) = (struct ring_slot){
		.time_ns = time_ns,
		.start = ring->end,
		.len = (u16)len,
		.level = level,
	};
	ring->next++;
	write_text(ring, text, len);
}

void ring_extend(struct log_ring *ring, const char *text, size_t len)
{
	struct ring_slot *newest = slot_of(ring, ring->next - 1);
	size_t room = LOG_LINE_MAX - 1 - newest->len;

	if (len > room)
		len = room;
	/* Never drops the newest itself: text_size holds more than the longest record. */
	make_room(ring, len);
	newest->len += (u16)len;
	write_text(ring, text, len);
}

int ring_read(const struct log_ring *ring, u64 seq, struct log_record *record)
{
	const struct ring_slot *slot;

	if (seq < ring->first)
		seq = ring->first;
	if (seq >= ring->next)
		return -ENOENT;
	slot = slot_of(ring, seq);
	record->seq = seq;
	record->time_ns = slot->time_ns;
	record->level = slot->level;
	record->len = slot->len;
	read_text(ring, slot->start, record->text, slot->len);
	record->text[slot->len] = '\0';
	return 0;
}

unsigned int ring_share(const struct log_ring *ring, u64 seq, size_t len)
{
	size_t bytes = len, by_text, by_slots;

	if (seq < ring->next)
		bytes += ring->end - slot_of(ring, seq)->start;
	by_text = bytes * RING_WHOLE / ring->text_size;
	by_slots = (ring->next - seq + 1) * RING_WHOLE / ring->slot_count;
	return (unsigned int)(by_text > by_slots ? by_text : by_slots);
}
