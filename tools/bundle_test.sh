#!/usr/bin/env bash
# bundle_test.sh: does what tools/bundle.sh made install and run on a Debian 12 that has nothing and no network? A new one
# is made each time (debootstrap, as root); what was measured is written to build/bundle/result.txt. Takes minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bundle=$(ls "$PWD"/build/bundle/doorstep-*.tar.gz)
package=$(ls "$PWD"/build/bundle/doorstep_*.deb)
result=$PWD/build/bundle/result.txt
[ "$(id -u)" = 0 ] || { echo "bundle_test: debootstrap and chroot need root" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap >&2
place=$(mktemp -d "${TMPDIR:-/tmp}/doorstep-bare-XXXXXX")
# Everything is mounted in a name space of its own and gone with it: there is nothing to unmount here.
trap 'rm -rf "$place"' EXIT
mirror=$(awk '/^URIs:/{print $2; exit} /^deb /{print $2; exit}' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true)
debootstrap --variant=minbase bookworm "$place/bare" ${mirror:+"$mirror"} >"$place/log" 2>&1 || { tail -n 5 "$place/log" >&2; exit 1; }
rm -rf "$place"/bare/var/cache/apt/archives/*.deb

alone() { # command..: without any network but the loop, with a /proc of the chroot's own
  # shellcheck disable=SC2016 # for the shell inside
  unshare --net --mount --pid --fork bash -euc '
    ip link set lo up
    mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/tmp"
    mount --rbind /dev "$0/dev"
    "$@"' "$place/bare" "$@"
}

{
  echo "Debian $(cat /etc/debian_version), $(nproc) cores, $(date -u +%F)"
  stat -c '%s %n' "$bundle" "$package" | sed "s|$PWD/||"
  echo "packages of the bare system: $(chroot "$place/bare" dpkg-query -f '.\n' -W | wc -l)"
} >"$result"

cp "$bundle" "$place/bare/srv/"
# shellcheck disable=SC2016 # for the shell inside
alone chroot "$place/bare" /bin/bash -euc '
  cd /srv && ! (exec 3<>/dev/tcp/1.1.1.1/80) 2>/dev/null
  start=$(date +%s%N)
  tar xzf doorstep-*.tar.gz && cd doorstep-*/ && ./install.sh
  echo "unpacked, checked and installed in $((($(date +%s%N) - start) / 1000000)) ms"
  ! LD_LIBRARY_PATH=/opt/doorstep/lib ldd /opt/doorstep/lib/doorstep | grep "not found"
  doorstep version && test -s /opt/doorstep/share/fonts/NotoSansCJK-Regular.ttc' >>"$result"
alone python3 tools/bundle_use.py --root "$place/bare" --program /usr/local/bin/doorstep >>"$result"
# A byte that is wrong is noticed before anything is installed.
# shellcheck disable=SC2016
alone chroot "$place/bare" /bin/bash -euc '
  cd /srv/doorstep-*/ && printf x >>lib/doorstep && ! ./install.sh /opt/other 2>/dev/null && test ! -e /opt/other'
echo "a changed byte is refused" >>"$result"

# The .deb takes its libraries from Debian: apt fetches them once, then it runs without network too.
rm -rf "$place"/bare/{opt/doorstep,usr/local/bin/doorstep,srv/doorstep*,etc/default/doorstep,etc/systemd/system/doorstep.service}
cp "$package" "$place/bare/srv/"
for file in /etc/resolv.conf /etc/hosts /etc/apt/apt.conf.d/99*; do
  [ -e "$file" ] && mkdir -p "$place/bare$(dirname "$file")" && cp -L "$file" "$place/bare$file"
done
[ -d /etc/ssl/certs ] && mkdir -p "$place/bare/etc/ssl" && cp -rL /etc/ssl/certs "$place/bare/etc/ssl/"
chroot "$place/bare" /bin/bash -euc 'apt-get update -q && apt-get install -qy --no-install-recommends /srv/*.deb' >"$place/log" 2>&1 ||
  { tail -n 5 "$place/log" >&2; exit 1; }
echo "the .deb, with apt: $(chroot "$place/bare" dpkg -s doorstep | sed -n '2p;/^Version/p' | tr '\n' ' ')" >>"$result"
alone python3 tools/bundle_use.py --root "$place/bare" --program /usr/bin/doorstep >>"$result"
chroot "$place/bare" /bin/bash -euc 'apt-get purge -qy doorstep' >"$place/log" 2>&1
[ -d "$place/bare/var/lib/doorstep" ] && echo "what people entered stays after a purge" >>"$result"
systemd-analyze security --offline=true packaging/doorstep.service | tail -n 1 >>"$result"
cat "$result"
