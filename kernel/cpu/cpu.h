/* SPDX-License-Identifier: MIT */
/*
 * cpu.h: the processor: what C cannot say, in functions with the manual's names. "SDM" is Intel's
 * Software Developer's Manual.
 */
#ifndef KOAN_CPU_H
#define KOAN_CPU_H

#include <linux/types.h>
#include <linux/compiler.h>

/* --- control registers and instructions --- */

#define RFLAGS_IF (1UL << 9)  /* interrupts are let through: SDM 1, 3.4.3.3 */
#define CR0_WP	  (1UL << 16) /* ring 0 obeys read-only pages: SDM 3A, 2.5 */
#define MSR_EFER  0xc0000080  /* SDM 3A, 2.2.1 */
#define EFER_NXE  (1UL << 11) /* page tables may forbid execution */

static inline unsigned long read_cr2(void)
{
	unsigned long v;

	__asm__ volatile("mov %%cr2, %0" : "=r"(v));
	return v;
}

static inline unsigned long read_cr3(void)
{
	unsigned long v;

	__asm__ volatile("mov %%cr3, %0" : "=r"(v));
	return v;
}

static inline void write_cr3(unsigned long v)
{
	__asm__ volatile("mov %0, %%cr3" ::"r"(v) : "memory");
}

static inline unsigned long read_cr0(void)
{
	unsigned long v;

	__asm__ volatile("mov %%cr0, %0" : "=r"(v));
	return v;
}

static inline unsigned long read_cr4(void)
{
	unsigned long v;

	__asm__ volatile("mov %%cr4, %0" : "=r"(v));
	return v;
}

/* Forgets what the TLB holds for the page of @address. */
static inline void invlpg(unsigned long address)
{
	__asm__ volatile("invlpg (%0)" ::"r"(address) : "memory");
}

static inline u64 rdtsc(void)
{
	u32 lo, hi;

	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi));
	return (u64)hi << 32 | lo;
}

/* --- interrupts on this processor --- */

static inline unsigned long irq_save(void)
{
	unsigned long flags;

	__asm__ volatile("pushfq; pop %0; cli" : "=r"(flags)::"memory");
	return flags;
}

static inline void irq_restore(unsigned long flags)
{
	if (flags & RFLAGS_IF)
		__asm__ volatile("sti" ::: "memory");
}

static inline void irq_enable(void)
{
	__asm__ volatile("sti" ::: "memory");
}

static inline void irq_disable(void)
{
	__asm__ volatile("cli" ::: "memory");
}

/* Sleeps until an interrupt; with interrupts off on entry, none can slip in between. */
static inline void irq_enable_and_halt(void)
{
	__asm__ volatile("sti; hlt" ::: "memory");
}

/* In a loop that waits: lets the rest of the machine run faster. */
static inline void cpu_relax(void)
{
	__asm__ volatile("pause");
}

static inline void halt(void)
{
	__asm__ volatile("hlt");
}

/* --- ports: SDM 1, 19 --- */

static inline u8 port_in8(u16 port)
{
	u8 v;

	__asm__ volatile("inb %1, %0" : "=a"(v) : "Nd"(port));
	return v;
}

static inline void port_out8(u16 port, u8 v)
{
	__asm__ volatile("outb %0, %1" ::"a"(v), "Nd"(port));
}

static inline void port_out16(u16 port, u16 v)
{
	__asm__ volatile("outw %0, %1" ::"a"(v), "Nd"(port));
}

static inline void port_out32(u16 port, u32 v)
{
	__asm__ volatile("outl %0, %1" ::"a"(v), "Nd"(port));
}

/* --- segments.c, traps.c --- */

/*
 * The registers of what was interrupted, as traps_entry.asm pushes them (lowest address first).
 * The assembly relies on the order; traps.c asserts the offsets it names.
 */
struct trap_frame {
	u64 r15, r14, r13, r12, r11, r10, r9, r8;
	u64 rbp, rdi, rsi, rdx, rcx, rbx, rax;
	u64 vector;
	u64 error_code; /* 0 where the processor pushes none */
	u64 rip, cs, rflags, rsp, ss;
};

/* traps_entry.asm: what calls C with a struct trap_frame right above the return address. */
extern const char trap_common[];
extern const char trap_common_end[] __asm__("trap_common.end");

#define TRAP_COUNT	   256
#define TRAP_EXCEPTIONS	   32
#define TRAP_NMI	   2
#define TRAP_DOUBLE_FAULT  8
#define TRAP_PAGE_FAULT	   14
#define TRAP_MACHINE_CHECK 18
#define TRAP_IRQ_BASE	   32 /* interrupt line 0 arrives as this vector */

typedef void (*trap_handler_t)(struct trap_frame *frame);

/* Loads our own GDT and TSS, with a stack apart for double faults and for NMIs. */
void segments_init(void);
/* Loads the IDT. Until trap_set_handler(), a trap is reported by trap_set_fallback()'s function. */
void traps_init(void);
void trap_set_handler(unsigned int vector, trap_handler_t handler);
/* For every vector without a handler of its own; the exceptions among them do not return. */
void trap_set_fallback(trap_handler_t handler);
/* "Page fault", "General protection fault", ...; "Reserved exception" for those SDM leaves out. */
const char *trap_name(unsigned int vector);

/* A device's interrupt is being handled: whatever was interrupted must go on. */
bool in_interrupt(void);

/* The half-open ranges of the stacks in use, for backtraces: false when @sp lies in none. */
bool stack_range(unsigned long sp, unsigned long *start, unsigned long *end);

/* --- context.asm --- */

/* A place to come back to, as long as the function that saved it has not returned. */
struct context {
	u64 rbx, rbp, r12, r13, r14, r15;
	u64 rsp, rip;
};

_Static_assert(offsetof(struct context, rbx) == 0, "context.asm: CONTEXT_RBX");
_Static_assert(offsetof(struct context, rbp) == 8, "context.asm: CONTEXT_RBP");
_Static_assert(offsetof(struct context, r12) == 16, "context.asm: CONTEXT_R12");
_Static_assert(offsetof(struct context, r13) == 24, "context.asm: CONTEXT_R13");
_Static_assert(offsetof(struct context, r14) == 32, "context.asm: CONTEXT_R14");
_Static_assert(offsetof(struct context, r15) == 40, "context.asm: CONTEXT_R15");
_Static_assert(offsetof(struct context, rsp) == 48, "context.asm: CONTEXT_RSP");
_Static_assert(offsetof(struct context, rip) == 56, "context.asm: CONTEXT_RIP");

/*
 * Returns 0; and once more, with 1, when somebody calls context_restore(). Local variables that
 * were changed in between have either value then, unless they are volatile.
 */
__attribute__((returns_twice)) int context_save(struct context *context);
__noreturn void context_restore(const struct context *context);

#endif
