#!/bin/sh
# Installs @sabaki/gtp into a folder of the build, which then plays a game with Ponnuki. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(dirname "$0")
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node > /dev/null || skip "node is not installed"
command -v npm > /dev/null || skip "npm is not installed"
mkdir -p "$folder"
cp "$here/package.json" "$here/package-lock.json" "$here/play.js" "$folder"
cd "$folder"
if ! [ -d node_modules/@sabaki/gtp ]; then
  npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 > npm.log 2>&1 || skip "npm cannot install @sabaki/gtp (see $folder/npm.log)"
fi
exec node play.js "$ponnuki"
