/* SPDX-License-Identifier: MIT */
/*
 * param_rows.c: phase 10, before any argument is read: do the rows of __param lead where they seem
 * to? Each is a name, a type (a set of functions) and a variable, and all three are pointers that
 * relocations of the file have made. What is called or written through them must be there.
 *
 * Assumes relocated rows. Promises that
 *
 *   - a name ends, and lives as long as the module
 *   - a type is one of the kernel's, or lies in a module, and its functions are code
 *   - whatever one of the kernel's functions will read or write is memory of a module, large enough
 *     and no struct module, or data of the kernel
 *
 * What a module's own functions do with their variable is their business. Linear in the rows.
 */
#include "module/memory.h"
#include "module/params.h"

#include <linux/kernel.h>

extern char __text_start[], __text_end[], __init_text_start[], __init_text_end[];
extern char __rodata_end[], __kernel_end[], __init_data_start[], __init_data_end[];

/* The kernel's types, and how many bytes their functions read and write. */
static const struct param_type {
	const struct kernel_param_ops *ops;
	size_t size;
} types[] = {
	{&param_ops_byte, sizeof(u8)},
	{&param_ops_short, sizeof(short)},
	{&param_ops_ushort, sizeof(short)},
	{&param_ops_int, sizeof(int)},
	{&param_ops_uint, sizeof(int)},
	{&param_ops_long, sizeof(long)},
	{&param_ops_ulong, sizeof(long)},
	{&param_ops_ullong, sizeof(long long)},
	{&param_ops_hexint, sizeof(int)},
	{&param_ops_charp, sizeof(char *)},
	{&param_ops_bool, sizeof(bool)},
	{&param_ops_bool_enable_only, sizeof(bool)},
	{&param_ops_invbool, sizeof(bool)},
	{&param_ops_bint, sizeof(int)},
	{&param_ops_string, sizeof(struct kparam_string)},
	{&param_array_ops, sizeof(struct kparam_array)},
};

/* --- what lies at an address --- */

#define KIND(kind) (1U << (kind))
#define CODE	   KIND(MOD_TEXT)
#define INIT_CODE  KIND(MOD_INIT_TEXT)
#define DATA	   (KIND(MOD_DATA) | KIND(MOD_RO_AFTER_INIT))
#define INIT_DATA  KIND(MOD_INIT_DATA)
#define CONSTANT   KIND(MOD_RODATA)

static bool is_between(unsigned long at, u64 size, const char *start, const char *end)
{
	return at >= (unsigned long)start && at <= (unsigned long)end &&
	       size <= (unsigned long)end - at;
}

/* struct module lies among the module's data, but what is in it is the loader's. */
static bool touches_header(const struct module *mod, unsigned long at, u64 size)
{
	unsigned long start = (unsigned long)mod;

	return at < start + sizeof(*mod) && start < at + size;
}

/*
 * All @size bytes at @at are in one block, of one of these @kinds, of any module that is loaded; or of
 * @self, which may not be among them yet.
 */
static bool in_module(const struct module *self, unsigned long at, u64 size, unsigned int kinds)
{
	const struct module *mod = within_module(at, self) ? self : __module_address(at);
	const struct module_memory *mem;
	unsigned int kind;

	for (kind = 0; mod && kind < MOD_MEM_NUM_TYPES; kind++) {
		mem = mod->mem + kind;
		if (mem->base && (kinds & KIND(kind)) &&
		    is_between(at, size, mem->base, mem->base + mem->size))
			return !touches_header(mod, at, size);
	}
	return false;
}

/* A function, or none. @kinds: what of a module counts. */
static bool is_callable(const struct module *self, unsigned long at, unsigned int kinds)
{
	if (!at || in_module(self, at, 1, kinds))
		return true;
	return is_between(at, 1, __text_start, __text_end) &&
	       !is_between(at, 1, __init_text_start, __init_text_end);
}

/* Behind the constants there is the kernel's data, but for what was only for the boot. */
static bool in_kernel_data(unsigned long at, u64 size)
{
	return is_between(at, size, __rodata_end, __init_data_start) ||
	       is_between(at, size, __init_data_end, __kernel_end);
}

/* --- one row --- */

/* What of a module's memory the row may lead to: after init, only what stays. */
struct row {
	struct load *ld;
	const struct kernel_param *kp;
	bool init_too; /* nobody will ask for it after init, nor free anything */
};

static int check_bytes(const struct row *row, const void *at, u64 size, bool written)
{
	struct load *ld = row->ld;
	unsigned int kinds = DATA | (row->init_too ? INIT_DATA : 0) | (written ? 0 : CONSTANT);

	if (in_module(ld->mod, (unsigned long)at, size, kinds) ||
	    in_kernel_data((unsigned long)at, size))
		return 0;
	return load_fail(ld, ENOEXEC,
			 "parameter `%s' leads to 0x%lx, where no module has %llu bytes of data",
			 row->kp->name, (unsigned long)at, size);
}

