#!/usr/bin/env python3
"""Checks every #include under src/ against src/LAYERS, and calls that have a better place.

Exit status 0 when clean; 1 with one line `file:line: message` per finding.
"""

import fnmatch
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
INCLUDE = re.compile(r'\s*#\s*include\s+"([^"]+)"')
BANNED = [  # pattern, where it is allowed (prefixes), what to use instead
    (re.compile(r"system_clock::now|\btime\(nullptr\)|\btime\(NULL\)"), ["base/time.cpp"],
     "the Clock that is handed in"),
    (re.compile(r"\bstd::(stoi|stol|stoll|stod)\b|\bato[if]\("), [], "std::from_chars"),
    (re.compile(r"#include\s+<sqlite3\.h>"), ["store/"], "store/store.h"),
    (re.compile(r"#include\s+<libpq-fe\.h>"), ["store/"], "store/store.h"),
    (re.compile(r"#include\s+<boost/"), ["api/fields.cpp", "api/passkey.cpp", "api/testing.cpp", "net/", "app/", "drill/oracle/"],
     "no Boost outside net"),
    (re.compile(r"\bco_(await|return|yield)\b"), ["base/result.h", "net/"],
     "coroutines live in net alone"),
]


def read_layers(path):
    layers = {}
    for line in path.read_text().splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, _, allowed = line.partition(":")
        for pattern in allowed.split():
            if not any(fnmatch.fnmatch(lower, pattern) for lower in layers):
                sys.exit(f"{path}: {name} may not include {pattern}: it is not listed above {name}")
        layers[name] = allowed.split()
    return layers


def layer_of(file, layers):
    """The longest layer name that starts the path, or None for a file outside every layer."""
    names = [name for name in layers if file == name or file.startswith(name + "/")]
    return max(names, key=len, default=None)


def check(file, layers):
    name = file.relative_to(ROOT / "src").as_posix()
    layer = layer_of(name, layers)
    if layer is None:
        yield 1, "in no folder of src/LAYERS"
        return
    is_test = re.search(r"_(test|bench|fuzz)\.cpp$", name) is not None
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if found := INCLUDE.match(line):
            target = layer_of(found[1], layers)
            allowed = [layer, *layers[layer]]
            if target is None:
                yield number, f'"{found[1]}" is not written from src/'
            elif not any(fnmatch.fnmatch(target, pattern) for pattern in allowed):
                yield number, f"{layer} may not include {target}"
            elif target != layer and "/use_cases/" in found[1]:
                yield number, f"use cases of {target} are private to it"
        code = line.split("//")[0]
        for pattern, places, instead in BANNED:
            if pattern.search(code) and not is_test and not any(name.startswith(p) for p in places):
                yield number, f"use {instead}"


def main():
    layers = read_layers(ROOT / "src" / "LAYERS")
    files = sorted(p for p in (ROOT / "src").rglob("*") if p.suffix in (".h", ".cpp"))
    findings = [(f, n, m) for f in files for n, m in check(f, layers)]
    for file, number, message in findings:
        print(f"{file.relative_to(ROOT)}:{number}: {message}")
    print(f"check_layers: {len(files)} files, {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
