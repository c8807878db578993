; SPDX-License-Identifier: MIT
;
; context.asm: a place in the code to come back to: setjmp() and longjmp() of the C library, for a
; kernel. What a function may not change (System V ABI for x86-64, 3.2.1) is kept, with the stack
; and the address to go on at; everything else is the compiler's business, who knows by
; `returns_twice` that it cannot rely on it.

; struct context (cpu.h), which asserts these
CONTEXT_RBX	equ 0
CONTEXT_RBP	equ 8
CONTEXT_R12	equ 16
CONTEXT_R13	equ 24
CONTEXT_R14	equ 32
CONTEXT_R15	equ 40
CONTEXT_RSP	equ 48
CONTEXT_RIP	equ 56

global context_save:function (context_save.end - context_save)
global context_restore:function (context_restore.end - context_restore)

section .text align=16
bits 64

; in:  rdi = struct context *, to be filled in
; out: eax = 0
context_save:
	mov	rdx, [rsp]	; where we return to
	lea	rcx, [rsp + 8]	; and the stack as it is then
	mov	[rdi + CONTEXT_RBX], rbx
	mov	[rdi + CONTEXT_RBP], rbp
	mov	[rdi + CONTEXT_R12], r12
	mov	[rdi + CONTEXT_R13], r13
	mov	[rdi + CONTEXT_R14], r14
	mov	[rdi + CONTEXT_R15], r15
	mov	[rdi + CONTEXT_RSP], rcx
	mov	[rdi + CONTEXT_RIP], rdx
	xor	eax, eax
	ret
.end:

; in:  rdi = const struct context *, of a function that has not returned
; out: eax = 1, where context_save() returned before; interrupts as they are
context_restore:
	mov	rbx, [rdi + CONTEXT_RBX]
	mov	rbp, [rdi + CONTEXT_RBP]
	mov	r12, [rdi + CONTEXT_R12]
	mov	r13, [rdi + CONTEXT_R13]
	mov	r14, [rdi + CONTEXT_R14]
	mov	r15, [rdi + CONTEXT_R15]
	mov	rsp, [rdi + CONTEXT_RSP]
	mov	eax, 1
	cld			; the ABI's, whatever the code we leave has done: 3.2.1
	jmp	[rdi + CONTEXT_RIP]
.end:
