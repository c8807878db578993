/* SPDX-License-Identifier: MIT */
/*
 * der.c: elements of DER, one after the other: X.690, sections 8.1 and 10.1.
 *
 * Assumes nothing of the bytes. Promises that what it hands out lies inside of what it was given,
 * and that each element is taken from its end on: whoever loops over elements comes to an end.
 */
#include "crypto/der.h"

#include <linux/errno.h>
#include <linux/string.h>

#define TAG_NUMBER_MASK	 0x1f
#define LONG_FORM	 0x80 /* of a length: the other bits say how many bytes of it follow */
#define LENGTH_BYTES_MAX 4

bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

struct bytes bytes_without_zeros(struct bytes number)
{
	while (number.len && !number.data[0]) {
		number.data++;
		number.len--;
	}
	return number;
}

bool der_is(struct bytes in, u8 tag)
{
	return in.len && in.data[0] == tag;
}

static struct bytes from(struct bytes in, size_t start)
{
	return (struct bytes){in.data + start, in.len - start};
}

/*
 * 8.1.3: up to 127 a length is one byte, above it is as many as the first one says. 10.1: there is one
 * way to write it, the shortest, so the same structure is always the same bytes.
 */
static int take_length(struct bytes *in, size_t *length)
{
	unsigned int count, i;
	size_t value = 0;

	if (!in->len)
		return -EBADMSG;
	count = in->data[0];
	*in = from(*in, 1);
	if (!(count & LONG_FORM)) {
		*length = count;
		return 0;
	}
	count &= ~LONG_FORM;
	/* None: "until the end is told", which DER forbids. */
	if (!count || count > LENGTH_BYTES_MAX || count > in->len || !in->data[0])
		return -EBADMSG;
	for (i = 0; i < count; i++)
		value = value << 8 | in->data[i];
	*in = from(*in, count);
	*length = value;
	return value < LONG_FORM ? -EBADMSG : 0;
}

int der_take_any(struct bytes *in, u8 *tag, struct bytes *contents)
{
	struct bytes rest = *in;
	size_t length;
	int err;

	if (!rest.len)
		return -EBADMSG;
	*tag = rest.data[0];
	if ((*tag & TAG_NUMBER_MASK) == TAG_NUMBER_MASK)
		return -EBADMSG; /* 8.1.2.4: the number follows; nothing that we read has such a tag */
	rest = from(rest, 1);
	err = take_length(&rest, &length);
	if (err)
		return err;
	if (length > rest.len)
		return -EBADMSG;
	*contents = (struct bytes){rest.data, length};
	*in = from(rest, length);
	return 0;
}

int der_take(struct bytes *in, u8 tag, struct bytes *contents)
{
	u8 found;

	return der_is(*in, tag) ? der_take_any(in, &found, contents) : -EBADMSG;
}

int der_take_whole(struct bytes *in, u8 tag, struct bytes *whole)
{
	const u8 *start = in->data;
	struct bytes contents;
	int err = der_take(in, tag, &contents);

	if (!err)
		*whole = (struct bytes){start, (size_t)(in->data - start)};
	return err;
}

int der_skip(struct bytes *in, u8 tag)
{
	struct bytes contents;

	return der_take(in, tag, &contents);
}

int der_skip_optional(struct bytes *in, u8 tag)
{
	return der_is(*in, tag) ? der_skip(in, tag) : 0;
}

int der_take_algorithm(struct bytes *in, struct bytes *oid)
{
	struct bytes algorithm;
	int err = der_take(in, DER_SEQUENCE, &algorithm);

	return err ?: der_take(&algorithm, DER_OID, oid);
}