/* The kernel's type that has a function in common with @ops; NULL: all functions are others. */
static const struct param_type *type_of(const struct kernel_param_ops *ops)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if ((ops->set && ops->set == types[i].ops->set) ||
		    (ops->get && ops->get == types[i].ops->get))
			return types + i;
	return NULL;
}

static bool is_kernels(const struct kernel_param_ops *ops)
{
	const struct param_type *type;

	for (type = types; type < types + ARRAY_SIZE(types); type++)
		if (type->ops == ops)
			return true;
	return false;
}

static int check_ops(const struct row *row, const struct kernel_param_ops *ops)
{
	struct load *ld = row->ld;
	unsigned int code = CODE | (row->kp->perm ? 0 : INIT_CODE);

	if (is_kernels(ops))
		return 0;
	if (!in_module(ld->mod, (unsigned long)ops, sizeof(*ops), DATA | CONSTANT))
		return load_fail(ld, ENOEXEC,
				 "parameter `%s' has its type at 0x%lx, where no module has data",
				 row->kp->name, (unsigned long)ops);
	if (!is_callable(ld->mod, (unsigned long)ops->set, code) ||
	    !is_callable(ld->mod, (unsigned long)ops->get, code) ||
	    !is_callable(ld->mod, (unsigned long)ops->free, CODE))
		return load_fail(ld, ENOEXEC,
				 "parameter `%s' is of a type whose functions are no code",
				 row->kp->name);
	return 0;
}

static int check_string(const struct row *row, const struct kparam_string *str, bool written)
{
	struct load *ld = row->ld;

	return str->maxlen ? check_bytes(row, str->string, str->maxlen, written)
			   : load_fail(ld, ENOEXEC, "parameter `%s' is a text of no bytes",
				       row->kp->name);
}

static int check_array(const struct row *row, const struct kparam_array *arr, bool written)
{
	struct load *ld = row->ld;
	const struct param_type *type;
	struct row elements = *row;
	int err;

	err = check_ops(row, arr->ops);
	if (err)
		return err;
	type = type_of(arr->ops);
	if (type && (type->size > arr->elemsize || type->ops == &param_array_ops ||
		     type->ops == &param_ops_string))
		return load_fail(ld, ENOEXEC, "parameter `%s' is an array of what is no element",
				 row->kp->name);
	elements.init_too = !row->kp->perm && !arr->ops->free;
	if (arr->num)
		err = check_bytes(&elements, arr->num, sizeof(*arr->num), true);
	return err ?: check_bytes(&elements, arr->elem, (u64)arr->max * arr->elemsize, written);
}

static int check_variable(const struct row *row)
{
	const struct kernel_param *kp = row->kp;
	const struct param_type *type = type_of(kp->ops);
	struct row constant = *row;
	bool written;
	int err;

	if (!type)
		return 0;
	written = kp->ops->set == type->ops->set;
	if (type->ops != &param_array_ops && type->ops != &param_ops_string)
		return check_bytes(row, kp->arg, type->size, written);
	/* These two lead to a constant first, which is read as long as the module lives. */
	constant.init_too = false;
	err = check_bytes(&constant, kp->arg, type->size, false);
	if (err)
		return err;
	return type->ops == &param_array_ops ? check_array(row, kp->arr, written)
					     : check_string(row, kp->str, written);
}

static int check_row(struct load *ld, unsigned int i)
{
	const struct kernel_param *kp = ld->mod->kp + i;
	struct row row = {.ld = ld, .kp = kp};
	int err;

	if (!module_owns_string(ld->mod, kp->name))
		return load_fail(ld, ENOEXEC, "row %u of __param has no name", i);
	err = check_ops(&row, kp->ops);
	if (err)
		return err;
	row.init_too = !kp->perm && !kp->ops->free;
	return check_variable(&row);
}

int verify_param_rows(struct load *ld)
{
	unsigned int i;
	int err;

	for (i = 0; i < ld->mod->num_kp; i++) {
		err = check_row(ld, i);
		if (err)
			return err;
	}
	return 0;
}

/* --- what a dry run may do --- */

static bool owns(const struct module *mod, const void *at, u64 size)
{
	return within_module((unsigned long)at, mod) &&
	       in_module(mod, (unsigned long)at, size, DATA | INIT_DATA);
}

bool param_is_private(const struct module *mod, const struct kernel_param *kp)
{
	const struct param_type *type = type_of(kp->ops);

	if (!type || !is_kernels(kp->ops))
		return false;
	if (type->ops == &param_ops_string)
		return owns(mod, kp->str->string, kp->str->maxlen);
	if (type->ops == &param_array_ops)
		return is_kernels(kp->arr->ops) &&
		       owns(mod, kp->arr->elem, (u64)kp->arr->max * kp->arr->elemsize) &&
		       (!kp->arr->num || owns(mod, kp->arr->num, sizeof(*kp->arr->num)));
	return owns(mod, kp->arg, type->size);
}
