#!/usr/bin/env python3
"""check_page_sizes.py DIST: is what a first visit loads, gzipped, within each page's budget?

A first visit loads the page and whatever it names at once: scripts, preloaded modules, styles, words.
"""

import gzip
import pathlib
import re
import sys

# Bytes (1 KB = 1,000). The resident stands on a stair with a weak signal; the console has a desk.
BUDGETS = {"r": 15_000, "v": 20_000, "c": 60_000, "b": 20_000, "d": 20_000}
NAMED = re.compile(r"<(?:script|link)\b[^>]*?\b(?:src|href)=\"?(/[^\"'\s>]+)[^>]*>")
AT_ONCE = re.compile(r"<script|rel=\"?(?:stylesheet|modulepreload|preload)")


def zipped(file):
    return len(gzip.compress(file.read_bytes(), 9))


def first_load(dist, page):
    """Gzipped bytes by file."""
    text = page.read_text(encoding="utf-8")
    sizes = {page: zipped(page)}
    for found in NAMED.finditer(text):
        if AT_ONCE.search(found[0]):
            # The server puts the language for __LANG__: the longest counts.
            files = list(dist.glob(found[1].lstrip("/").replace("__LANG__", "*")))
            if not files:
                sys.exit(f"check_page_sizes: {page} names {found[1]}, which is not in {dist}")
            longest = max(files, key=zipped)
            sizes[longest] = zipped(longest)
    return sizes


def main():
    dist, over = pathlib.Path(sys.argv[1]), 0
    pages = sorted(dist.rglob("*.html"))
    if not pages:
        sys.exit(f"check_page_sizes: no page in {dist}")
    for page in pages:
        name = page.relative_to(dist).as_posix()
        budget = BUDGETS.get(name.split("/")[0])
        sizes = first_load(dist, page)
        total = sum(sizes.values())
        verdict = "no budget" if budget is None else f"of {budget:,}"
        print(f"{name}: {total:,} bytes {verdict}")
        if budget is not None and total > budget:
            over += 1
            for file, size in sizes.items():
                print(f"  {size:>7,} {file.relative_to(dist).as_posix()}")
    if over:
        print(f"check_page_sizes: {over} over the budget")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
