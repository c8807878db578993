/* SPDX-License-Identifier: MIT */
/*
 * oops.c: what is said about an exception in the kernel. The words are Linux's, so that what a
 * reader learns here helps there. oops_trap() at the end decides what follows: as a rule the task
 * that did it is killed, and the machine goes on.
 */
#include "log/log.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "sym/sym.h"

#include <linux/bug.h>
#include <linux/kernel.h>

#define PAGE_SIZE 4096UL

/* By vector: what the "...: 0000 [#1]" line calls it. */
static const char *const oops_words[TRAP_EXCEPTIONS] = {
	[0] = "divide error",
	[1] = "debug",
	[2] = "nmi",
	[3] = "int3",
	[4] = "overflow",
	[5] = "bounds",
	[6] = "invalid opcode",
	[7] = "device not available",
	[8] = "double fault",
	[9] = "coprocessor segment overrun",
	[10] = "invalid TSS",
	[11] = "segment not present",
	[12] = "stack segment",
	[13] = "general protection fault",
	[14] = "Oops",
	[16] = "fpu exception",
	[17] = "alignment check",
	[18] = "machine check",
	[19] = "simd exception",
	[21] = "control protection fault",
};

static const char *access_words(u64 error)
{
	if (error & PF_FETCH)
		return "instruction fetch";
	return error & PF_WRITE ? "write access" : "read access";
}

static const char *cause_words(u64 error)
{
	if (!(error & PF_PRESENT))
		return "not-present page";
	return error & PF_RSVD ? "reserved bit violation" : "permissions violation";
}

static void report_page_fault(u64 error, unsigned long address)
{
	if ((error & PF_FETCH) && (error & PF_PRESENT))
		pr_crit("kernel tried to execute NX-protected page - exploit attempt? (uid: 0)\n");
	if (address < PAGE_SIZE)
		pr_alert("BUG: kernel NULL pointer dereference, address: %016lx\n", address);
	else
		pr_alert("BUG: unable to handle page fault for address: %016lx\n", address);
	pr_alert("#PF: %s %s in kernel mode\n", error & PF_USER ? "user" : "supervisor",
		 access_words(error));
	pr_alert("#PF: error_code(0x%04llx) - %s\n", error, cause_words(error));
}

/* True when @address lies in the page below a stack, which is never mapped. */
static bool in_stack_guard(unsigned long address, unsigned long *start, unsigned long *end)
{
	return stack_range(address + PAGE_SIZE, start, end) && address < *start;
}

/*
 * A stack that overflows runs into its guard page. Most often the processor cannot even push the
 * page fault's frame there, and a double fault arrives instead, on a stack of its own.
 */
static bool report_stack_overflow(const struct trap_frame *frame, unsigned long cr2)
{
	unsigned long start, end;

	if (frame->vector != TRAP_DOUBLE_FAULT && frame->vector != TRAP_PAGE_FAULT)
		return false;
	if (!in_stack_guard(cr2, &start, &end))
		return false;
	pr_emerg("BUG: stack guard page was hit at %016lx (stack is %016lx..%016lx)\n", cr2, start,
		 end - 1);
	return true;
}

static const char *oops_name(const struct trap_frame *frame)
{
	const char *words = frame->vector < TRAP_EXCEPTIONS ? oops_words[frame->vector] : NULL;

	return words ? words : trap_name((unsigned int)frame->vector);
}

#define CODE_BEFORE 42 /* bytes; the numbers are Linux's, whose scripts/decodecode reads them */
#define CODE_AFTER  21

/*
 * Can the instruction at rip be read? It was, unless fetching it is what failed: its page is not
 * there, or rip is no address at all (SDM 1, 3.3.7.1: bits 63 to 47 of an address are alike).
 */
static bool code_is_there(const struct trap_frame *f, unsigned long cr2)
{
	if ((s64)(f->rip << 16) >> 16 != (s64)f->rip)
		return false;
	return f->vector != TRAP_PAGE_FAULT || !(f->error_code & PF_FETCH) ||
	       (cr2 & -PAGE_SIZE) != (f->rip & -PAGE_SIZE);
}

