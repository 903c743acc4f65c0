#!/usr/bin/env python3
"""embed_lexicon.py OUT.cpp FILE.tsv...: the TSV files as constants, one per file, named after it."""

import pathlib
import sys

CHUNK = 4000  # Short literals, so that no compiler limit on their length is met.


def literal(text):
    pieces = [text[i:i + CHUNK] for i in range(0, len(text), CHUNK)]
    return "\n    ".join(f'R"tsv({piece})tsv"' for piece in pieces)


def main():
    out, *files = sys.argv[1:]
    lines = ['#include "engine/intake/tables.h"', "",
             "// The standard promises 65,536 characters; the compilers of this project take more.",
             '#pragma GCC diagnostic ignored "-Woverlength-strings"', "",
             "namespace doorstep::intake::tables {", ""]
    for file in map(pathlib.Path, sorted(files)):
        lines.append(f"const std::string_view {file.stem} =\n    {literal(file.read_text('utf-8'))};\n")
    lines.append("}  // namespace doorstep::intake::tables")
    pathlib.Path(out).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
