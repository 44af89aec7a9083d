#!/bin/sh
# Tests of the page's logic. Exit code 77: skipped.
#   run.sh SOURCE_DIR WEB_BUILD_FOLDER
set -eu
esbuild=$2/node_modules/.bin/esbuild
[ -x "$esbuild" ] || { echo "skipped: the program was built without its page"; exit 77; }
out=$2/tests
NODE_PATH=$2/node_modules "$esbuild" "$1"/tests/web/page/*.test.ts --bundle --platform=node --format=esm --outdir="$out" \
  --out-extension:.js=.mjs --jsx=automatic --jsx-import-source=preact --log-level=warning
exec node --test "$out"
