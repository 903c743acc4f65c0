#!/usr/bin/env python3
"""check_capabilities.py [CSV]: is docs/capabilities.csv well formed?

`problems()` also checks it against a run (tools/report_tests.py calls it): each test that a row in
state shown or partly names must have run and passed. The column `test` holds names separated by
spaces: Suite.Name, or the name of a ctest test. A title with spaces ("e2e: one tap", "pages: ..")
stands between semicolons.
"""

import csv
import re
import sys

STATES = ("shown", "partly", "open")


def test_names(field):
    names = []
    for piece in field.split(";"):
        piece = piece.strip()
        names += [piece] if ": " in piece else piece.split()
    return names


def read_rows(path):
    """The rows as dicts; raises ValueError for the first row out of form."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if reader.fieldnames != ["id", "state", "test", "title"]:
            raise ValueError(f"{path}: the header is not id,state,test,title")
        rows, seen = list(reader), set()
    for row in rows:
        name = row["id"]
        if None in row or None in row.values():
            raise ValueError(f"{path}: {name}: not four columns")
        if not re.fullmatch(r"[A-N][1-9]\d*", name) or name in seen:
            raise ValueError(f"{path}: {name}: no id, or one that stands twice")
        seen.add(name)
        if row["state"] not in STATES:
            raise ValueError(f"{path}: {name}: state \"{row['state']}\" is none of {', '.join(STATES)}")
        if not row["title"].strip():
            raise ValueError(f"{path}: {name}: no title")
        if row["state"] != "open" and not test_names(row["test"]):
            raise ValueError(f"{path}: {name}: {row['state']}, but names no test")
    return rows


def problems(rows, results):
    """One line for each named test that did not run and pass."""
    for row in rows:
        if row["state"] == "open":
            continue
        for name in test_names(row["test"]):
            states = results.states(name)
            if not states:
                yield f"capability {row['id']}: no test \"{name}\" ran"
            elif any(state != "passed" for state in states):
                yield f"capability {row['id']}: test \"{name}\" {sorted(set(states) - {'passed'})[0]}"


def summary(rows):
    counts = [f"{sum(row['state'] == state for row in rows)} {state}" for state in STATES]
    return f"capabilities: {', '.join(counts)} (of {len(rows)})"


def main():
    try:
        rows = read_rows(sys.argv[1] if len(sys.argv) > 1 else "docs/capabilities.csv")
    except (OSError, ValueError, csv.Error) as error:
        print(f"check_capabilities: {error}")
        return 1
    print(summary(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
