#!/usr/bin/env python3
"""curves.py [--sizes 2000,10000,..] [--csv FILE] [--svg FILE] [--draw]: what a client waits for as the store grows.

Runs `bench_million SIZE lists` for each size, on SQLite and on PostgreSQL, and writes the table and its plot (95th percentile
of one client, both axes logarithmic). `--draw` draws the table that is there.
"""

import argparse
import csv
import math
import os
import re
import subprocess
import sys

COLUMNS = ["engine", "persons", "what", "p50_ms", "p95_ms"]
SHOWN = {"search": "search", "households?limit=100": "100 households", "places": "places", "today": "Today",
         "board": "board", "the slowest list": "the slowest of all lists"}
COLOURS = ["#1f6f43", "#9a5b00", "#155a8a", "#a3261f", "#6b3fa0", "#444444"]
AIM_MS = 10


def read_output(text):
    """Rows of what the program printed, in its order."""
    engine = persons = None
    for line in text.splitlines():
        if line in ("SQLite", "PostgreSQL"):
            engine = line
        elif found := re.match(r"  \d+ communities, (\d+) persons", line):
            persons = int(found[1])
        elif found := re.match(r"  (.+), one client: p50 ([\d.]+) ms, p95 ([\d.]+) ms", line):
            yield [engine, persons, *found.groups()]
        elif found := re.match(r"    (/\S+): p50 ([\d.]+) ms, p95 ([\d.]+) ms", line):
            if persons is not None:
                yield [engine, persons, "the slowest list", found[2], found[3]]
                persons = None  # The others are faster.


def measure(program, sizes):
    for size in sizes:
        # A server of its own each time: the program fills an empty one.
        done = subprocess.run(["tools/with_postgres.sh", program, str(size), "lists"], capture_output=True, text=True, check=True)
        print(done.stdout, end="", flush=True)
        yield from read_output(done.stdout)


class Axes:
    """One engine's panel; x: persons, y: milliseconds, each decade as long as the next."""

    def __init__(self, left, persons, milliseconds):
        self.left, self.top, self.width, self.height = left, 46, 330, 300
        self.x, self.y = [[math.log10(end) for end in ends] for ends in (persons, milliseconds)]

    def at(self, persons, milliseconds):
        across = (math.log10(persons) - self.x[0]) / (self.x[1] - self.x[0])
        up = (math.log10(milliseconds) - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height

    def grid(self, title):
        yield f'<text x="{self.left}" y="{self.top - 16}" class="title">{title}</text>'
        for power in range(math.ceil(self.y[0]), math.floor(self.y[1]) + 1):
            x, y = self.at(10 ** self.x[0], 10 ** power)
            yield f'<path class="grid" d="M{x:.1f} {y:.1f}h{self.width}"/>'
            yield f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" class="end">{10 ** power:g}</text>'
        for power in range(math.ceil(self.x[0]), math.floor(self.x[1]) + 1):
            x, y = self.at(10 ** power, 10 ** self.y[0])
            yield f'<path class="grid" d="M{x:.1f} {self.top}v{self.height}"/>'
            yield f'<text x="{x:.1f}" y="{y + 18:.1f}" class="mid">{10 ** power:,}</text>'
        x, y = self.at(10 ** self.x[0], AIM_MS)
        yield f'<path class="aim" d="M{x:.1f} {y:.1f}h{self.width}"/>'


def draw(rows):
    persons = [min(int(row["persons"]) for row in rows), max(int(row["persons"]) for row in rows)]
    lowest = min(float(row["p95_ms"]) for row in rows)
    highest = max([2 * AIM_MS] + [float(row["p95_ms"]) for row in rows])
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 400" role="img" aria-label="Milliseconds at the 95th'
           ' percentile by persons in the store"><style>text{font:12px sans-serif;fill:#222}.title{font-weight:bold}'
           '.end{text-anchor:end}.mid{text-anchor:middle}.grid{stroke:#ddd;fill:none}.aim{stroke:#a3261f;stroke-dasharray:5 4}'
           '</style><rect width="860" height="400" fill="#fff"/>']
    for number, engine in enumerate(sorted({row["engine"] for row in rows}, reverse=True)):
        axes = Axes(50 + number * 385, persons, [min(lowest, 0.1), highest])
        out += axes.grid(f"{engine}: ms at p95, by persons in the store")
        for colour, (what, label) in zip(COLOURS, SHOWN.items()):
            points = [axes.at(int(row["persons"]), max(float(row["p95_ms"]), 0.1)) for row in rows
                      if row["engine"] == engine and row["what"] == what]
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
            out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
            out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    for number, (colour, label) in enumerate(zip(COLOURS, SHOWN.values())):
        out.append(f'<rect x="{50 + number * 130}" y="378" width="12" height="12" fill="{colour}"/>'
                   f'<text x="{68 + number * 130}" y="388">{label}</text>')
    return "\n".join(out) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description="What a client waits for as the store grows.")
    parser.add_argument("--sizes", default="2000,10000,100000,1000000")
    parser.add_argument("--program", default="build/release/bench_million")
    parser.add_argument("--csv", default="docs/benchmarks/scale.csv")
    parser.add_argument("--svg", default="docs/benchmarks/scale.svg")
    parser.add_argument("--draw", action="store_true")
    options = parser.parse_args()
    if not options.draw:
        rows = list(measure(options.program, options.sizes.split(",")))
        with open(options.csv, "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerows([COLUMNS, *rows])
    if not os.path.exists(options.csv):
        sys.exit(f"curves: {options.csv} is not there: run it without --draw")
    with open(options.csv, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(options.svg, "w", encoding="utf-8") as file:
        file.write(draw(rows))


if __name__ == "__main__":
    main()
