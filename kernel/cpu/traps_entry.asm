; SPDX-License-Identifier: MIT
;
; traps_entry.asm: where the processor arrives on any of its 256 vectors.
;
; Each vector has a stub of STUB_SIZE bytes, so that traps.c can compute its address. The stub
; makes all frames alike (some exceptions push an error code, the others get a 0) and pushes its
; number; trap_common then saves the registers as struct trap_frame (cpu.h) and calls C.
;
; in:    interrupts off (interrupt gates); on the interrupted stack or one named in the TSS,
;        16-aligned by the processor before it pushed (SDM 3A, 6.14.2)
; stack: 5 words pushed by the processor, 2 by the stub, 15 here: 176 bytes, still 16-aligned

STUB_SIZE	equ 16		; traps.c asserts the same number
VECTORS		equ 256

extern trap_dispatch
global trap_stubs:data (trap_stubs.end - trap_stubs)
global trap_common:function (trap_common.end - trap_common)
global trap_common.end:function

; Vectors whose error code the processor pushes itself: SDM 3A, 6.3.1 and 6.15.
%define pushes_error_code(v) (v == 8 || (v >= 10 && v <= 14) || v == 17 || v == 21 || v == 29 || v == 30)

section .text align=16
bits 64

trap_stubs:
%assign vector 0
%rep VECTORS
	align STUB_SIZE
%if !pushes_error_code(vector)
	push	0
%endif
	push	strict dword vector
	jmp	strict near trap_common
%assign vector vector + 1
%endrep
	align STUB_SIZE
.end:

trap_common:
	push	rax
	push	rbx
	push	rcx
	push	rdx
	push	rsi
	push	rdi
	push	rbp
	push	r8
	push	r9
	push	r10
	push	r11
	push	r12
	push	r13
	push	r14
	push	r15
	cld
	mov	rdi, rsp	; struct trap_frame *
	call	trap_dispatch
	pop	r15
	pop	r14
	pop	r13
	pop	r12
	pop	r11
	pop	r10
	pop	r9
	pop	r8
	pop	rbp
	pop	rdi
	pop	rsi
	pop	rdx
	pop	rcx
	pop	rbx
	pop	rax
	add	rsp, 16		; the vector and the error code
	iretq
.end:
