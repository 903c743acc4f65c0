#!/usr/bin/env python3
"""report_tests.py CTEST_XML FOLDER.. [--capabilities CSV]: the end of a test run.

Prints what failed or passed only the second time, the capabilities and, alone on the last line, the total over all programs.
Exit status 1 when anything failed, nothing ran, or a capability names a test that did not pass.
"""

import argparse
import csv
import sys

import check_capabilities
from results import read_results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ctest_xml")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--capabilities")
    options = parser.parse_args()
    results = read_results(options.ctest_xml, options.folders)
    findings = list(results.problems)
    for name, state in results.cases:
        if state == "failed":
            findings += [f"failed: {name}"] + [f"  {line}" for line in results.reasons.get(name, [])]
    if not results.count("passed") + results.count("failed"):
        findings.append("no test ran")
    closing = ""
    if options.capabilities:
        try:
            rows = check_capabilities.read_rows(options.capabilities)
            findings += check_capabilities.problems(rows, results)
            closing = check_capabilities.summary(rows)
        except (OSError, ValueError, csv.Error) as error:
            findings.append(str(error))
    print()
    for name, why in results.unsteady:
        print("\n  ".join([f"unsteady, passed when run again: {name}", *why]))
    for line in findings:
        print(line)
    if closing:
        print(closing)
    skipped = results.count("skipped")
    total = f"{results.count('passed')} passed, {results.count('failed')} failed"
    print(total + (f", {skipped} skipped" if skipped else ""))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
