#!/bin/sh
# Plays, analyses and reviews on the page of `ponnuki web` in a browser. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../npm.sh"
find_browser
"$ponnuki" web --games /dev/null/x 2>&1 | grep -q "without its web page" && skip "the program has no page"
enter_with_package playwright-core access.mjs check.mjs helpers.mjs play.mjs review.mjs session.mjs study.mjs
export HOME="$folder" XDG_CACHE_HOME="$folder/cache" XDG_DATA_HOME="$folder/data"
exec node check.mjs "$ponnuki" "$browser"
