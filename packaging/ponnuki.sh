#!/bin/sh
# Starts the program with the libraries beside it.
here=$(dirname "$(readlink -f "$0")")
export PONNUKI_BUNDLE=1 GCONV_PATH="$here/lib/gconv"
exec "$here"/lib/ld-linux-*.so.* --argv0 "$0" --library-path "$here/lib" "$here/lib/ponnuki" "$@"
