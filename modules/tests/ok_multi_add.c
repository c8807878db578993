/* SPDX-License-Identifier: MIT */
/* ok_multi_add.c: the second file of ok_multi. */
/* expect ok_multi: loads; log "ok_multi: 42" */
int ok_multi_base(void);
int ok_multi_add(int n);

int ok_multi_add(int n)
{
	return ok_multi_base() + n;
}
