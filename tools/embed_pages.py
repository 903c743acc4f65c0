#!/usr/bin/env python3
"""embed_pages.py OUT [DIST]: makes OUT/pages.bin, pages.S and pages.cpp of every file under DIST.

pages.bin holds each file with its gzip and brotli twins, pages.S takes it into an object, and
pages.cpp is the table declared in src/net/pages.h. Without DIST the table is empty.
"""

import gzip
import hashlib
import pathlib
import subprocess
import sys

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
COMPRESSED = {".jpg", ".mp3", ".png", ".webp", ".woff2"}

TABLE = """// Made by tools/embed_pages.py from ui/dist.
#include "net/pages.h"

#include <array>
#include <cstddef>

extern "C" const char doorstep_pages_bytes[];

namespace doorstep::net {{
namespace {{

[[maybe_unused]] std::string_view slice(std::size_t from, std::size_t size) {{
  return {{doorstep_pages_bytes + from, size}};
}}

}}  // namespace

std::span<const Page> pages() {{
  static const std::array<Page, {count}> table{{{{
{rows}  }}}};
  return table;
}}

}}  // namespace doorstep::net
"""

OBJECT = """# Made by tools/embed_pages.py.
.section .rodata
.balign 16
.global doorstep_pages_bytes
doorstep_pages_bytes:
.incbin "{path}"
.byte 0
.section .note.GNU-stack,"",%progbits
"""


def brotli(content):
    return subprocess.run(["brotli", "--quality=11", "--stdout", "-"], input=content,
                          stdout=subprocess.PIPE, check=True).stdout


def twins(suffix, content):
    """The gzip and brotli twins; empty where they are no smaller."""
    if suffix in COMPRESSED or not content:
        return b"", b""
    made = gzip.compress(content, 9, mtime=0), brotli(content)
    return tuple(twin if len(twin) < len(content) else b"" for twin in made)


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    dist = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    files = {"/" + p.relative_to(dist).as_posix(): p for p in dist.rglob("*")
             if p.is_file() and p.suffix not in (".gz", ".br")} if dist else {}
    if dist and not any(path.endswith(".html") for path in files):
        sys.exit(f"embed_pages: no page in {dist}: was `npm run build` in ui/ run?")
    blob, rows = bytearray(), []
    for path in sorted(files):
        suffix = files[path].suffix
        if suffix not in MEDIA_TYPES:
            sys.exit(f"embed_pages: {path}: add the media type of {suffix} to tools/embed_pages.py")
        content = files[path].read_bytes()
        etag = hashlib.sha256(content).hexdigest()[:32]
        immutable = "true" if path.startswith("/assets/") else "false"
        slices = []
        for part in (content, *twins(suffix, content)):
            slices.append(f"slice({len(blob)}, {len(part)})" if part else "{}")
            blob += part
        rows.append(f'      {{"{path}", "{MEDIA_TYPES[suffix]}", "\\"{etag}\\"", {immutable},\n'
                    f'       {", ".join(slices)}}},\n')
    (out / "pages.bin").write_bytes(blob)
    (out / "pages.S").write_text(OBJECT.format(path=(out / "pages.bin").resolve()))
    (out / "pages.cpp").write_text(TABLE.format(count=len(rows), rows="".join(rows)))
    print(f"embed_pages: {len(rows)} files, {len(blob)} bytes with their twins")


if __name__ == "__main__":
    main()
