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

/* The call is what tells the caller, and it lies before the address. */
static void print_return_address(unsigned long address)
{
	printk(" %pB\n", (void *)address);
}

/* Where a trap struck: unlike a return address, this is the instruction itself. */
static void print_interrupted(const struct trap_frame *frame)
{
	printk(" %pS\n", (void *)frame->rip);
}

/* traps_entry.asm calls C with the registers it saved lying right above the return address. */
static bool is_trap_entry(unsigned long return_address)
{
	return return_address > (unsigned long)trap_common &&
	       return_address < (unsigned long)trap_common_end;
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

/* How a function makes its frame: push %rbp; mov %rsp,%rbp. */
static const u8 prologue[] = {0x55, 0x48, 0x89, 0xe5};

static bool is_prologue(unsigned long address)
{
	return !memcmp((const void *)address, prologue, sizeof(prologue));
}

/* Reads the code between the start of a function and @rip, so that must be code we can read. */
static bool frame_is_made(unsigned long start, unsigned long rip)
{
	for (unsigned long p = start; p + sizeof(prologue) <= rip; p++)
		if (is_prologue(p))
			return true;
	return false;
}

/*
 * A trap in a function's first instructions, or at an address that is no code at all (a call
 * through a bad pointer), comes before the function made its frame: its return address is then
 * still the word at rsp, or after `push` the one above. The compiler may put the prologue behind
 * a first test, so it is looked for rather than counted on.
 */
static unsigned long frameless_caller(const struct trap_frame *frame)
{
	bool no_code = frame->vector == TRAP_PAGE_FAULT && (frame->error_code & PF_FETCH);
	unsigned long slot = frame->rsp, caller;
	struct ksym_place place;

	if (!no_code && !sym_lookup_address(frame->rip, &place)) {
		if (frame_is_made(place.start, frame->rip))
			return 0;
		if (place.offset && is_prologue(frame->rip - 1))
			slot += sizeof(long);
	}
	if (!read_stack(slot, &caller) || sym_lookup_address(caller - 1, &place))
		return 0;
	return caller;
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
