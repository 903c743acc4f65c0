#!/usr/bin/env python3
"""bench.py [NAME..]: runs build/release/bench_* (or those named) and writes docs/benchmarks.md.

A benchmark's counters are its figures. A counter that ends in `_ratio` compares two things of the
same run, which holds on any machine; all else is a matter of this one.
"""

import datetime
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What Google Benchmark itself puts beside the counters.
STANDARD = {"name", "family_index", "per_family_instance_index", "run_name", "run_type", "threads",
            "repetitions", "repetition_index", "iterations", "real_time", "cpu_time", "time_unit",
            "aggregate_name", "aggregate_unit", "label", "error_occurred", "error_message"}
HEAD = """# Benchmarks

Written by `./dev bench`. Ratios (`_ratio`) compare two things in one run; the rest is a matter of
the machine.

{date}, version {version}, {machine}

| benchmark | time | figures |
|---|---:|---|
"""


def machine():
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                if line.startswith("model name")), os.uname().machine)
    return f"{os.cpu_count()} cores of {cpu}, Linux {os.uname().release}"


def version():
    return subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], check=True,
                          stdout=subprocess.PIPE, text=True).stdout.strip()


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def row(one):
    if one.get("error_occurred"):
        return f"| {one['name']} | failed | {one['error_message']} |\n"
    figures = [f"{name} {number(one[name])}" for name in sorted(one)
               if name not in STANDARD and isinstance(one[name], (int, float))]
    return f"| {one['name']} | {number(one['real_time'])} {one['time_unit']} | {', '.join(figures)} |\n"


def main():
    build = ROOT / "build" / "release"
    wanted = [build / f"bench_{name}" for name in sys.argv[1:]]
    programs = wanted or sorted(p for p in build.glob("bench_*") if os.access(p, os.X_OK))
    rows, failed = [], 0
    for program in programs:
        print(f"bench: {program.name}", file=sys.stderr, flush=True)
        out = build / f"{program.name}.json"
        out.unlink(missing_ok=True)
        run = subprocess.run([program, f"--benchmark_out={out}", "--benchmark_out_format=json"],
                             cwd=ROOT, check=False)
        found = json.loads(out.read_text())["benchmarks"] if out.exists() else []
        failed += run.returncode != 0 or not found or any(one.get("error_occurred") for one in found)
        rows += [row(one) for one in found]
    if not programs:
        print("bench: there is no *_bench.cpp yet")
        return 0
    if wanted:
        print("".join(rows), end="")  # a part of the table: the whole one is left as it is
    else:
        head = HEAD.format(date=datetime.date.today(), version=version(), machine=machine())
        (ROOT / "docs" / "benchmarks.md").write_text(head + "".join(rows), encoding="utf-8")
        print("bench: docs/benchmarks.md")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
