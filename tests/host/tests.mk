
HOST_TESTS += test_ranges
test_ranges_SRC := kernel/mm/ranges.c

HOST_TESTS += test_frames
test_frames_SRC := kernel/mm/frames.c

HOST_TESTS += test_string
test_string_SRC := kernel/lib/memory.c kernel/lib/string.c

HOST_TESTS += test_sprintf
test_sprintf_SRC := kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/memory.c kernel/lib/string.c

HOST_TESTS += test_kstrtox
test_kstrtox_SRC := kernel/lib/kstrtox.c

HOST_TESTS += test_sort
test_sort_SRC := kernel/lib/sort.c

HOST_TESTS += test_lib
test_lib_SRC := kernel/lib/resembles.c kernel/lib/errno.c kernel/lib/hash.c kernel/lib/cmdline.c kernel/lib/memory.c kernel/lib/string.c

# zlib is the judge.
HOST_TESTS += test_gzip
test_gzip_SRC := kernel/lib/gzip.c kernel/lib/inflate.c kernel/lib/huffman.c kernel/lib/crc32.c kernel/lib/string.c kernel/lib/memory.c
test_gzip_LIBS := -lz

HOST_TESTS += test_ring
test_ring_SRC := kernel/log/ring.c

HOST_TESTS += test_symindex
test_symindex_SRC := kernel/sym/index.c kernel/lib/sort.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_kallsyms
test_kallsyms_SRC := kernel/sym/table.c kernel/sym/names.c kernel/lib/string.c kernel/lib/memory.c
test_kallsyms: build/tests/host/kallsyms

HOST_TESTS += test_kallsyms_tool
test_kallsyms_tool_SRC := kernel/lib/string.c kernel/lib/memory.c
test_kallsyms_tool: build/tests/host/kallsyms

# The tool, too, under the sanitizers.
build/tests/host/kallsyms: $(wildcard tools/kallsyms/*.c tools/kallsyms/*.h) build/kernel.flags
	@mkdir -p $(@D)
	$(call run,HOSTCC,$@,$(HOSTCC) -std=gnu11 -O1 -g -Wall -Wextra -Werror $(HOST_SANITIZE) -o $@ $(filter %.c,$^))

HOST_TESTS += test_symbols
test_symbols_SRC := kernel/sym/kallsyms.c kernel/sym/sprint.c kernel/sym/table.c kernel/sym/names.c \
	kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/memory.c kernel/lib/string.c

HOST_TESTS += test_message
test_message_SRC := kernel/log/message.c kernel/log/ring.c kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/memory.c kernel/lib/string.c

HOST_TESTS += test_cpio
test_cpio_SRC := kernel/fs/cpio.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_line
test_line_SRC := kernel/shell/line.c kernel/shell/line_edit.c kernel/shell/keys.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_parse
test_parse_SRC := kernel/shell/parse.c kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_regex
test_regex_SRC := kernel/shell/regex.c kernel/shell/regex_set.c kernel/shell/regex_match.c \
	kernel/shell/glob_match.c kernel/lib/wildcard.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_columns
test_columns_SRC := kernel/shell/columns.c kernel/shell/numeric.c kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/string.c kernel/lib/memory.c

# The loader's pure phases.
module_pure := $(addprefix kernel/module/,story.c elf.c elf_tables.c elf_symbols.c info.c version_table.c vermagic.c layout.c names.c relocate.c) \
	kernel/lib/sort.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_elf
test_elf_SRC := $(module_pure)

HOST_TESTS += test_info
test_info_SRC := $(module_pure)

HOST_TESTS += test_version
test_version_SRC := $(module_pure) kernel/module/version.c

HOST_TESTS += test_layout
test_layout_SRC := $(module_pure)

HOST_TESTS += test_relocate
test_relocate_SRC := $(module_pure)

# Signatures: openssl makes what they read, while they run.
crypto_pure := $(addprefix kernel/crypto/,sha256.c modexp.c rsa.c der.c x509.c pkcs7.c) \
	kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_sha256 test_der test_rsa test_pkcs7
test_sha256_SRC := $(crypto_pure)
test_der_SRC := $(crypto_pure)
test_rsa_SRC := $(crypto_pure)
test_pkcs7_SRC := $(crypto_pure) kernel/module/signature.c

# The whole shell but its console, what reads page tables and signatures, modprobe, and the file tree below it but what it tells of the hardware.
shell_sources := $(filter-out $(addprefix kernel/shell/,shell.c console.c cmd_ptdump.c cmd_ksym.c ksym_place.c ksym_imports.c modinfo_signature.c),$(wildcard kernel/shell/*.c)) \
	$(filter-out kernel/fs/proc_devices.c,$(wildcard kernel/fs/*.c)) $(wildcard kernel/modprobe/*.c) kernel/log/taint.c kernel/sched/user.c \
	$(addprefix kernel/lib/,cmdline.c errno.c hash.c kstrtox.c sort.c wildcard.c) \
	kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_shell test_commands test_kmod test_tree test_file test_initrd
test_shell_SRC := $(shell_sources)
test_commands_SRC := $(shell_sources)
test_kmod_SRC := $(shell_sources)
test_tree_SRC := $(shell_sources)
test_file_SRC := $(shell_sources)
test_initrd_SRC := $(shell_sources)

# What modprobe reads.
HOST_TESTS += test_probe test_names
test_probe_SRC := kernel/modprobe/lines.c kernel/lib/cmdline.c kernel/lib/string.c kernel/lib/memory.c
test_names_SRC := kernel/modprobe/names.c $(addprefix kernel/lib/,hash.c sort.c wildcard.c string.c memory.c)

# Drivers.
HOST_TESTS += test_terminal test_keyboard test_calendar
test_terminal_SRC := modules/drivers/vga/terminal.c kernel/lib/string.c kernel/lib/memory.c
test_keyboard_SRC := modules/drivers/ps2kbd/keyboard.c kernel/lib/string.c kernel/lib/memory.c
test_calendar_SRC := modules/drivers/rtc_cmos/calendar.c kernel/lib/sprintf.c kernel/lib/format.c \
	kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_seq_read
test_seq_read_SRC := kernel/fs/seq_file.c kernel/fs/seq_read.c kernel/fs/seq_list.c kernel/fs/libfs.c \
	kernel/lib/sprintf.c kernel/lib/format.c kernel/lib/string.c kernel/lib/memory.c

HOST_TESTS += test_libfs
test_libfs_SRC := kernel/fs/libfs.c kernel/lib/string.c kernel/lib/memory.c

# /sys/module, on a file tree of its own.
HOST_TESTS += test_sysfs
test_sysfs_SRC := $(module_pure) $(addprefix kernel/module/,decompress.c sysfs.c sysfs_params.c sysfs_sections.c args.c taint.c) \
	$(addprefix kernel/fs/,access.c tree.c walk.c file.c seq_file.c) kernel/log/taint.c kernel/sched/user.c \
	$(addprefix kernel/lib/,sprintf.c format.c gzip.c inflate.c huffman.c crc32.c)

HOST_TESTS += test_debugger
test_debugger_SRC := $(module_pure) kernel/module/debugger.c

HOST_TESTS += test_args
test_args_SRC := kernel/module/args.c kernel/module/names.c kernel/log/taint.c kernel/lib/string.c kernel/lib/memory.c
