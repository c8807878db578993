/* SPDX-License-Identifier: MIT */
/*
 * ioport.c: the lists behind /proc/ioports and /proc/iomem: which addresses are taken, and by whom.
 * The kernel's own devices are in them from the start. Lists are flat: nothing lies in something
 * else, except everything in its root.
 */
#include "dev/dev.h"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/slab.h>

struct resource ioport_resource = {
	.end = 0xffff,
	.name = "PCI IO",
	.flags = IORESOURCE_IO,
};
EXPORT_SYMBOL(ioport_resource);

struct resource iomem_resource = {
	.end = (1ULL << 52) - 1, /* the most that page tables can name: SDM 3A, 4.1.4 */
	.name = "PCI mem",
	.flags = IORESOURCE_MEM,
};
EXPORT_SYMBOL(iomem_resource);

int request_resource(struct resource *root, struct resource *res)
{
	struct resource **link = &root->child;

	if (res->end < res->start || res->start < root->start || res->end > root->end)
		return -EBUSY;
	while (*link && (*link)->end < res->start)
		link = &(*link)->sibling;
	if (*link && (*link)->start <= res->end)
		return -EBUSY;
	res->parent = root;
	res->sibling = *link;
	*link = res;
	return 0;
}
EXPORT_SYMBOL(request_resource);

int release_resource(struct resource *res)
{
	struct resource **link = res->parent ? &res->parent->child : NULL;

	while (link && *link && *link != res)
		link = &(*link)->sibling;
	if (!link || !*link)
		return -EINVAL;
	*link = res->sibling;
	res->parent = NULL;
	return 0;
}
EXPORT_SYMBOL(release_resource);

struct resource *(__request_region)(struct resource *parent, resource_size_t start,
				    resource_size_t n, const char *name, int flags,
				    struct module *owner)
{
	struct resource *res = kzalloc(sizeof(*res), GFP_KERNEL);

	if (!res)
		return NULL;
	res->start = start;
	res->end = start + n - 1;
	res->name = name;
	res->flags = parent->flags | IORESOURCE_BUSY | (unsigned int)flags;
	res->owner = owner;
	if (!n || request_resource(parent, res)) {
		kfree(res);
		return NULL;
	}
	return res;
}
EXPORT_SYMBOL(__request_region);

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct resource *res = parent->child;

	while (res && (res->start != start || resource_size(res) != n))
		res = res->sibling;
	/* What came by request_resource() is not ours to free. */
	if (!res || !(res->flags & IORESOURCE_BUSY)) {
		pr_warn("Trying to free nonexistent resource <%016llx-%016llx>\n", start,
			start + n - 1);
		return;
	}
	if (release_resource(res) == 0)
		kfree(res);
}
EXPORT_SYMBOL(__release_region);

static void forget_below(struct resource *root, const struct module *owner, const char *name)
{
	struct resource *res, *next;

	for (res = root->child; res; res = next) {
		next = res->sibling;
		if (res->owner != owner)
			continue;
		pr_warn("%s: region %llx-%llx was left behind: release_region() is missing\n", name,
			res->start, res->end);
		__release_region(root, res->start, resource_size(res));
	}
}

void ioport_forget(const struct module *owner, const char *name)
{
	forget_below(&ioport_resource, owner, name);
	forget_below(&iomem_resource, owner, name);
}

/* The ports of what is in this folder. */
static struct resource own_ports[] = {
	{.start = 0x0020, .end = 0x0021, .name = "pic1"},
	{.start = 0x0040, .end = 0x0043, .name = "timer0"},
	{.start = 0x00a0, .end = 0x00a1, .name = "pic2"},
	{.start = 0x00f4, .end = 0x00f4, .name = "isa-debug-exit"},
	{.start = 0x03f8, .end = 0x03ff, .name = "serial"},
};

static int __init ioport_init(void)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < ARRAY_SIZE(own_ports); i++)
		err = request_resource(&ioport_resource, &own_ports[i]);
	return err;
}
core_initcall(ioport_init);
