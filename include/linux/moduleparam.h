/* SPDX-License-Identifier: MIT */
/*
 * moduleparam.h: variables of a module that `insmod x.ko name=value` sets before its init runs.
 *
 * module_param(name, type, perm) leaves a row in section __param and `parmtype=name:type` in
 * .modinfo. Types: byte short ushort int uint long ulong ullong hexint charp bool invbool bint, and
 * bool_enable_only, which cannot be switched off again. @perm is the mode of the parameter's file
 * /sys/module/NAME/parameters/PARAM, in octal; 0: there is no such file.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/types.h>
#include <linux/init.h>
#include <linux/stringify.h>

/* The prefix of a built-in's parameters on the kernel command line: "name." */
#ifdef MODULE
#define MODULE_PARAM_PREFIX
#define __MODULE_INFO_PREFIX
#else
#define MODULE_PARAM_PREFIX  KBUILD_MODNAME "."
#define __MODULE_INFO_PREFIX KBUILD_MODNAME "."
#endif

/*
 * One `tag=value` of .modinfo; `modinfo` and the loader read them up to the first NUL, so one inside
 * would hide what follows: "GPL\0 for files that I like".
 */
#define __MODULE_INFO(tag, unique, info)                                                           \
	_Static_assert(sizeof(info) == __builtin_strlen(info) + 1,                                 \
		       "MODULE_INFO(" __stringify(tag) ", ...) has a NUL byte inside");            \
	static const char __UNIQUE_ID(unique)[] __used __section(".modinfo") __aligned(1) =        \
		__MODULE_INFO_PREFIX __stringify(tag) "=" info

struct kernel_param;
struct module;

#define KERNEL_PARAM_OPS_FL_NOARG 1 /* a bare name without "=value" is allowed */

/* kernel_param.flags */
#define KERNEL_PARAM_FL_UNSAFE	1 /* who sets it taints the kernel */
#define KERNEL_PARAM_FL_HWPARAM 2 /* says where hardware is */

struct kernel_param_ops {
	unsigned int flags;
	/* @val is NULL for a bare name. Returns 0 or a negative errno. */
	int (*set)(const char *val, const struct kernel_param *kp);
	/* Writes at most PAGE_SIZE characters, newline included; returns how many, or an errno. */
	int (*get)(char *buffer, const struct kernel_param *kp);
	/* Frees what set() allocated; may be NULL. */
	void (*free)(void *arg);
};

struct kparam_string {
	unsigned int maxlen; /* bytes of the buffer, the NUL included */
	char *string;
};

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num; /* may be NULL */
	const struct kernel_param_ops *ops;
	void *elem;
};

/* One row of section __param. */
struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	const u16 perm; /* of its file in /sys; 0: no file */
	s8 level;
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

_Static_assert(sizeof(struct kernel_param) == 40, "rows of __param follow each other without gaps");

#define __MODULE_PARM_TYPE(name, _type) __MODULE_INFO(parmtype, name##type, #name ":" _type)
#define MODULE_PARM_DESC(name, desc)	__MODULE_INFO(parm, name, #name ":" desc)

/* Nobody may do what those before them (user, group, others) may not; others never write. */
#define __PERM_ORDERED(perm, bit)                                                                  \
	(((perm) >> 6 & (bit)) >= ((perm) >> 3 & (bit)) &&                                         \
	 ((perm) >> 3 & (bit)) >= ((perm) & (bit)))
#define __PERM_IS_FIT(perm)                                                                        \
	((perm) >= 0 && (perm) <= 0777 && __PERM_ORDERED(perm, 4) && __PERM_ORDERED(perm, 2) &&    \
	 !((perm)&2))

#define __PARAM_ROW static const struct kernel_param __used __section("__param") __aligned(8)

#define __module_param_call(prefix, name, ops, argument, perm, level, flags)                       \
	_Static_assert(__PERM_IS_FIT(perm), "the mode of parameter " #name                         \
					    " must be octal, such as 0644, and not 0666");         \
	static const char __param_str_##name[] = prefix #name;                                     \
	__PARAM_ROW __param_##name = {__param_str_##name, THIS_MODULE, ops, perm, level, flags,    \
				      {argument}}

/* A parameter with operations of its own. */
#define module_param_cb(name, ops, arg, perm)                                                      \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm)                                               \
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, KERNEL_PARAM_FL_UNSAFE)

