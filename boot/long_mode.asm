; SPDX-License-Identifier: MIT
;
; long_mode.asm: from GRUB's 32-bit entry to the first line of C, once.
;
; GRUB jumps to `start` with (Multiboot2 Specification, 3.3):
;   eax  0x36d76289
;   ebx  physical address of the boot information
;   protected mode, flat 4 GiB segments, paging and interrupts off; no stack
;
; It leaves to kernel_main(magic, info) with edi and esi holding those two values, in 64-bit mode
; at the kernel's own high addresses, on boot_stack, interrupts off, and with page tables in which
; no page is both writable and executable:
;
;   ffff800000000000  the first 4 GiB of physical memory: read, write
;   ffffffff80000000  the kernel's image, page by page: text executes, read-only data is read only
;
; The code here runs at its physical address until step 7, through one identity-mapped page that
; step 8 takes away again, together with the null page.

; --- CPU names: Intel SDM volume 3A ---
CR0_PE		equ 1 << 0	; 2.5: protected mode (GRUB has set it)
CR0_WP		equ 1 << 16	; 2.5: ring 0 obeys read-only pages
CR0_PG		equ 1 << 31	; 2.5: paging
CR4_PAE		equ 1 << 5	; 2.5: 8-byte page-table entries
MSR_EFER	equ 0xc0000080	; 2.2.1
EFER_LME	equ 1 << 8	; 2.2.1: long mode when paging goes on
EFER_NXE	equ 1 << 11	; 2.2.1: entries may forbid execution
PTE_P		equ 1 << 0	; 4.5: present
PTE_W		equ 1 << 1	; 4.5: writable
PTE_PS		equ 1 << 7	; 4.5: a 2 MiB page
PTE_NX_HIGH	equ 1 << 31	; 4.5: bit 63, in an entry's upper half: not executable
CPUID_EXT_MAX	equ 0x80000000	; volume 2A, CPUID
CPUID_EXT	equ 0x80000001
CPUID_EDX_NX	equ 1 << 20
CPUID_EDX_LM	equ 1 << 29

PAGE		equ 4096
BIG_PAGE	equ 1 << 21
DIRECT_SLOT	equ 256		; PML4 index of ffff800000000000
KERNEL_SLOT	equ 511		; PML4 index of ffffffff80000000
KERNEL_PD_SLOT	equ 510		; index of ffffffff80000000 in that PDPT
DIRECT_GIB	equ 4		; mapped here; paging_init() maps what there really is
KERNEL_TABLES	equ 8		; page tables for the image: 16 MiB, asserted in linker.ld
DIRECT_MAP	equ 0xffff800000000000
BOOT_STACK_SIZE	equ 131072	; modules may ask for modules, 50 deep: kernel/modprobe/request.c
TRAP_STACK_SIZE	equ 8192

extern kernel_main
; Physical addresses of the image's parts, from linker.ld.
extern __text_phys, __text_end_phys, __rodata_end_phys, __kernel_end_phys, __stack_guard_phys
global start
global boot_stack_guard, boot_stack_bottom, boot_stack_top
global fault_stack_guard, fault_stack_bottom, fault_stack_top
global nmi_stack_guard, nmi_stack_bottom, nmi_stack_top

; ----------------------------------------------------------------------------------------------
section .boot.text progbits alloc exec nowrite align=16
bits 32

start:
	; 1. Keep what GRUB passed; nothing below touches edi and esi before step 7.
	cli
	cld
	mov	edi, eax
	mov	esi, ebx
	mov	esp, boot_early_stack_top

	; 2. Only a 64-bit processor that can forbid execution will do.
	mov	eax, CPUID_EXT_MAX
	push	ebx
	cpuid
	pop	ebx
	cmp	eax, CPUID_EXT
	jb	no_long_mode
	mov	eax, CPUID_EXT
	push	ebx
	cpuid
	pop	ebx
	test	edx, CPUID_EDX_LM
	jz	no_long_mode
	test	edx, CPUID_EDX_NX
	jz	no_long_mode

	; 3. The top: slot 0 for this code, DIRECT_SLOT for memory, KERNEL_SLOT for the image.
	mov	eax, boot_pdpt_low + (PTE_P | PTE_W)
	mov	[boot_pml4], eax
	mov	eax, boot_pdpt_direct + (PTE_P | PTE_W)
	mov	[boot_pml4 + DIRECT_SLOT * 8], eax
	mov	eax, boot_pdpt_kernel + (PTE_P | PTE_W)
	mov	[boot_pml4 + KERNEL_SLOT * 8], eax

	; 4. The identity page: only the page of this code, and not writable.
	mov	eax, boot_pd_low + (PTE_P | PTE_W)
	mov	[boot_pdpt_low], eax
	mov	eax, boot_pt_low + (PTE_P | PTE_W)
	mov	[boot_pd_low], eax
	mov	eax, start
	and	eax, -PAGE
	mov	ebx, eax
	shr	ebx, 12
	and	ebx, 511
	or	eax, PTE_P
	mov	[boot_pt_low + ebx * 8], eax

	; 5. Memory in order: DIRECT_GIB page directories of 2 MiB pages, not executable.
	mov	ecx, 0
.direct_pdpt:
	mov	eax, ecx
	shl	eax, 12
	add	eax, boot_pd_direct + (PTE_P | PTE_W)
	mov	[boot_pdpt_direct + ecx * 8], eax
	inc	ecx
	cmp	ecx, DIRECT_GIB
	jb	.direct_pdpt
	mov	ecx, 0
	mov	eax, PTE_P | PTE_W | PTE_PS
