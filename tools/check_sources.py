#!/usr/bin/env python3
"""check_sources.py [ROOT]: habits that no compiler checks, over the files git knows.

Findings (exit status 1): a file of more than 400 lines, a path of somebody's machine, an address in
a lock file, a TODO without the number of an issue, a test without an assertion. A function of more
than 70 lines is a hint: clang-tidy decides.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
LINES_MAX, FUNCTION_LINES_MAX = 400, 70
CODE = {".cpp", ".h", ".py", ".sh", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".cmake", ""}
TEXT = CODE | {".md", ".json", ".toml", ".sql", ".csv", ".txt", ".yaml", ".yml"}
# Data written as code, or made by a tool: as long as it must be.
LONG_BY_NATURE = re.compile(r"_table\.(cpp|h)$|^ui/api\.d\.ts$|^ui/mock/|^LICENSE$")
# A ratchet: files that are too long today, with how long. They may only shrink, and leave the list.
KNOWN_LONG = ROOT / "tools" / "long_files.txt"
LONG = {name: int(count) for name, count in
        (line.split() for line in KNOWN_LONG.read_text().splitlines() if line and line[0] != "#")
        } if KNOWN_LONG.is_file() else {}
MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(home(?!/parcels)|Users|root|work)/\w")
REGISTRY = re.compile(r"https?://(registry|mirrors?|deb|ftp)\.")
UNNUMBERED = re.compile(r"\b(TODO|FIX" + r"ME|XXX|HACK)\b(?!\(#\d+\))")
ASSERTION = re.compile(r"expect|assert|check|prop\(|SUCCEED|FAIL", re.IGNORECASE)


def known_files():
    """Relative to ROOT. Without git (a tarball) everything but what is built."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "--cached", "--others",
         "--exclude-standard", "-z"], capture_output=True, check=False, text=True)
    if listed.returncode == 0:
        names = listed.stdout.split("\0")
    else:
        built = {".git", "build", "dist", "node_modules", "__pycache__"}
        names = [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*")
                 if not built & set(p.relative_to(ROOT).parts)]
    return sorted(name for name in names if name and (ROOT / name).is_file())


def blocks(lines, start):
    """(first line number, lines) of each block that `start` opens, to the next `}` at the margin."""
    number = 0
    while number < len(lines):
        if start.match(lines[number]):
            end = next((n for n in range(number, len(lines)) if lines[n].startswith("}")), len(lines))
            yield number + 1, lines[number:end + 1]
            number = end
        number += 1


def findings(name, text):
    path = pathlib.PurePath(name)
    lines = text.splitlines()
    if path.name == "package-lock.json":
        for number, line in enumerate(lines, 1):
            if '"resolved"' in line:
                yield number, "an address in a lock file: omit-lockfile-registry-resolved=true in .npmrc"
        return
    allowed = LONG.get(name, LINES_MAX)
    if path.suffix in CODE and len(lines) > allowed and not LONG_BY_NATURE.search(name):
        yield len(lines), f"more than {allowed} lines: divide it"
    if name in LONG and len(lines) <= LINES_MAX:
        yield 1, "no longer too long: take it out of tools/long_files.txt"
    for number, line in enumerate(lines, 1):
        if MACHINE_PATH.search(line):
            yield number, "a path of somebody's machine"
        if REGISTRY.search(line):
            yield number, "the address of a package registry: that is the machine's own setting"
        if path.suffix in CODE and UNNUMBERED.search(line) and name != "tools/check_sources.py":
            yield number, "name the issue: TODO(#12)"
        if path.name == ".npmrc" and "registry=" in line:
            yield number, "the registry is the machine's own setting"
    if name.endswith("_test.cpp"):
        for number, block in blocks(lines, re.compile(r"(TEST|TEST_F|TEST_P|TYPED_TEST)\(")):
            if not ASSERTION.search("\n".join(block[1:])):
                yield number, "a test without an assertion"
    elif re.search(r"\.test\.\w+$|_test\.py$", name) and not ASSERTION.search(text):
        yield 1, "a test file without an assertion"


def hints(name, text):
    if pathlib.PurePath(name).suffix == ".cpp":
        for number, block in blocks(text.splitlines(), re.compile(r"[\w:<].*\) (const )?(noexcept )?\{$")):
            if len(block) > FUNCTION_LINES_MAX:
                yield number, f"hint: a function of {len(block)} lines"


def main():
    count, found = 0, 0
    for name in known_files():
        if pathlib.PurePath(name).suffix not in TEXT:
            continue
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        count += 1
        for number, message in findings(name, text):
            found += 1
            print(f"{name}:{number}: {message}")
        for number, message in hints(name, text):
            print(f"{name}:{number}: {message}")
    print(f"check_sources: {count} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
