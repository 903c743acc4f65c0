#!/bin/sh
# The program with the libraries it was built with, wherever the bundle lies.
here=$(CDPATH='' cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
exec /usr/bin/env LD_LIBRARY_PATH="$here/lib" "$here/lib/doorstep" "$@"
