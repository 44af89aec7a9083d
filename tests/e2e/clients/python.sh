#!/bin/sh
# Runs a script of this folder. Exit code 77: skipped.
#
#   python.sh SCRIPT ARGUMENTS...
set -eu
here=$(dirname "$0")
script=$1
shift
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2> /dev/null || {
  echo "skipped: python3 (3.9 or newer) is not installed"
  exit 77
}
unset PONNUKI_NET PONNUKI_CONFIG
exec env PYTHONDONTWRITEBYTECODE=1 python3 "$here/$script" "$@"
