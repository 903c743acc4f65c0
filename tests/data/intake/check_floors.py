#!/usr/bin/env python3
"""check_floors.py DOORSTEP SET: runs `doorstep intake` on SET.jsonl, prints score.py, checks floors."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
NUMBER = r"([0-9.]+)"


def figures(report):
    """The whole-set figures of score.py by name."""
    whole = report.split("== order")[0]
    order = report.split("== order")[1].split("== triage")[0]
    def find(pattern, text):
        return [float(group) for group in re.search(pattern, text).groups()]
    found, emergencies, alarms, calm = find(r"recall (\d+)/(\d+)  false alarms (\d+)/(\d+)", whole)
    return {
        "strict": find(rf"items strict\s+P {NUMBER} R {NUMBER} F1 {NUMBER}", whole)[2],
        "placed": find(rf"items placed\s+P {NUMBER} R {NUMBER} F1 {NUMBER}", whole)[2],
        "address": find(rf"address fields\s+P {NUMBER} R {NUMBER} F1 {NUMBER}", whole)[2],
        "category": find(rf"category acc {NUMBER}", whole)[0],
        "urgency": find(rf"urgency acc {NUMBER}", whole)[0],
        "exact": find(rf"whole-record exact {NUMBER}", whole)[0],
        "emergencies_missed": emergencies - found,
        "false_alarms": alarms,
        "silent_loss": find(rf"silent loss (\d+)/", whole)[0],
    }


def main():
    program, name = sys.argv[1:]
    gold = HERE / f"{name}.jsonl"
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as predicted:
        with gold.open("rb") as source:
            subprocess.run([program, "intake"], stdin=source, stdout=predicted, check=True)
        report = subprocess.run([sys.executable, HERE / "score.py", gold, predicted.name],
                                check=True, capture_output=True, text=True).stdout
        rows = [json.loads(line) for line in open(predicted.name, encoding="utf-8")]
    print(report)
    texts = {r["id"]: r for r in map(json.loads, gold.open(encoding="utf-8"))}
    dumped = sum(len("".join(r["unparsed"])) for r in rows)
    wanted = sum(len("".join(r["unparsed"])) for r in texts.values())
    total = sum(len(r["text"]) for r in texts.values())
    print(f"unparsed characters {dumped} of {total}, labelled {wanted}")
    measured = figures(report)
    measured["dumped"] = dumped / total
    floors = json.loads((HERE / "floors.json").read_text())[name]
    failed = [f"{key}: {measured[key]} against {bound}" for key, bound in floors.items()
              if (measured[key] > bound if key in AT_MOST else measured[key] < bound)]
    print("\n".join(failed) or "all floors hold")
    return 1 if failed else 0


AT_MOST = {"emergencies_missed", "false_alarms", "silent_loss", "dumped"}

if __name__ == "__main__":
    sys.exit(main())
