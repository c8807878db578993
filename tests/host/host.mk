# SPDX-License-Identifier: MIT
#
# host.mk: tests of pure kernel code, run on this machine with cmocka under the address and
# undefined-behaviour sanitizers.
#
# tests.mk (beside this file) lists them: HOST_TESTS += test_foo, and in test_foo_SRC the kernel
# sources (or sources of modules) that go into it together with tests/host/test_foo.c; in
# test_foo_LIBS what it is linked with beside cmocka.
#
# Kernel sources are compiled against the kernel's own headers, the test against the C library's
# first (-isystem: both define a few of the same macros). The kernel defines functions that the C library has too (strlen, snprintf): the kernel
# objects and the test are joined into one object, and every global that the kernel part defines
# is renamed in it to koan_NAME. So kernel code and test call the kernel's strlen when string.c is
# among the sources, and the C library keeps its own. A test's source needs to know nothing of it.

HOST_TESTS :=
-include $(wildcard tests/host/tests.mk)

host := build/tests/host

HOST_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
HOST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror -fno-pie -fno-builtin -fno-common \
	-fno-omit-frame-pointer $(HOST_SANITIZE)

host-kernel-command = $(HOSTCC) $(KERNEL_CPPFLAGS) $(HOST_CFLAGS) $(modname) -MMD -MP -c -o $@ $<
host-test-command = $(HOSTCC) $(HOST_CFLAGS) -isystem include -Ikernel -Imodules -Ibuild/include -Itests/host \
	$(KCONFIG_FLAGS) -MMD -MP -c -o $@ $<

$(host)/kernel/%.o: kernel/%.c build/kernel.flags tests/host/host.mk | $(utsrelease)
	@mkdir -p $(@D)
	$(call run,HOSTCC,$<,$(host-kernel-command))

# Pure parts of drivers.
$(host)/modules/%.o: modules/%.c build/kernel.flags tests/host/host.mk | $(utsrelease)
	@mkdir -p $(@D)
	$(call run,HOSTCC,$<,$(host-kernel-command))

$(host)/%.o: tests/host/%.c build/kernel.flags tests/host/host.mk | $(utsrelease)
	@mkdir -p $(@D)
	$(call run,HOSTCC,$<,$(host-test-command))
	$(call save-cmd,$(host-test-command))

# $(call host-test,NAME): its program, and what runs it.
define host-test
$(host)/$(1): $(host)/$(1).o $$(patsubst %.c,$(host)/%.o,$$($(1)_SRC)) $(wildcard tests/host/tests.mk)
	@$(LD) -r -o $$@.kernel.o $$(filter $(host)/kernel/%.o $(host)/modules/%.o,$$^)
	@$(NM) -g --defined-only $$@.kernel.o | awk '{print $$$$3, "koan_" $$$$3}' >$$@.names
	@$(LD) -r -o $$@.all.o $$@.kernel.o $(host)/$(1).o
	@$(OBJCOPY) --redefine-syms=$$@.names $$@.all.o
	$$(call run,HOSTLD,$$@,$$(HOSTCC) $$(HOST_SANITIZE) -no-pie -z noexecstack -o $$@ $$@.all.o -lcmocka $$($(1)_LIBS))

.PHONY: $(1)
$(1): $(host)/$(1)
	@ASAN_OPTIONS=detect_leaks=1 $$<
endef
$(foreach test,$(HOST_TESTS),$(eval $(call host-test,$(test))))

-include $(wildcard $(host)/*.d $(host)/kernel/*/*.d $(host)/modules/*/*/*.d)

host-tests: $(HOST_TESTS)
.PHONY: host-tests