.direct_pd:
	mov	[boot_pd_direct + ecx * 8], eax
	mov	dword [boot_pd_direct + ecx * 8 + 4], PTE_NX_HIGH
	add	eax, BIG_PAGE
	inc	ecx
	cmp	ecx, DIRECT_GIB * 512
	jb	.direct_pd

	; 6. The image, page by page: each page's place in it says what may be done with it.
	mov	eax, boot_pd_kernel + (PTE_P | PTE_W)
	mov	[boot_pdpt_kernel + KERNEL_PD_SLOT * 8], eax
	mov	ecx, 0
.kernel_pd:
	mov	eax, ecx
	shl	eax, 12
	add	eax, boot_pt_kernel + (PTE_P | PTE_W)
	mov	[boot_pd_kernel + ecx * 8], eax
	inc	ecx
	cmp	ecx, KERNEL_TABLES
	jb	.kernel_pd
	mov	eax, __text_phys
.kernel_page:
	mov	ebx, eax
	shr	ebx, 12
	mov	edx, eax
	or	edx, PTE_P
	cmp	eax, __text_end_phys
	jb	.store
	mov	dword [boot_pt_kernel + ebx * 8 + 4], PTE_NX_HIGH
	cmp	eax, __rodata_end_phys
	jb	.store
	or	edx, PTE_W
.store:
	mov	[boot_pt_kernel + ebx * 8], edx
	add	eax, PAGE
	cmp	eax, __kernel_end_phys
	jb	.kernel_page
	; The page below the stack stays unmapped: an overflow faults instead of eating data.
	mov	eax, __stack_guard_phys
	shr	eax, 12
	mov	dword [boot_pt_kernel + eax * 8], 0
	mov	dword [boot_pt_kernel + eax * 8 + 4], 0

	; 7. Long mode: PAE and the tables first, then the enable bit, then paging; a far jump ends it.
	mov	eax, CR4_PAE
	mov	cr4, eax
	mov	eax, boot_pml4
	mov	cr3, eax
	mov	ecx, MSR_EFER
	rdmsr
	or	eax, EFER_LME | EFER_NXE
	wrmsr
	mov	eax, cr0
	or	eax, CR0_PG | CR0_WP | CR0_PE
	mov	cr0, eax
	lgdt	[boot_gdt_pointer]
	jmp	BOOT_CS:long_mode

; One line on the screen and on the serial line, then the end: there is no kernel to tell more.
no_long_mode:
	mov	esi, no_long_mode_text
	mov	edi, 0xb8000
.next:
	lodsb
	test	al, al
	jz	.stop
	mov	dx, 0x3f8
	out	dx, al
	mov	ah, 0x07
	stosw
	jmp	.next
.stop:
	hlt
	jmp	.stop

no_long_mode_text:
	db "koan: this processor has no 64-bit mode with no-execute pages; Koan needs both", 13, 10, 0

BOOT_CS		equ 8
	align 8
boot_gdt:
	dq 0
	; SDM 3A, 3.4.5: a 64-bit code segment, present, ring 0. Marked accessed already: the processor
	; would write that bit, into a page that is not writable.
	dq 0x00209b0000000000
boot_gdt_pointer:
	dw $ - boot_gdt - 1
	dd boot_gdt
	dd 0

bits 64
long_mode:
	mov	rax, kernel_entry
	jmp	rax

; ----------------------------------------------------------------------------------------------
section .text

kernel_entry:
	; 8. At the high address now: no null page, no low page, from before the first line of C.
	mov	rax, DIRECT_MAP + boot_pml4
	mov	qword [rax], 0
	mov	rax, cr3
	mov	cr3, rax

	; 9. A stack, empty segments, a frame chain that ends, and C.
	xor	eax, eax
	mov	ds, eax
	mov	es, eax
	mov	ss, eax
	mov	fs, eax
	mov	gs, eax
	mov	rsp, boot_stack_top
	xor	ebp, ebp
	mov	edi, edi
	mov	esi, esi
	push	rbp		; gdb looks beyond the last frame, before it sees that it is the last:
	push	rbp		; two words for it, which keep the stack aligned, too
	push	rbp		; a return address of 0: backtraces end here
	jmp	kernel_main

; ----------------------------------------------------------------------------------------------
; Zeroed by GRUB, which loads by the ELF program headers. Names are physical addresses here.
section .boot.bss nobits alloc noexec write align=4096

boot_pml4:		resb PAGE
boot_pdpt_low:		resb PAGE
boot_pd_low:		resb PAGE
boot_pt_low:		resb PAGE
boot_pdpt_direct:	resb PAGE
boot_pdpt_kernel:	resb PAGE
boot_pd_kernel:		resb PAGE
boot_pd_direct:		resb PAGE * DIRECT_GIB
boot_pt_kernel:		resb PAGE * KERNEL_TABLES
boot_early_stack:	resb 512
boot_early_stack_top:

section .bss.stack nobits alloc noexec write align=4096

; Each stack has an unmapped page below it.
boot_stack_guard:	resb PAGE
boot_stack_bottom:	resb BOOT_STACK_SIZE
boot_stack_top:
fault_stack_guard:	resb PAGE
fault_stack_bottom:	resb TRAP_STACK_SIZE
fault_stack_top:
nmi_stack_guard:	resb PAGE
nmi_stack_bottom:	resb TRAP_STACK_SIZE
nmi_stack_top:
