#!/bin/sh
# Installs @sabaki/gtp into a folder of the build, which then plays a game with Ponnuki. Exit code 77: skipped.
#
#   run.sh PONNUKI BUILD_FOLDER
set -eu
ponnuki=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../npm.sh"
enter_with_package @sabaki/gtp play.js
exec node play.js "$ponnuki"
