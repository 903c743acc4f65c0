#!/usr/bin/env bash
# format.sh [--check] [FILE..]: writes the C++ sources in the house's form, or says which are not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mode=(-i)
[ "${1:-}" = --check ] && mode=(--dry-run -Werror) && shift
if [ $# -gt 0 ]; then files=("$@"); else
  mapfile -t files < <(git ls-files --cached --others --exclude-standard '*.cpp' '*.h')
fi
[ ${#files[@]} -eq 0 ] || clang-format-19 "${mode[@]}" "${files[@]}"
