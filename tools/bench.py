#!/usr/bin/env python3
"""bench.py [NAME..] [FOLDER..]: runs build/release/bench_* (or those named), hands them the folders,
and writes docs/benchmarks.md.

Each program prints its own figures; what it printed stands under its name, with machine and date. A
program that is not run keeps the figures it had.
"""

import datetime
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAPER = ROOT / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `./dev bench [NAME..]`. Ratios compare two things in one run; the rest is a matter of the
machine. What falls short of its aim is said in the part's own paper (docs/benchmarks/).
"""


def machine():
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                if line.startswith("model name")), os.uname().machine)
    return f"{os.cpu_count()} cores of {cpu}, Linux {os.uname().release}"


def kept():
    if not PAPER.exists():
        return {}
    parts = re.split(r"^## (\S+)\n", PAPER.read_text(encoding="utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def main():
    build = ROOT / "build" / "release"
    folders = [argument for argument in sys.argv[1:] if "/" in argument]
    wanted = [build / f"bench_{name}" for name in sys.argv[1:] if name not in folders]
    programs = wanted or sorted(p for p in build.glob("bench_*") if os.access(p, os.X_OK))
    sections, failed = kept(), 0
    for program in programs:
        print(f"bench: {program.name}", file=sys.stderr, flush=True)
        done = subprocess.run([str(program), *folders], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
        failed += done.returncode != 0
        load = os.getloadavg()[0]
        sections[program.name.removeprefix("bench_")] = (
            f"{datetime.date.today()}, {machine()}, load {load:.1f}"
            f"{'' if done.returncode == 0 else f', ended with {done.returncode}'}\n\n"
            f"```\n{done.stdout.rstrip()}\n```\n\n")
    PAPER.write_text(HEAD + "\n" + "".join(f"## {name}\n{text}" for name, text in
                                           sorted(sections.items())), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
