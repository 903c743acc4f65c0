#!/usr/bin/env bash
# with_postgres.sh [--durable] COMMAND [ARG..]: runs COMMAND beside a PostgreSQL 15 of its own, with
# its URL in DOORSTEP_TEST_POSTGRES. The server lives in a temporary folder, listens on a unix socket
# alone, and is gone afterwards. --durable keeps fsync (figures); without it tests do not wait for
# the disk. No server is an error, never a skip. As root, who may mount one, it has a disk of 12 MiB
# too, the tablespace "small", for what happens when it is full.
set -euo pipefail
durable=off
[ "${1:-}" = --durable ] && durable=on && shift
[ $# -gt 0 ] || { echo "usage: with_postgres.sh [--durable] COMMAND [ARG..]" >&2 && exit 2; }

bin=/usr/lib/postgresql/15/bin
[ -x $bin/initdb ] || { echo "with_postgres: no $bin/initdb: install postgresql-15 (./dev doctor)" >&2 && exit 1; }
# In /tmp whatever TMPDIR says: the path of a socket has at most 107 characters.
folder=$(mktemp -d /tmp/doorstep-postgres.XXXXXX)

# PostgreSQL refuses to run as root: then it runs as the user its package made.
as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}
[ "$(id -u)" != 0 ] || chown postgres: "$folder"

stop() {
  as_owner $bin/pg_ctl -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  ! mountpoint -q "$folder/small" || umount "$folder/small"
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if ! { as_owner $bin/initdb -D "$folder/data" -U postgres --auth=trust --encoding=UTF8 --locale=C \
  --no-sync && as_owner $bin/pg_ctl -D "$folder/data" -l "$folder/log" -w -o "-c listen_addresses='' \
  -c unix_socket_directories='$folder' -c max_connections=200 -c timezone=UTC \
  -c fsync=$durable -c full_page_writes=$durable" start; } >"$folder.out" 2>&1; then
  cat "$folder.out" "$folder/log" >&2 2>/dev/null || true
  rm -f "$folder.out"
  echo "with_postgres: PostgreSQL did not start" >&2
  exit 1
fi
rm -f "$folder.out"
if [ "$(id -u)" = 0 ] && mkdir "$folder/small" &&
  mount -t tmpfs -o size=12m,mode=711 tmpfs "$folder/small" 2>/dev/null; then
  mkdir "$folder/small/space"
  chown -R postgres: "$folder/small"
  as_owner $bin/psql -q -h "$folder" -c "CREATE TABLESPACE small LOCATION '$folder/small/space'"
fi
export DOORSTEP_TEST_POSTGRES="postgresql:///postgres?host=$folder&user=postgres"
"$@"