/* The same in older sources. */
#define module_param_call(name, set_fn, get_fn, arg, perm)                                         \
	static const struct kernel_param_ops __param_ops_##name = {.set = set_fn, .get = get_fn};  \
	module_param_cb(name, &__param_ops_##name, arg, perm)

/* The compiler refuses a variable whose type is not the one declared. */
#define __module_param_typed(name, value, type, perm, flags)                                       \
	static inline __maybe_unused void *__check_##name(void)                                    \
	{                                                                                          \
		param_check_##type(value);                                                         \
		return &(value);                                                                   \
	}                                                                                          \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_##type, &value, perm, -1,        \
			    flags);                                                                \
	__MODULE_PARM_TYPE(name, #type)

#define module_param_named(name, value, type, perm) __module_param_typed(name, value, type, perm, 0)
#define module_param(name, type, perm)		    module_param_named(name, name, type, perm)

#ifndef MODULE
/* One of the kernel itself: a word of its command line without a dot; /sys/module/kernel has it. */
#define core_param(name, value, type, perm)                                                        \
	__module_param_call("", name, &param_ops_##type, &value, perm, -1, 0)
#endif

#define module_param_named_unsafe(name, value, type, perm)                                         \
	__module_param_typed(name, value, type, perm, KERNEL_PARAM_FL_UNSAFE)
#define module_param_unsafe(name, type, perm) module_param_named_unsafe(name, name, type, perm)

/* @hwtype, for the reader: ioport, iomem, ioport_or_iomem, irq, dma, dma_addr, other. */
#define module_param_hw_named(name, value, type, hwtype, perm)                                     \
	__module_param_typed(name, value, type, perm, KERNEL_PARAM_FL_HWPARAM)
#define module_param_hw(name, type, hwtype, perm)                                                  \
	module_param_hw_named(name, name, type, hwtype, perm)

/* @string is an array of @len bytes that the value is copied into. */
#define module_param_string(name, string, len, perm)                                               \
	static const struct kparam_string __param_string_##name = {len, string};                   \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_string,                          \
			    (void *)&__param_string_##name, perm, -1, 0);                          \
	__MODULE_PARM_TYPE(name, "string")

/* @nump, when not NULL, points at an unsigned int that receives how many were given. */
#define __module_param_array(name, array, type, nump, perm, flags)                                 \
	static const struct kparam_array __param_arr_##name = {                                    \
		.max = sizeof(array) / sizeof((array)[0]),                                         \
		.elemsize = sizeof((array)[0]),                                                    \
		.num = nump,                                                                       \
		.ops = &param_ops_##type,                                                          \
		.elem = array,                                                                     \
	};                                                                                         \
	static inline __maybe_unused void *__check_##name(void)                                    \
	{                                                                                          \
		param_check_##type((array)[0]);                                                    \
		return array;                                                                      \
	}                                                                                          \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_array_ops,                           \
			    (void *)&__param_arr_##name, perm, -1, flags);                         \
	__MODULE_PARM_TYPE(name, "array of " #type)

#define module_param_array_named(name, array, type, nump, perm)                                    \
	__module_param_array(name, array, type, nump, perm, 0)
#define module_param_array(name, type, nump, perm)                                                 \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_hw_array(name, type, hwtype, nump, perm)                                      \
	__module_param_array(name, name, type, nump, perm, KERNEL_PARAM_FL_HWPARAM)

#define __param_check(value, type)                                                                 \
	_Static_assert(__builtin_types_compatible_p(__typeof__(value), type),                      \
		       #value " is not of the parameter's type")
/* Signed or not, or an enum: as in Linux, only the size and being a whole number matter. */
#define __param_check_number(value, type)                                                          \
	_Static_assert(sizeof(value) == sizeof(type) && __builtin_classify_type(value) == 1 &&     \
			       !__builtin_types_compatible_p(__typeof__(value), bool),             \
		       #value " is not of the parameter's type")
#define param_check_byte(v)		__param_check_number(v, unsigned char)
#define param_check_short(v)		__param_check_number(v, short)
#define param_check_ushort(v)		__param_check_number(v, unsigned short)
#define param_check_int(v)		__param_check_number(v, int)
#define param_check_uint(v)		__param_check_number(v, unsigned int)
#define param_check_long(v)		__param_check_number(v, long)
#define param_check_ulong(v)		__param_check_number(v, unsigned long)
#define param_check_ullong(v)		__param_check_number(v, unsigned long long)
#define param_check_hexint(v)		__param_check_number(v, unsigned int)
#define param_check_charp(v)		__param_check(v, char *)
#define param_check_bool(v)		__param_check(v, bool)
#define param_check_invbool(v)		__param_check(v, bool)
#define param_check_bint(v)		__param_check_number(v, int)
#define param_check_bool_enable_only(v) __param_check(v, bool)

/* Exported by the kernel; a module's own ops may call the set and get functions inside. */
extern const struct kernel_param_ops param_ops_byte, param_ops_short, param_ops_ushort,
	param_ops_int, param_ops_uint, param_ops_long, param_ops_ulong, param_ops_ullong,
	param_ops_hexint, param_ops_charp, param_ops_bool, param_ops_bool_enable_only,
	param_ops_invbool, param_ops_bint, param_ops_string, param_array_ops;

int param_set_byte(const char *val, const struct kernel_param *kp);
int param_get_byte(char *buffer, const struct kernel_param *kp);
int param_set_short(const char *val, const struct kernel_param *kp);
int param_get_short(char *buffer, const struct kernel_param *kp);
int param_set_ushort(const char *val, const struct kernel_param *kp);
int param_get_ushort(char *buffer, const struct kernel_param *kp);
int param_set_int(const char *val, const struct kernel_param *kp);
int param_get_int(char *buffer, const struct kernel_param *kp);
int param_set_uint(const char *val, const struct kernel_param *kp);
int param_get_uint(char *buffer, const struct kernel_param *kp);
int param_set_long(const char *val, const struct kernel_param *kp);
int param_get_long(char *buffer, const struct kernel_param *kp);
int param_set_ulong(const char *val, const struct kernel_param *kp);
int param_get_ulong(char *buffer, const struct kernel_param *kp);
int param_set_ullong(const char *val, const struct kernel_param *kp);
int param_get_ullong(char *buffer, const struct kernel_param *kp);
int param_set_hexint(const char *val, const struct kernel_param *kp);
int param_get_hexint(char *buffer, const struct kernel_param *kp);
int param_set_charp(const char *val, const struct kernel_param *kp);
int param_get_charp(char *buffer, const struct kernel_param *kp);
int param_set_bool(const char *val, const struct kernel_param *kp);
int param_get_bool(char *buffer, const struct kernel_param *kp);
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp);
int param_set_invbool(const char *val, const struct kernel_param *kp);
int param_get_invbool(char *buffer, const struct kernel_param *kp);
int param_set_bint(const char *val, const struct kernel_param *kp);
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

#endif
