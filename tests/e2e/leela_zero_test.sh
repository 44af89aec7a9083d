#!/usr/bin/env bash
# Compares nets in Leela Zero's format, written by our tests, with Leela Zero itself (leela_zero.py).
#   leela_zero_test.sh PONNUKI NN_TESTS
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
nets=$(mktemp -d)
trap 'rm -rf "$nets"' EXIT
PONNUKI_WRITE_NETS=$nets "$2" "[.write]" >/dev/null
python3 "$here/leela_zero.py" compare --nets "$nets" --ponnuki "$1" --count 10
