#!/usr/bin/env python3
"""Plays the drill on ever new seeds and adds up what came of them.

    tools/soak.py [--seeds 200] [--summary docs/soak.csv] [--program build/release/doorstep]

Each run is a row of the summary, written anew after every few seeds: a run that was stopped is gone on with
where it stopped, and the next one begins at the first seed that was never played. Seeds of a rule that broke are
named in the row; `doorstep drill --seed N` plays one again. Exit code 1 where a rule broke in this run.
"""

import argparse
import csv
import datetime
import json
import os
import resource
import subprocess
import sys
import tempfile

CHUNK = 10
FIRST_SEED = 10_001
COLUMNS = ["date", "commit", "preset", "days", "first_seed", "wanted", "seeds", "missed_person_minutes",
           "contacts", "escalations", "requests", "power_cuts", "longest_minutes", "cpu_seconds", "broken"]
SUMS = {"missed_person_minutes": "missed_person_minutes", "contacts": "contacts", "escalations": "escalations",
        "requests": "requests", "power_cuts": "crashes"}


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", delete=False,
                                     dir=os.path.dirname(path) or ".") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def begin(rows, arguments):
    """The row that is gone on with, or a new one."""
    last = rows[-1] if rows else None
    if last and int(last["seeds"]) < int(last["wanted"]) and last["preset"] == arguments.preset:
        return last
    first = max([FIRST_SEED] + [int(row["first_seed"]) + int(row["seeds"]) for row in rows])
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    row = dict.fromkeys(COLUMNS, 0)
    row.update(date=datetime.date.today().isoformat(), commit=commit.stdout.strip(), preset=arguments.preset,
               days=arguments.days, first_seed=first, wanted=arguments.seeds, broken="")
    rows.append(row)
    return row


def play(arguments, seed, seeds):
    """One report for each seed, and the CPU that they took."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([arguments.program, "drill", "--preset", arguments.preset, "--days", str(arguments.days),
                               "--seed", str(seed), "--seeds", str(seeds), "--report", report],
                              capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):
            sys.exit(f"soak: the drill ended with {done.returncode}: {done.stderr[-400:]}")
        if done.returncode == 1:
            print(done.stdout)
        with open(report, encoding="utf-8") as file:
            reports = [json.loads(line) for line in file]
    return reports, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def add(row, reports, cpu):
    for column, member in SUMS.items():
        row[column] = int(row[column]) + sum(one[member] for one in reports)
    row["seeds"] = int(row["seeds"]) + len(reports)
    row["longest_minutes"] = max([int(row["longest_minutes"])] + [one["latencies"]["max"] for one in reports])
    row["cpu_seconds"] = int(row["cpu_seconds"]) + round(cpu)
    broken = [f"{one['seed']}:{'+'.join(one['broken'])}" for one in reports if one["broken"]]
    row["broken"] = " ".join(([row["broken"]] if row["broken"] else []) + broken)


def main():
    parser = argparse.ArgumentParser(description="Plays the drill on ever new seeds and adds up what came of them.")
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--preset", default="liulian")
    parser.add_argument("--summary", default="docs/soak.csv")
    parser.add_argument("--program", default="build/release/doorstep")
    arguments = parser.parse_args()
    rows = read(arguments.summary)
    row = begin(rows, arguments)
    while int(row["seeds"]) < int(row["wanted"]):
        left = int(row["wanted"]) - int(row["seeds"])
        add(row, *play(arguments, int(row["first_seed"]) + int(row["seeds"]), min(CHUNK, left)))
        write(arguments.summary, rows)
        print(f"soak: {row['seeds']} of {row['wanted']} seeds, broken: {row['broken'] or 'none'}", flush=True)
    total = sum(int(one["seeds"]) for one in rows)
    print(f"soak: {total} seeds in all, missed person-minutes {sum(int(one['missed_person_minutes']) for one in rows)}")
    return 1 if row["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