/* The instruction and its neighbours in its own page: the pages around that may be missing. */
static void print_code(const struct trap_frame *f, unsigned long cr2)
{
	unsigned long page = f->rip & -PAGE_SIZE;
	unsigned long start = max(page, f->rip - CODE_BEFORE);
	unsigned long end = min(page + PAGE_SIZE - 1, f->rip + CODE_AFTER);
	char text[(CODE_BEFORE + CODE_AFTER + 1) * 3 + 3];
	int len = 0;

	if (!code_is_there(f, cr2)) {
		printk("Code: Unable to access opcode bytes at 0x%llx.\n", f->rip);
		return;
	}
	for (unsigned long p = start; p <= end; p++)
		len += scnprintf(text + len, sizeof(text) - len, p == f->rip ? " <%02x>" : " %02x",
				 *(const u8 *)p);
	printk("Code:%s\n", text);
}

static void print_registers(const struct trap_frame *f, unsigned long cr2)
{
	printk("RIP: %04llx:%pS\n", f->cs, (void *)f->rip);
	print_code(f, cr2);
	printk("RSP: %04llx:%016llx EFLAGS: %08llx\n", f->ss, f->rsp, f->rflags);
	printk("RAX: %016llx RBX: %016llx RCX: %016llx\n", f->rax, f->rbx, f->rcx);
	printk("RDX: %016llx RSI: %016llx RDI: %016llx\n", f->rdx, f->rsi, f->rdi);
	printk("RBP: %016llx R08: %016llx R09: %016llx\n", f->rbp, f->r8, f->r9);
	printk("R10: %016llx R11: %016llx R12: %016llx\n", f->r10, f->r11, f->r12);
	printk("R13: %016llx R14: %016llx R15: %016llx\n", f->r13, f->r14, f->r15);
	printk("CR0: %016lx CR2: %016lx CR3: %016lx CR4: %016lx\n", read_cr0(), cr2, read_cr3(),
	       read_cr4());
}

void oops_report(const struct trap_frame *frame)
{
	static unsigned int count;
	unsigned long cr2 = read_cr2();
	const char *name = oops_name(frame);

	console_verbose();
	if (report_stack_overflow(frame, cr2))
		name = "kernel stack overflow";
	else if (frame->vector == TRAP_PAGE_FAULT)
		report_page_fault(frame->error_code, cr2);
	pr_emerg("%s: %04llx [#%u]\n", name, frame->error_code & 0xffff, ++count);
	panic_print_machine();
	print_registers(frame, cr2);
	backtrace_print_frame(frame);
	panic_print_modules();
	add_taint(TAINT_DIE);
	pr_warn("---[ end trace 0000000000000000 ]---\n");
	print_registers(frame, cr2); /* once more: the first may have scrolled away */
}

/* The report itself may touch what is broken. */
static __noreturn void oops_in_oops(const struct trap_frame *frame)
{
	char reason[128];

	snprintf(reason, sizeof(reason), "%s at %016llx (cr2 %016lx) while reporting another",
		 oops_name(frame), frame->rip, read_cr2());
	panic_now(reason);
}

/* --- what follows --- */

int panic_on_oops;
static void (*killer)(void);

void oops_set_killer(void (*kill)(void))
{
	killer = kill;
}

/* What a module was changing is its own; the kernel has lost nothing with it. */
static bool in_module(unsigned long address)
{
	struct ksym_place place;

	return sym_lookup_address(address, &place) == 0 && place.module;
}

/*
 * Whether whoever did it can be taken out of the kernel. Not if the machine itself is in doubt, if
 * there is no stack left to go on with, or if the kernel had switched interrupts off: then
 * something was being changed that an interrupt must not find half done, and nobody else either.
 */
static bool can_kill(const struct trap_frame *frame)
{
	unsigned long start, end;

	if (frame->vector == TRAP_DOUBLE_FAULT || frame->vector == TRAP_NMI ||
	    frame->vector == TRAP_MACHINE_CHECK)
		return false;
	if (frame->vector == TRAP_PAGE_FAULT && in_stack_guard(read_cr2(), &start, &end))
		return false;
	return frame->rflags & RFLAGS_IF || in_module(frame->rip);
}

void oops_trap(struct trap_frame *frame)
{
	static bool reporting;
	int level = console_loglevel();
	bool killable = can_kill(frame);

	if (reporting)
		oops_in_oops(frame);
	reporting = true;
	oops_report(frame);
	reporting = false;
	if (in_interrupt())
		panic("Fatal exception in interrupt");
	if (killable && !panic_on_oops && killer) {
		WARN_ON(console_set_loglevel(level));
		killer();
	}
	panic("Fatal exception");
}
