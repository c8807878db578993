/* SPDX-License-Identifier: MIT */
/*
 * elf_format.h: what an ELF file is made of, as far as a loader of relocatable files must know.
 *
 * Names and numbers are those of the System V ABI, chapters 4 and 5, and of its x86-64 supplement
 * (section 4.4, relocation). The structures are packed although they have no gaps: a hostile file
 * may put a table at an odd offset, and `packed` tells the compiler to expect that.
 */
#ifndef KOAN_ELF_FORMAT_H
#define KOAN_ELF_FORMAT_H

#include <linux/types.h>
#include <linux/compiler.h>

#define EI_NIDENT 16
#define ELFMAG	  "\177ELF"
#define SELFMAG	  4

/* Bytes of e_ident behind the magic number. */
#define EI_CLASS    4
#define EI_DATA	    5
#define ELFCLASS64  2
#define ELFDATA2LSB 1

#define ET_REL	    1  /* e_type: not linked yet */
#define EM_X86_64   62 /* e_machine */

typedef struct {
	u8 e_ident[EI_NIDENT];
	u16 e_type;
	u16 e_machine;
	u32 e_version;
	u64 e_entry;
	u64 e_phoff;
	u64 e_shoff; /* where the section headers begin */
	u32 e_flags;
	u16 e_ehsize;
	u16 e_phentsize;
	u16 e_phnum;
	u16 e_shentsize; /* bytes of one section header */
	u16 e_shnum;	 /* how many there are */
	u16 e_shstrndx;	 /* which section holds their names */
} __packed Elf64_Ehdr;

/* sh_type */
#define SHT_NULL     0 /* an unused header */
#define SHT_PROGBITS 1
#define SHT_SYMTAB   2
#define SHT_STRTAB   3
#define SHT_RELA     4
#define SHT_NOTE     7
#define SHT_NOBITS   8 /* takes memory, but no bytes of the file */
#define SHT_REL	     9

/* sh_flags */
#define SHF_WRITE     0x1
#define SHF_ALLOC     0x2 /* takes memory when the program runs */
#define SHF_EXECINSTR 0x4

typedef struct {
	u32 sh_name; /* offset into the section names */
	u32 sh_type;
	u64 sh_flags;
	u64 sh_addr;
	u64 sh_offset; /* in the file */
	u64 sh_size;
	u32 sh_link; /* a symbol table's strings; a relocation section's symbols */
	u32 sh_info; /* the section that a relocation section changes */
	u64 sh_addralign;
	u64 sh_entsize; /* bytes of one entry of a table */
} __packed Elf64_Shdr;

/* Section indexes with a meaning of their own. */
#define SHN_UNDEF     0
#define SHN_LORESERVE 0xff00
#define SHN_ABS	      0xfff1
#define SHN_COMMON    0xfff2

typedef struct {
	u32 st_name; /* offset into the symbol names */
	u8 st_info;
	u8 st_other;
	u16 st_shndx; /* the section it lies in */
	u64 st_value; /* in a relocatable file: offset into that section */
	u64 st_size;
} __packed Elf64_Sym;

#define ELF64_ST_BIND(info) ((info) >> 4)
#define ELF64_ST_TYPE(info) ((info)&0xf)
#define STB_WEAK	    2
#define STT_OBJECT	    1

typedef struct {
	u64 r_offset; /* in the section that is changed */
	u64 r_info;
	s64 r_addend;
} __packed Elf64_Rela;

#define ELF64_R_SYM(info)  ((info) >> 32)
#define ELF64_R_TYPE(info) ((info)&0xffffffff)

/* Kinds of relocation: x86-64 ABI, table 4.9. relocate.c has their formulas. */
#define R_X86_64_NONE	       0
#define R_X86_64_64	       1
#define R_X86_64_PC32	       2
#define R_X86_64_GOT32	       3
#define R_X86_64_PLT32	       4
#define R_X86_64_GOTPCREL      9
#define R_X86_64_32	       10
#define R_X86_64_32S	       11
#define R_X86_64_16	       12
#define R_X86_64_PC16	       13
#define R_X86_64_8	       14
#define R_X86_64_PC8	       15
#define R_X86_64_TLSGD	       19
#define R_X86_64_TLSLD	       20
#define R_X86_64_DTPOFF32      21
#define R_X86_64_GOTTPOFF      22
#define R_X86_64_TPOFF32       23
#define R_X86_64_PC64	       24
#define R_X86_64_GOTOFF64      25
#define R_X86_64_GOTPC32       26
#define R_X86_64_GOTPCRELX     41
#define R_X86_64_REX_GOTPCRELX 42

_Static_assert(sizeof(Elf64_Ehdr) == 64 && sizeof(Elf64_Shdr) == 64, "System V ABI, 4-1 and 4-8");
_Static_assert(sizeof(Elf64_Sym) == 24 && sizeof(Elf64_Rela) == 24, "System V ABI, 4-15 and 4-21");

#endif
