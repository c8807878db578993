/* SPDX-License-Identifier: MIT */
/* io.h: memory of devices: reaching it, reading and writing it. */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/io.h>

/*
 * @size bytes of physical addresses from @phys on, at an address that the kernel can use; neither
 * executable nor cached. NULL when there is no room, when there are no such addresses, and for
 * ordinary memory, which belongs to somebody and is mapped, cached, already.
 */
void __iomem *ioremap(phys_addr_t phys, size_t size);
/* @p is what ioremap() returned; NULL does nothing. */
void iounmap(volatile void __iomem *p);

#endif
