; SPDX-License-Identifier: MIT
;
; empty.asm: the smallest kernel that GRUB starts by multiboot2: it writes one character to the
; serial line and halts. The time until that character is what firmware and GRUB take, so no
; kernel on the same kind of ISO can be faster.

bits 32

MULTIBOOT2_MAGIC equ 0xe85250d6	; multiboot2 3.1.1
ARCHITECTURE_I386 equ 0
TAG_END		equ 0
TAG_END_SIZE	equ 8
COM1_DATA	equ 0x3f8

section .text
align 8
header:
	dd MULTIBOOT2_MAGIC
	dd ARCHITECTURE_I386
	dd header.end - header
	dd -(MULTIBOOT2_MAGIC + ARCHITECTURE_I386 + (header.end - header))
	dw TAG_END, 0
	dd TAG_END_SIZE
.end:

; GRUB jumps here in 32-bit protected mode (multiboot2 3.3).
global _start
_start:
	cli
	mov dx, COM1_DATA
	mov al, '!'
	out dx, al
.halt:
	hlt
	jmp .halt
