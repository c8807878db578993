#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make-iso.sh OUT.iso FOLDER: an ISO that boots on BIOS and UEFI machines, from a folder with
# boot/grub/grub.cfg and what that names. Only the GRUB modules that grub.cfg needs go in, and no
# fonts, themes or translations: it is small, quick to make and quick to boot.
set -eu

modules="multiboot2 normal iso9660 part_msdos"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! grub-mkrescue --output="$1" --install-modules="$modules" --locales= --fonts= --themes= \
	"$2" >"$log" 2>&1; then
	cat "$log" >&2
	rm -f "$1"
	exit 1
fi
