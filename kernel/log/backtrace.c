/* SPDX-License-Identifier: MIT */
/*
 * backtrace.c: who called whom, by following frame pointers: each function keeps its caller's rbp
 * at [rbp], and [rbp + 8] is where it returns to.
 *
 * Runs when anything may be broken, so it believes nothing: a frame must lie on a stack we know,
 * be aligned, and lie above the one before it; and there is a limit.
 */
#include "log/log.h"
#include "log/printer.h"
#include "cpu/cpu.h"
#include "sym/sym.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define FRAMES_MAX 64

struct stack_frame {
	unsigned long caller_rbp;
	unsigned long return_address;
};

static void print_return_address(unsigned long address)
{
	char text[KSYM_SYMBOL_LEN];

	sprint_backtrace(text, address);
	printk(" %s\n", text);
}

/* Where a trap struck: unlike a return address, this is the instruction itself. */
static void print_interrupted(const struct trap_frame *frame)
{
	char text[KSYM_SYMBOL_LEN];

	sprint_symbol(text, frame->rip);
	printk(" %s\n", text);
}

/* traps_entry.asm calls C with the registers it saved lying right above the return address. */
static bool is_trap_entry(unsigned long return_address)
{
	struct ksym_place place;

	return !sym_lookup_address(return_address - 1, &place) && !place.module &&
	       !strcmp(place.name, "trap_common");
}

/* Prints what one frame tells, and returns the next one's address; 0 ends the walk. */
static unsigned long print_frame(unsigned long rbp, unsigned long start, unsigned long end)
{
	const struct stack_frame *frame = (const struct stack_frame *)rbp;
	const struct trap_frame *trap = (const struct trap_frame *)(frame + 1);

	if (rbp % sizeof(long) || rbp < start || end - rbp < sizeof(*frame))
		return 0;
	if (!frame->return_address)
		return 0;
	print_return_address(frame->return_address);
	if (is_trap_entry(frame->return_address) && end - (unsigned long)trap >= sizeof(*trap))
		print_interrupted(trap);
	return frame->caller_rbp > rbp && frame->caller_rbp < end ? frame->caller_rbp : 0;
}

static void print_frames(unsigned long rbp)
{
	unsigned long start, end;

	if (!stack_range(rbp, &start, &end))
		return;
	for (int i = 0; i < FRAMES_MAX; i++) {
		rbp = print_frame(rbp, start, end);
		if (!rbp)
			return;
	}
	printk(" ...\n");
}

void backtrace_print(unsigned long rip, unsigned long rbp)
{
	printk("Call Trace:\n");
	if (rip)
		print_return_address(rip);
	print_frames(rbp);
}

static bool read_stack(unsigned long address, unsigned long *value)
{
	unsigned long start, end;

	if (address % sizeof(long) || !stack_range(address, &start, &end) ||
	    end - address < sizeof(long))
		return false;
	*value = *(const unsigned long *)address;
	return true;
}

/*
 * A trap in a function's first instructions, or at an address that is no code at all (a call
 * through a bad pointer), comes before the function made its frame: its return address is then
 * still the word at rsp, or after `push rbp` the one above.
 */
static unsigned long frameless_caller(const struct trap_frame *frame)
{
	unsigned long slot = frame->rsp, caller;
	struct ksym_place place;

	if (!sym_lookup_address(frame->rip, &place)) {
		if (place.offset > 1)
			return 0;
		slot += place.offset * sizeof(long);
	}
	return read_stack(slot, &caller) ? caller : 0;
}

void backtrace_print_frame(const struct trap_frame *frame)
{
	backtrace_print(frameless_caller(frame), frame->rbp);
}

void dump_stack(void)
{
	panic_print_machine();
	backtrace_print(0, (unsigned long)__builtin_frame_address(0));
}
EXPORT_SYMBOL(dump_stack);
