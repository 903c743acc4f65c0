"""What ran: reads the results that a run of the tests has left.

A GoogleTest program and a browser test leave JUnit XML (NAME.xml); anything else may leave
NAME.results, lines `passed TITLE` or `failed TITLE`. NAME is the ctest test, or starts with it and
a `-`. A ctest test that leaves neither counts as one test of its own name. NAME-again.xml is a
second run of some of NAME.xml's cases: what passed there alone is unsteady.
"""

import pathlib
import re
import xml.etree.ElementTree as ElementTree


class Results:
    """cases: (name, state) with state passed, failed or skipped; problems: what cannot be read;
    reasons: the first lines of why a case failed, by its name; unsteady: the cases that passed only
    when they ran a second time, with the reason of the first."""

    def __init__(self):
        self.cases = []
        self.reasons = {}
        self.unsteady = []
        self.problems = []

    def count(self, state):
        return sum(1 for _, found in self.cases if found == state)

    def states(self, name):
        """The states of all cases that bear this name, each instance of a parameterised test."""
        return [state for full, state in self.cases if name == full or name in plain_names(full)]


def plain_names(full):
    """The names of `Engines/StoreTest/0.Keeps/sqlite` that people write: `StoreTest.Keeps`."""
    suite, _, test = full.rpartition(".")
    return {f"{part}.{test.split('/')[0]}" for part in suite.split("/")}


def case_state(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped") is not None or case.get("result") in ("skipped", "suppressed")
    return "skipped" if skipped or case.get("status") in ("notrun", "disabled") else "passed"


def case_name(path, case):
    suite, name = case.get("classname"), case.get("name")
    stem = path.stem.removesuffix("-again")
    # A test of the pages is known by the program and its title, "e2e: a resident presses the
    # button": node's own runner calls every suite "test".
    if suite == "test":
        name = f"{stem}: {name}"
    return name if not suite or ": " in name else f"{suite}.{name}"


def cases_of(path):
    """Node's runner writes the colours of a message as they are, and XML has no word for them."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)).iter("testcase")


def read_xml(path):
    for case in cases_of(path):
        yield case_name(path, case), case_state(case)


def read_reasons(path, most=8):
    """The first lines of each failure: all that is left where the output of a long run is cut."""
    for case in cases_of(path):
        found = next((one for one in case if one.tag in ("failure", "error")), None)
        if found is None:
            continue
        text = re.sub(r"\[[0-9;]+m", "", found.text or found.get("message") or "")
        lines = [line.strip() for line in text.splitlines() if line.strip(" {}")]
        # Of a stack the line in the test itself is enough.
        lines = [line for line in lines if not line.startswith("at ") or ".test." in line]
        yield case_name(path, case), lines[:most]


def read_lines(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        state, _, name = line.partition(" ")
        if state not in ("passed", "failed", "skipped") or not name:
            raise ValueError(f"line {number}: expected `passed TITLE` or `failed TITLE`")
        yield name, state


def settle(results, again, first):
    """What failed at first and passed now has passed, and is told as unsteady."""
    for name, state in list(first):
        if state == "failed" and again.get(name) == "passed":
            at = first.index((name, state))
            first[at] = (name, "passed")
            results.cases[results.cases.index((name, state))] = (name, "passed")
            results.unsteady.append((name, results.reasons.pop(name, [])))


def read_results(ctest_xml, folders):
    """All cases of one run: `ctest_xml` is what ctest --output-junit wrote."""
    results, by_program = Results(), {}
    paths = [p for folder in folders for p in pathlib.Path(folder).glob("*")]
    # A second run after the first: its reasons are those of what failed twice.
    for path in sorted(paths, key=lambda p: (p.stem.removesuffix("-again"), p.stem)):
        reader = {".xml": read_xml, ".results": read_lines}.get(path.suffix)
        if reader is None:
            continue
        try:
            cases = list(reader(path))
        except (ElementTree.ParseError, ValueError) as error:
            results.problems.append(f"{path}: {error}")
            continue
        if path.stem.endswith("-again"):
            settle(results, dict(cases), by_program.get(path.stem.removesuffix("-again"), []))
        else:
            by_program[path.stem] = cases
            results.cases += cases
        if path.suffix == ".xml":
            results.reasons.update(read_reasons(path))
    try:
        programs = list(ElementTree.parse(ctest_xml).iter("testcase"))
    except (OSError, ElementTree.ParseError) as error:
        results.problems.append(f"ctest left no results: {error}")
        programs = []
    for program in programs:
        name = program.get("name")
        state = {"run": "passed", "fail": "failed"}.get(program.get("status"), "skipped")
        own = [case for stem, cases in by_program.items()
               if stem == name or stem.startswith(name + "-") for case in cases]
        # A program that failed although each of its cases passed has crashed on its way out.
        if not own or (state == "failed" and all(found != "failed" for _, found in own)):
            results.cases.append((name, state))
    return results
