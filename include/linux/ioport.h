/* SPDX-License-Identifier: MIT */
/*
 * ioport.h: who uses which ports and which memory of devices. Nothing enforces it: a driver asks
 * first, so that two of them do not talk to one device.
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/export.h>

struct module;

typedef u64 resource_size_t;

/* Some addresses, and who has them. A root has them all, and the others as its children. */
struct resource {
	resource_size_t start, end; /* both belong to it */
	const char *name;	    /* not copied */
	unsigned long flags;
	struct resource *parent, *sibling, *child; /* siblings in the order of their addresses */
	struct module *owner;
};

#define IORESOURCE_IO	0x00000100
#define IORESOURCE_MEM	0x00000200
#define IORESOURCE_BUSY 0x80000000

extern struct resource ioport_resource; /* ports 0 to 0xffff */
extern struct resource iomem_resource;	/* physical addresses */

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

/* Takes [@start, @start + @n). NULL: some of it is taken, or there is no memory. */
#define request_region(start, n, name)	   __request_region(&ioport_resource, start, n, name, 0)
#define request_mem_region(start, n, name) __request_region(&iomem_resource, start, n, name, 0)
/* Must be exactly what was requested. */
#define release_region(start, n)     __release_region(&ioport_resource, start, n)
#define release_mem_region(start, n) __release_region(&iomem_resource, start, n)

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, int flags, struct module *owner);
#define __request_region(parent, start, n, name, flags)                                            \
	__request_region(parent, start, n, name, flags, THIS_MODULE)
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);

/* The same for a struct that is the caller's. -EBUSY; release: -EINVAL when it is not there. */
__must_check int request_resource(struct resource *root, struct resource *res);
int release_resource(struct resource *res);

#endif
