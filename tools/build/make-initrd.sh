#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make-initrd.sh OUT.cpio RELEASE MODULES SIGN [gzip]: the files that Koan boots with, as a cpio archive in
# the format newc: what is in initrd/, an empty /root, and in /lib/modules/RELEASE the modules that
# modules.order in the folder MODULES names, with depmod's lists of them. The same files give the same archive:
# owners, times and inode numbers are set, names are sorted. SIGN is a command that signs a
# module, or empty; with "gzip" modules are compressed. OUT is only touched when it changes.
set -eu

out=$1 release=$2 modules=$3 sign=$4 compression=${5-}
tree=${out%.cpio}
lib=$tree/lib/modules/$release

rm -rf "$tree"
mkdir -p "$tree/root" "$lib/kernel"
cp -r initrd/. "$tree"

cat >"$tree/etc/os-release" <<END
NAME="Koan"
ID=koan
VERSION="$release"
PRETTY_NAME="Koan $release"
END

while read -r ko; do
	name=${ko#"$modules"/}
	mkdir -p "$lib/kernel/$(dirname "$name")"
	cp "$ko" "$lib/kernel/$name"
	# shellcheck disable=SC2086 # a command, of several words
	[ -z "$sign" ] || $sign "$lib/kernel/$name"
	[ -z "$compression" ] || "$compression" -n "$lib/kernel/$name"
	echo "kernel/$name" >>"$lib/modules.order"
done <"$modules/modules.order"

# What is built in, which depmod wants to be told. Its .bin files are for programs on Linux.
touch "$lib/modules.order"
for list in "" .modinfo .alias .ranges; do
	cp "${modules%/*}/modules.builtin$list" "$lib"
done
"${0%/*}"/depmod.sh "$lib" "$release"
rm -f "$lib"/*.bin "$lib/modules.devname"

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
