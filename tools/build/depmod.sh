#!/bin/sh
# SPDX-License-Identifier: MIT
#
# depmod.sh LIB RELEASE [OPTION...]: has depmod list the modules in the folder LIB, which is
# ROOT/lib/modules/RELEASE. A depmod that does not know .ko.gz files (Debian's does not) passes
# them over; it is shown a copy where they are unpacked, and the paths in modules.dep are mended.
# modules.*.bin files, which cannot be mended, are then left out: Koan's modprobe reads the others.
set -eu

lib=$1 release=$2
shift 2
root=${lib%/lib/modules/"$release"}
PATH=$PATH:/usr/sbin:/sbin

# A depmod before version 33 does not write modules.weakdep, of what MODULE_WEAKDEP() says.
weakdeps() { # FOLDER
	[ ! -e "$1/modules.weakdep" ] || return 0
	echo '# Weak dependencies extracted from modules themselves.' >"$1/modules.weakdep"
	find "$1" -name '*.ko' -o -name '*.ko.gz' | LC_ALL=C sort | while read -r ko; do
		name=$(basename "${ko%.gz}" .ko | tr - _)
		modinfo -F weakdep "$ko" | sed "s/^/weakdep $name /"
	done >>"$1/modules.weakdep"
}

rm -f "$lib/modules.weakdep"
if [ -z "$(find "$lib" -name '*.ko.gz' -print -quit)" ] || depmod --version | grep -q '+ZLIB'; then
	depmod "$@" -b "${root:-/}" "$release"
	weakdeps "$lib"
	exit
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
unpacked=$copy/lib/modules/$release
mkdir -p "$copy/lib/modules"
cp -R "$lib" "$unpacked"
(cd "$unpacked" && find . -name '*.ko.gz' | sed 's|^\./||; s|\.gz$||') >"$copy/packed"
find "$unpacked" -name '*.ko.gz' -exec gzip -d -f {} +

depmod "$@" -b "$copy" "$release"
weakdeps "$unpacked"
awk 'NR == FNR { packed[$0]; next }
	{
		for (i = 1; i <= NF; i++) {
			path = $i
			colon = sub(/:$/, "", path) ? ":" : ""
			if (path in packed)
				$i = path ".gz" colon
		}
		print
	}' "$copy/packed" "$unpacked/modules.dep" >"$copy/modules.dep"
mv "$copy/modules.dep" "$unpacked"
rm -f "$unpacked"/modules.*.bin "$lib"/modules.*.bin
find "$unpacked" -maxdepth 1 -type f -name 'modules.*' -exec cp {} "$lib" \;
