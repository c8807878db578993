; SPDX-License-Identifier: MIT
;
; header.asm: the multiboot2 header, by which GRUB knows that this ELF file is a kernel.
;
; It must lie in the first 32 KiB of the file, 8-aligned (Multiboot2 Specification, 3.1.1);
; linker.ld puts the section first and asserts it. There are no optional tags: a 32-bit entry in
; protected mode is what GRUB gives by default, on a BIOS and under UEFI alike.

MULTIBOOT2_MAGIC	equ 0xe85250d6	; 3.1.2
MULTIBOOT2_I386		equ 0		; 3.1.2: 32-bit protected mode
TAG_END			equ 0		; 3.1.3
TAG_MODULE_ALIGN	equ 6		; 3.1.11: the initrd starts on a page

section .multiboot2 progbits alloc noexec nowrite align=8

header:
	dd MULTIBOOT2_MAGIC
	dd MULTIBOOT2_I386
	dd header_end - header
	dd -(MULTIBOOT2_MAGIC + MULTIBOOT2_I386 + (header_end - header))	; checksum: all four add up to 0

	align 8
	dw TAG_MODULE_ALIGN
	dw 0
	dd 8

	align 8
	dw TAG_END
	dw 0
	dd 8
header_end:
