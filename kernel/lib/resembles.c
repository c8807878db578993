/* SPDX-License-Identifier: MIT */
/* resembles.c: whether one name may be meant by another: for hints after a mistake in typing. */
#include "lib/lib.h"

/* Each edit may be one of three, so the work grows as 3 to the power of @edits: keep it small. */
bool resembles(const char *a, const char *b, unsigned int edits)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (*a == *b)
		return true; /* both ended */
	if (edits == 0)
		return false;
	if (*a && *b && a[0] == b[1] && a[1] == b[0] && resembles(a + 2, b + 2, edits - 1))
		return true;
	return (*a && *b && resembles(a + 1, b + 1, edits - 1)) ||
	       (*a && resembles(a + 1, b, edits - 1)) || (*b && resembles(a, b + 1, edits - 1));
}
