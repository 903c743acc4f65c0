#!/usr/bin/env bash
# doctor.sh: what this machine has and lacks for building and testing. Exit status 1: something lacks.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0
line() { printf '%-12s %s\n' "$1" "$2"; }
lacks() { line "$1" "LACKS: $2" && status=1; }

first_line() { "$@" 2>/dev/null | head -n 1 || true; }

# shellcheck source=/dev/null
line system "$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-unknown}"), $(uname -m), $(nproc) cores"
line memory "$(awk '/MemTotal/{t=$2} /MemAvailable/{a=$2} END{printf "%.1f GiB, %.1f free", t/2^20, a/2^20}' /proc/meminfo)"
line disk "$(df -h --output=avail . | tail -n 1 | tr -d ' ') free here"
missing=$(tools/packages.sh missing | tr '\n' ' ')
if [ -z "$missing" ]; then line packages "all $(tools/packages.sh list | wc -l)"; else
  lacks packages "$missing(./dev build installs them)"
fi
for tool in clang++-19 cmake ninja ccache python3 chromium; do
  if command -v $tool >/dev/null; then line $tool "$(first_line $tool --version)"; else lacks $tool "not on the PATH"; fi
done
if [ -z "$missing" ]; then
  line node "$(tools/node.sh node --version), npm $(tools/node.sh npm --version)"
  line postgresql "$(tools/with_postgres.sh psql --version) (a server started and stopped)" ||
    lacks postgresql "a server of our own did not start"
fi
if [ -w /dev/shm ]; then line /dev/shm "$(df -h --output=avail /dev/shm | tail -n 1 | tr -d ' ') free"; else
  lacks /dev/shm "not writable: tests keep their SQLite files there"
fi
exit $status
