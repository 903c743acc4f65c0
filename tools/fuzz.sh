#!/usr/bin/env bash
# fuzz.sh SECONDS [INPUTS [NAME..]]: every fuzz target of build/fuzz (or those named) for so long, or until it has
# seen so many inputs. It starts from tests/fuzz/NAME and from build/fuzz/corpus/NAME, where it keeps what it finds; an
# input that fails is left in build/fuzz/found. build/fuzz/counts.csv gets a line per run: name, inputs, seconds, status.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=$1 inputs=${2:--1}
shift $(($# < 2 ? $# : 2))
status=0 count=0
mkdir -p build/fuzz/found
# Freed memory that is held back for long makes an input slow: pages come and go.
export ASAN_OPTIONS=quarantine_size_mb=8:detect_leaks=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}
for program in build/fuzz/fuzz_*; do
  { [ -x "$program" ] && [ -f "$program" ]; } || continue
  name=${program##*/fuzz_}
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  count=$((count + 1))
  mkdir -p "build/fuzz/corpus/$name"
  seeds=()
  [ ! -d "tests/fuzz/$name" ] || seeds=("tests/fuzz/$name")
  echo "fuzz: $name, $seconds s"
  # As long as the longest seed, and 600 bytes at least: longer inputs cost time and seldom reach further.
  longest=$(find "tests/fuzz/$name" -type f -printf '%s\n' 2>/dev/null | sort -n | tail -1)
  found=0 began=$SECONDS
  "$program" -max_total_time="$seconds" -runs="$inputs" -max_len=$((${longest:-0} > 600 ? longest : 600)) -timeout="${FUZZ_TIMEOUT:-10}" -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/found/$name-" \
    "build/fuzz/corpus/$name" "${seeds[@]}" 2>&1 | tee "build/fuzz/$name.log" || found=1
  ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log")
  echo "$name,${ran:-0},$((SECONDS - began)),$found" >>build/fuzz/counts.csv
  [ $found -eq 0 ] || status=1
done
[ $count -gt 0 ] || echo "fuzz: there is no *_fuzz.cpp yet"
exit $status
