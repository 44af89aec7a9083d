#!/bin/sh
# Reviews a game, opens its page in a browser and uses it like a reader. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../../.." && pwd)
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node > /dev/null || skip "node is not installed"
command -v npm > /dev/null || skip "npm is not installed"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "no Chromium is installed"
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$here/check.js" "$folder"
cd "$folder"
if ! [ -d node_modules/puppeteer-core ]; then
  npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 > npm.log 2>&1 || skip "npm cannot install puppeteer-core (see $folder/npm.log)"
fi
export HOME="$folder" XDG_CACHE_HOME="$folder/cache"
"$ponnuki" analyze "$source/examples/gnugo-9x9.sgf" --visits 20 --html --out "$folder" > analyze.log
exec node check.js "$folder/gnugo-9x9.analyzed.html" "$browser"
