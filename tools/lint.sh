#!/usr/bin/env bash
# lint.sh [--all]: clang-tidy over the C++ sources that differ from main (or all), with the compile
# commands of build/release; a changed header is looked at through one source that includes it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
all() { git ls-files --cached --others --exclude-standard 'src/*.cpp'; }

changed() {
  local base=HEAD header name
  for name in origin/main main; do
    git rev-parse -q --verify "$name" >/dev/null && base=$(git merge-base HEAD "$name") && break
  done
  {
    git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp'
    git ls-files --others --exclude-standard 'src/*.cpp'
    { git diff --name-only --diff-filter=d "$base" -- 'src/*.h' &&
      git ls-files --others --exclude-standard 'src/*.h'; } | while read -r header; do
      { all | xargs -r grep -lF "#include \"${header#src/}\"" || true; } | head -n 1
    done
  } | sort -u
}

if [ "${1:-}" = --all ]; then list=$(all); else list=$(changed); fi
# Only what is compiled: a fuzz target, for instance, is not in this build.
mapfile -t files < <(for file in $list; do
  grep -qF "$PWD/$file\"" build/release/compile_commands.json && echo "$file"
done)
echo "lint: ${#files[@]} files"
[ ${#files[@]} -eq 0 ] ||
  printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "${DOORSTEP_JOBS:-$(nproc)}" \
    clang-tidy-19 -p build/release --quiet 2> >(grep -vE 'warnings? (generated|treated)|Suppressed|NOLINT' >&2)
