#!/usr/bin/env bash
# packages.sh install | missing | list: the Debian packages of tools/packages.txt.
# `install` asks the network only when something is missing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

present() { # package program
  [ "$2" != - ] && command -v "$2" >/dev/null && return
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

list() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$root/tools/packages.txt"; }

missing() {
  local package program
  while read -r package program; do
    present "$package" "$program" || echo "$package"
  done < <(list)
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

install() {
  local packages log=$root/build/packages.log
  mapfile -t packages < <(missing)
  [ ${#packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null || { [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; }; then
    echo "dev: please install these packages of Debian 12 (or their like) first: ${packages[*]}" >&2
    return 1
  fi
  mkdir -p "$root/build"
  echo "dev: installing ${#packages[@]} packages (log: build/packages.log): ${packages[*]}" >&2
  if [[ " ${packages[*]} " == *" postgresql-15 "* ]]; then
    # The tests start their own server: none is to run on this machine because of us.
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" |
      as_root tee /etc/postgresql-common/createcluster.d/doorstep.conf >/dev/null
  fi
  if ! { as_root apt-get update -q -o Acquire::Retries=3 &&
    as_root apt-get install -q -y -o Acquire::Retries=3 --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "dev: the packages could not be installed; the whole log: build/packages.log" >&2
    return 1
  fi
}

case ${1:-} in
install | missing | list) "$1" ;;
*) echo "usage: packages.sh install | missing | list" >&2 && exit 2 ;;
esac
