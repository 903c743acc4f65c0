#!/bin/sh
# install.sh [PREFIX]: puts the bundle into PREFIX (/opt/doorstep) without any network. As root also the link
# /usr/local/bin/doorstep, the account, the font and, where systemd runs, the unit. Run again it replaces the program;
# what people have entered (/var/lib/doorstep) is never touched.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
prefix=${1:-/opt/doorstep}
(cd "$here" && sha256sum --quiet --check SHA256SUMS)
mkdir -p "$prefix"
for part in bin lib share; do
  rm -rf "$prefix/$part.new"
  cp -r "$here/$part" "$prefix/$part.new"
  rm -rf "${prefix:?}/$part"
  mv "$prefix/$part.new" "$prefix/$part"
done
if [ "$(id -u)" = 0 ]; then
  mkdir -p /usr/local/bin /usr/local/share/fonts /etc/default
  ln -sf "$prefix/bin/doorstep" /usr/local/bin/doorstep
  ln -sf "$prefix/share/fonts/NotoSansCJK-Regular.ttc" /usr/local/share/fonts/
  if command -v adduser >/dev/null; then
    adduser --system --group --quiet --home /var/lib/doorstep --no-create-home doorstep
    install -d -o doorstep -g doorstep -m 0700 /var/lib/doorstep
  fi
  [ -e /etc/default/doorstep ] || cp "$here/share/doorstep/default" /etc/default/doorstep
  mkdir -p /etc/systemd/system
  sed "s|/usr/bin/doorstep|$prefix/bin/doorstep|; s|/usr/share/doc/doorstep|$prefix/share/doc/doorstep|" \
    "$here/share/doorstep/doorstep.service" >/etc/systemd/system/doorstep.service
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
fi
echo "doorstep is in $prefix. Try it: $prefix/bin/doorstep serve --demo"
