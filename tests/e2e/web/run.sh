#!/bin/sh
# Plays, analyses and reviews on the page of `ponnuki web` in a browser. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node > /dev/null || skip "node is not installed"
command -v npm > /dev/null || skip "npm is not installed"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium is installed"
"$ponnuki" web --games /dev/null/x 2>&1 | grep -q "without its web page" && skip "the program has no page"
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$here"/*.mjs "$folder"
cd "$folder"
if ! [ -d node_modules/playwright-core ]; then
  npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 > npm.log 2>&1 || skip "npm cannot install playwright-core (see $folder/npm.log)"
fi
export HOME="$folder" XDG_CACHE_HOME="$folder/cache" XDG_DATA_HOME="$folder/data"
exec node check.mjs "$ponnuki" "$browser"
