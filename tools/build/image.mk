# SPDX-License-Identifier: MIT
#
# image.mk: build/koan.iso, from the kernel, GRUB's instructions and the initrd with Koan's own
# modules; and compile_commands.json, which comes with it.

# --- Koan's own modules ---

# Their build looks itself for what has changed.
.PHONY: modules
modules: build/koan.elf build/Module.symvers $(modpost)
	@$(MAKE) --no-print-directory -f tools/build/modules.mk M=modules OUT=build/modules </dev/null

.PHONY: modules_install
modules_install: modules $(builtin-lists) ## copy Koan's modules to INSTALL_MOD_PATH/lib/modules/RELEASE
	@$(MAKE) --no-print-directory -f tools/build/modules.mk M=modules OUT=build/modules $@ </dev/null

.PHONY: nsdeps
nsdeps: build/koan.elf build/Module.symvers $(modpost) ## add the MODULE_IMPORT_NS() lines that Koan's modules lack
	@$(MAKE) --no-print-directory -f tools/build/modules.mk M=modules OUT=build/modules $@ </dev/null

# --- the initrd: a cpio archive (newc) ---

build/initrd.cpio: modules $(builtin-lists) tools/build/make-initrd.sh
	@tools/build/make-initrd.sh $@ $(KERNELRELEASE_KOAN) build/modules '$(sign-command)' \
		$(if $(CONFIG_MODULE_COMPRESS_GZIP),gzip) $(if $(silent),>/dev/null)

# --- the image ---

iso-tree := build/iso/boot

# GRUB would load what gdb needs, too.
$(iso-tree)/koan.elf: build/koan.elf
	@mkdir -p $(@D)
	@$(OBJCOPY) --strip-all $< $@

$(iso-tree)/initrd.cpio: build/initrd.cpio
	@mkdir -p $(@D)
	@cp $< $@

$(iso-tree)/grub/grub.cfg: iso/grub.cfg
	@mkdir -p $(@D)
	@cp $< $@

build/koan.iso: tools/build/make-iso.sh $(addprefix $(iso-tree)/,koan.elf initrd.cpio grub/grub.cfg)
	$(call run,ISO,$@,tools/build/make-iso.sh $@ build/iso)

# --- for editors ---

compile_commands.json: modules FORCE
	@$(PYTHON) -I -S tools/build/compile_commands.py $@
