#!/usr/bin/env bash
# coverage.sh: the profiles of a run under preset coverage, as a table and as pages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../build/coverage"
llvm-profdata-19 merge --sparse profiles/*.profraw -o all.profdata
objects=()
for program in doorstep test_*; do
  [ -x "$program" ] && [ -f "$program" ] && objects+=(-object "$program")
done
common=("${objects[@]}" -instr-profile=all.profdata -ignore-filename-regex='_test\.cpp$|/usr/|/generated/|/pages/')
llvm-cov-19 show "${common[@]}" -format=html -output-dir=html
llvm-cov-19 report "${common[@]}"
echo "pages: build/coverage/html/index.html"
