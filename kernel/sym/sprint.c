/* SPDX-License-Identifier: MIT */
/*
 * sprint.c: addresses as people read them: "name+0x5/0xffb [module]", for whoever asks, and for
 * printf's %pS, %ps and %pB. An address that belongs to no symbol is printed as it is.
 */
#include "sym/sym.h"
#include "lib/lib.h"

#include <linux/export.h>
#include <linux/sprintf.h>

/* Looks @address - @back up, but prints @address: its offset may equal the size of the symbol. */
static int sprint_place(char *buffer, unsigned long address, unsigned long back, bool add_offset)
{
	struct ksym_place place;
	int len;

	if (sym_lookup_address(address - back, &place))
		return sprintf(buffer, "0x%lx", address);
	len = sprintf(buffer, "%s", place.name);
	if (add_offset)
		len += sprintf(buffer + len, "+0x%lx/0x%lx", place.offset + back, place.size);
	if (place.module)
		len += sprintf(buffer + len, " [%s]", place.module);
	return len;
}

int sprint_symbol(char *buffer, unsigned long address)
{
	return sprint_place(buffer, address, 0, true);
}
EXPORT_SYMBOL_GPL(sprint_symbol);

int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return sprint_place(buffer, address, 0, false);
}
EXPORT_SYMBOL_GPL(sprint_symbol_no_offset);

/*
 * A call that never returns may be the last instruction of a function: its return address then
 * belongs to whatever follows. The call itself lies one byte before.
 */
int sprint_backtrace(char *buffer, unsigned long address)
{
	return sprint_place(buffer, address, 1, true);
}

static int sprint_as(char *buffer, unsigned long address, char how)
{
	return sprint_place(buffer, address, how == 'B', how != 's');
}

void sym_init(void)
{
	set_symbol_format(sprint_as);
}
