#!/usr/bin/env bash
# format.sh [--check] [FILE..]: writes the C++ sources in the house's form, or says which are not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mode="write"
[ "${1:-}" = --check ] && mode="check" && shift
if [ $# -gt 0 ]; then files=("$@"); else
  mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.cpp' '*.h')
fi
[ ${#files[@]} -gt 0 ] || exit 0
if [ "$mode" = write ]; then clang-format-19 -i "${files[@]}"; else
  clang-format-19 --dry-run -Werror "${files[@]}" 2>&1 |
    sed -n 's/^\([^: ]*\):[0-9].*error:.*/not in form (.\/dev format): \1/p' | sort -u
fi
