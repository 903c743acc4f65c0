#!/usr/bin/env bash
# node.sh PROGRAM [ARG..]: runs PROGRAM (node, npm, npx) with the node 22 and npm 11 that tools/node
# locks. Debian's node is 18 and its npm cannot install Vite's native parts, so it installs these
# two and nothing else. A second run costs one comparison.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/node" && pwd)
case $(uname -m) in
x86_64) cpu=x64 ;;
aarch64) cpu=arm64 ;;
*) echo "node.sh: no locked node for $(uname -m), only for x86_64 and aarch64" >&2 && exit 1 ;;
esac
bin=$here/node_modules/node-linux-$cpu/bin
stamp=$here/node_modules/.installed

installed() { cmp -s "$here/package-lock.json" "$stamp"; }

install() {
  flock 9
  installed && return
  command -v npm >/dev/null || { echo "node.sh: npm is missing: ./dev doctor" >&2 && exit 1; }
  (cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
  [ -x "$bin/node" ] || { echo "node.sh: npm left no $bin/node" >&2 && exit 1; }
  cp "$here/package-lock.json" "$stamp"
}

installed || (install) 9>"$here/.lock"
PATH=$bin:$here/node_modules/.bin:$PATH exec "$@"
