#!/usr/bin/env bash
# offline_test.sh: N4. The offline bundle is made, unpacked, installed and used on a bare Debian without any network: from an
# empty folder over set-up and lists to the first report. The bare system is made of this machine's own packages, so that no
# network is needed here either; tools/bundle_test.sh does the same on one fetched anew, and the .deb. A machine that lets
# nobody make name spaces cannot run it: an error, never a skip.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
place=$(mktemp -d "${TMPDIR:-/tmp}/doorstep-offline-XXXXXX")
# Everything is mounted in a name space of its own and gone with it: there is nothing to unmount here.
trap 'chmod -R u+w "$place" && rm -rf "$place"' EXIT
spaces=(--net --mount --pid --fork)
[ "$(id -u)" = 0 ] || spaces=(--user --map-root-user "${spaces[@]}")
unshare "${spaces[@]}" true || { echo "offline_test: name spaces are not allowed on this machine: run it as root, or with kernel.unprivileged_userns_clone=1" >&2; exit 1; }

BUNDLE_OUT=$place/bundle tools/bundle.sh >"$place/log" 2>&1 || { tail -n 20 "$place/log" >&2; exit 1; }
echo "packages of the bare system: $(tools/bare_debian.sh "$place/bare")"
mv "$place"/bundle/doorstep-*.tar.gz "$place/bare/srv/"

alone() { # command..: without any network but the loop, with a /proc of the bare system's own
  # shellcheck disable=SC2016 # for the shell inside
  unshare "${spaces[@]}" bash -euc '
    ip link set lo up
    mount --bind "$0" "$0" && mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/tmp"
    mount --rbind /dev "$0/dev"
    "$@"' "$place/bare" "$@"
}

# shellcheck disable=SC2016 # for the shell inside
alone chroot "$place/bare" /bin/bash -euc '
  ! (exec 3<>/dev/tcp/1.1.1.1/80) 2>/dev/null
  ldconfig
  ! command -v python3 && ! ldconfig -p | grep -E "libpq|libboost|libsodium"
  cd /srv && tar xzf doorstep-*.tar.gz && cd doorstep-*/ && ./install.sh
  ! LD_LIBRARY_PATH=/opt/doorstep/lib ldd /opt/doorstep/lib/doorstep | grep "not found"
  doorstep version
  test -s /opt/doorstep/share/fonts/NotoSansCJK-Regular.ttc
  test -s /opt/doorstep/share/doc/doorstep/install.md
  doorstep doctor --data /tmp/none | sed -n 1,3p'
alone python3 tools/bundle_use.py --root "$place/bare" --program /usr/local/bin/doorstep
# A byte that is wrong is noticed before anything is installed.
# shellcheck disable=SC2016
alone chroot "$place/bare" /bin/bash -euc '
  cd /srv/doorstep-*/ && printf x >>lib/doorstep && ! ./install.sh /opt/other 2>/dev/null && test ! -e /opt/other'
echo "a changed byte is refused"
