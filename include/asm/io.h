/* SPDX-License-Identifier: MIT */
/*
 * io.h: ports (SDM 1, 19), and memory of devices as ioremap() gives it. Each call here is one
 * access of that width, done where it stands: the compiler neither joins nor drops nor moves it.
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/types.h>
#include <linux/compiler.h>

/* inb(port), outb(value, port), and inw, outw, inl, outl. */
#define __PORT_ACCESS(letter, type)                                                                \
	static inline type in##letter(u16 port)                                                    \
	{                                                                                          \
		type value;                                                                        \
                                                                                                   \
		__asm__ volatile("in" #letter " %1, %0" : "=a"(value) : "Nd"(port));               \
		return value;                                                                      \
	}                                                                                          \
	static inline void out##letter(type value, u16 port)                                       \
	{                                                                                          \
		__asm__ volatile("out" #letter " %0, %1" ::"a"(value), "Nd"(port));                \
	}

__PORT_ACCESS(b, u8)
__PORT_ACCESS(w, u16)
__PORT_ACCESS(l, u32)

/* A moment of waiting, for devices that are slower than the bus: a write to a port nobody has. */
static inline void io_delay(void)
{
	outb(0, 0x80);
}

/* readb(p), writeb(value, p), and readw, writew, readl, writel, readq, writeq. */
#define __MEMORY_ACCESS(letter, type)                                                              \
	static inline type read##letter(const volatile void __iomem *p)                            \
	{                                                                                          \
		return *(const volatile type __force *)p;                                          \
	}                                                                                          \
	static inline void write##letter(type value, volatile void __iomem *p)                     \
	{                                                                                          \
		*(volatile type __force *)p = value;                                               \
	}

__MEMORY_ACCESS(b, u8)
__MEMORY_ACCESS(w, u16)
__MEMORY_ACCESS(l, u32)
__MEMORY_ACCESS(q, u64)

#endif
