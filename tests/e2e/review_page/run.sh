#!/bin/sh
# Reviews a game, opens its page in a browser and uses it like a reader. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../../.." && pwd)
. "$here/../npm.sh"
find_browser
enter_with_package puppeteer-core check.js
export HOME="$folder" XDG_CACHE_HOME="$folder/cache"
"$ponnuki" analyze "$source/examples/gnugo-9x9.sgf" --visits 20 --html --out "$folder" > analyze.log
exec node check.js "$folder/gnugo-9x9.analyzed.html" "$browser"
