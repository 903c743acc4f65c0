#!/usr/bin/env python3
"""check_signs.py DOORSTEP: every row of danger_signs.tsv gets its level from `doorstep intake`."""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent


def main():
    rows = [line.split("\t") for line in (HERE / "danger_signs.tsv").read_text("utf-8").splitlines()
            if line and not line.startswith("#")]
    lines = "".join(json.dumps({"id": str(i), "text": text}, ensure_ascii=False) + "\n"
                    for i, (_, text) in enumerate(rows))
    answers = subprocess.run([sys.argv[1], "intake"], input=lines, capture_output=True, text=True,
                             check=True).stdout.splitlines()
    assert len(answers) == len(rows) > 500
    wrong = 0
    for (level, text), answer in zip(rows, map(json.loads, answers)):
        urgency = answer["urgency"]
        fine = urgency != "emergency" if level == "calm" else urgency == (
            "urgent" if level == "urgent" else "emergency")
        if not fine:
            wrong += 1
            print(f"{level}: {text}: {urgency} {answer['triage']}")
    print(f"{len(rows)} rows, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
