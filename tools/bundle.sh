#!/usr/bin/env bash
# bundle.sh: build/bundle/doorstep_VERSION_amd64.deb and build/bundle/doorstep-VERSION-ARCH.tar.gz from build/release
# (BUNDLE_OUT and BUNDLE_BUILD name other folders). The second needs nothing of the machine but a Debian 12: binary,
# libraries, one font, documents, licences, checksums.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${BUNDLE_BUILD:-$PWD/build/release}
out=${BUNDLE_OUT:-$PWD/build/bundle}
font=/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
# Of every Debian: the C library and its loader, which must be the machine's own.
own='^(linux-vdso|ld-linux|libc|libm|libpthread|libdl|librt|libresolv)[.-]'

version=$(sed -n 's/^CPACK_PACKAGE_VERSION "\(.*\)"/\1/p; s/^set(CPACK_PACKAGE_VERSION "\(.*\)")/\1/p' "$build/CPackConfig.cmake" | awk 'NR == 1')
name=doorstep-$version-$(dpkg --print-architecture)
root=$out/$name
rm -rf "$out" && mkdir -p "$root"

(cd "$build" && cpack -G DEB -B "$out/deb" >"$out/cpack.log") || { cat "$out/cpack.log" >&2; exit 1; }
mv "$out"/deb/*.deb "$out/" && rm -rf "$out/deb"

# The same files as the .deb's, in the bundle's order.
DESTDIR=$out/stage cmake --install "$build" --prefix /usr --strip >/dev/null
mkdir -p "$root"/{bin,lib,share/doorstep,share/fonts,share/licences}
mv "$out/stage/usr/bin/doorstep" "$root/lib/doorstep"
mv "$out/stage/usr/share/doc" "$root/share/doc"
mv "$out/stage/usr/lib/systemd/system/doorstep.service" "$root/share/doorstep/"
mv "$out/stage/etc/default/doorstep" "$root/share/doorstep/default"
rm -rf "$out/stage"
install -m 0755 packaging/run.sh "$root/bin/doorstep"
install -m 0755 packaging/install.sh "$root/install.sh"

licence_of() { # file: the licence of the Debian package that it comes from
  local package
  package=$(dpkg -S "$(readlink -f "$1")" "$1" 2>/dev/null | awk -F: 'NR == 1 {print $1}')
  [ -n "$package" ] || { echo "bundle: no package owns $1" >&2; return 1; }
  cp -L "/usr/share/doc/$package/copyright" "$root/share/licences/$package"
}
ldd "$root/lib/doorstep" | awk '$3 ~ /^\// {print $1, $3}' | while read -r soname file; do
  if [[ $soname =~ $own ]]; then continue; fi
  install -m 0644 "$(readlink -f "$file")" "$root/lib/$soname"
  licence_of "$file" || licence_of "/usr$file"
done
cp "$font" "$root/share/fonts/" && licence_of "$font"
# shellcheck disable=SC2094 # it leaves itself out
(cd "$root" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS)
# The same bytes from the same files: who gets it from somebody else can compare.
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime='2020-01-01 00:00Z' -C "$out" -c "$name" | gzip -n >"$root.tar.gz"
(cd "$out" && sha256sum ./*.deb ./*.tar.gz >SHA256SUMS)
rm -rf "$root"
ls -l "$out" >&2
