#!/bin/sh
# Plays and analyses on the page of `ponnuki web` in Firefox and in WebKit, or in the one that is there. Exit code 77:
# skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../npm.sh"

# find_webkit: sets `webkit`, the browser that WebKitWebDriver drives. It needs a screen.
find_webkit() {
  webkit=
  command -v WebKitWebDriver > /dev/null && command -v Xvfb > /dev/null || return 0
  for each in /usr/lib*/webkit2gtk-4.?/MiniBrowser /usr/lib*/*/webkit2gtk-4.?/MiniBrowser; do
    [ ! -x "$each" ] || webkit=$each
  done
}

firefox=$(command -v firefox-esr || command -v firefox || true)
find_webkit
[ -n "$firefox$webkit" ] || skip "neither Firefox nor WebKit (WebKitWebDriver, MiniBrowser, Xvfb) is installed"
[ -n "$firefox" ] || echo "Firefox is not installed: only WebKit is tested"
[ -n "$webkit" ] || echo "WebKitWebDriver, MiniBrowser or Xvfb is not installed: only Firefox is tested"
"$ponnuki" web --games /dev/null/x 2>&1 | grep -q "without its web page" && skip "the program has no page"
enter_with_package puppeteer-core check.mjs firefox.mjs webkit.mjs front.mjs watch_errors.mjs ../web/helpers.mjs
export HOME="$folder" XDG_CACHE_HOME="$folder/cache" XDG_CONFIG_HOME="$folder/config" XDG_DATA_HOME="$folder/data"
export LC_ALL=C.UTF-8
exec node check.mjs "$ponnuki" "$firefox" "$webkit"
