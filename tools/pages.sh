#!/usr/bin/env bash
# pages.sh build | check | run SCRIPT [ARG..]: the pages in ui/, with the locked node.
# `build` leaves ui/dist and does nothing when no source has changed; `check` runs the type checker;
# `run` any other script of ui/package.json.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ui=$root/ui
node=$root/tools/node.sh

if [ ! -f "$ui/package.json" ]; then
  echo "pages: there is no ui/package.json, so no pages are built" >&2
  exit 0
fi

# Everything that goes into the pages, as one number: file names, contents and the locked node.
sources_hash() {
  (cd "$root" && find ui tools/node/package-lock.json -type f \
    -not -path 'ui/node_modules/*' -not -path 'ui/dist/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

modules() {
  local stamp=$ui/node_modules/.installed
  cmp -s "$ui/package-lock.json" "$stamp" && return
  (cd "$ui" && "$node" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2
  cp "$ui/package-lock.json" "$stamp"
}

build() {
  local stamp=$ui/node_modules/.built hash
  hash=$(sources_hash)
  [ -d "$ui/dist" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && return
  (cd "$ui" && "$node" npm run --silent build) >&2 ||
    { echo "pages: the pages do not build; a program without any: cmake -DDOORSTEP_PAGES=OFF" >&2 && exit 1; }
  [ -n "$(find "$ui/dist" -name '*.html' -print -quit 2>/dev/null)" ] ||
    { echo "pages: npm run build left no page in ui/dist" >&2 && exit 1; }
  echo "$hash" >"$stamp"
}

command=${1:-}
[ $# -gt 0 ] && shift
case $command in
build | check) # One at a time: several builds share ui/dist.
  (
    flock 9
    modules
    if [ "$command" = build ]; then build; else cd "$ui" && "$node" npm run --silent check; fi
  ) 9>"$root/tools/node/.pages.lock"
  ;;
run)
  (flock 9 && modules) 9>"$root/tools/node/.pages.lock"
  cd "$ui" && exec "$node" npm run --silent "$@"
  ;;
*) echo "usage: pages.sh build | check | run SCRIPT [ARG..]" >&2 && exit 2 ;;
esac
