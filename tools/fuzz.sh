#!/usr/bin/env bash
# fuzz.sh SECONDS: every fuzz target of build/fuzz for so long. It starts from tests/fuzz/NAME and
# from build/fuzz/corpus/NAME, where it keeps what it finds; an input that fails is left in
# build/fuzz/found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0 count=0
mkdir -p build/fuzz/found
for program in build/fuzz/fuzz_*; do
  { [ -x "$program" ] && [ -f "$program" ]; } || continue
  name=${program##*/fuzz_}
  count=$((count + 1))
  mkdir -p "build/fuzz/corpus/$name"
  seeds=()
  [ ! -d "tests/fuzz/$name" ] || seeds=("tests/fuzz/$name")
  echo "fuzz: $name, $1 s"
  "$program" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/corpus/$name" "${seeds[@]}" || status=1
done
[ $count -gt 0 ] || echo "fuzz: there is no *_fuzz.cpp yet"
exit $status
