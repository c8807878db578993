#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make-initrd.sh OUT.cpio RELEASE MODULES: the files that Koan boots with, as a cpio archive in
# the format newc: /etc, an empty /root, and the modules below the folder MODULES that its
# modules.order names (all but tests/) in /lib/modules/RELEASE/kernel. The same files give the
# same archive: owners, times and inode numbers are set, names are sorted. OUT is only touched
# when it changes.
set -eu

out=$1 release=$2 modules=$3
tree=${out%.cpio}
lib=$tree/lib/modules/$release

rm -rf "$tree"
mkdir -p "$tree/etc" "$tree/root" "$lib/kernel"

cat >"$tree/etc/os-release" <<END
NAME="Koan"
ID=koan
VERSION="$release"
PRETTY_NAME="Koan $release"
END

while read -r ko; do
	name=${ko#"$modules"/}
	case $name in
	tests/*) continue ;;
	esac
	mkdir -p "$lib/kernel/$(dirname "$name")"
	cp "$ko" "$lib/kernel/$name"
done <"$modules/modules.order"

find "$tree" -exec touch -h -d @0 {} +
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f -exec chmod 644 {} +
(cd "$tree" && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort |
	cpio --create --format=newc --quiet --reproducible --owner=+0:+0) >"$out.$$"

if cmp -s "$out.$$" "$out"; then
	rm "$out.$$"
else
	mv "$out.$$" "$out"
	printf '  %-7s %s\n' CPIO "$out"
fi
