#!/usr/bin/env bash
# The rooms of cli/ include each other one way: options <- terminal <- subcommand.h <- all others, which do not include
# each other.
#   cli_rooms_test.sh SOURCE_DIR     prints each offending line; fails if there is one
#   cli_rooms_test.sh --self-test    the check on a small tree with one offence of each kind
set -u

# known_to ROOM: an extended regex for the files of cli/ that a room may include.
known_to() {
  case $1 in
    options) echo 'options/' ;;
    terminal) echo '(options|terminal)/' ;;
    *) echo "(options|terminal|$1)/|subcommand\\.h" ;;
  esac
}

offences() {
  cd "$1" || exit 1
  local room
  for room in cli/*/; do
    room=$(basename "$room")
    grep -rEn --include='*.h' --include='*.cc' '^ *# *include *"cli/' "cli/$room" | grep -vE "\"cli/($(known_to "$room"))"
  done
  return 0
}

self_test() {
  tree=$(mktemp -d)  # global: the trap runs after this function
  trap 'rm -rf "$tree"' EXIT
  mkdir -p "$tree"/cli/{options,terminal,net}
  echo '#include "cli/net/target.h"' >"$tree/cli/options/a.cc"
  echo '#include "cli/subcommand.h"' >"$tree/cli/terminal/b.h"
  echo '#include "cli/bench/bench.h"' >"$tree/cli/net/c.cc"
  printf '#include "cli/%s"\n' net/target.h options/values.h subcommand.h terminal/terminal.h >"$tree/cli/net/d.cc"  # allowed
  local found
  found=$(offences "$tree" | cut -d: -f1 | sort | tr '\n' ' ')
  [[ $found == 'cli/net/c.cc cli/options/a.cc cli/terminal/b.h ' ]] && return 0
  echo "the check found: $found"
  return 1
}

if [[ $1 == --self-test ]]; then
  self_test
  exit
fi
[[ -d $1/cli/options ]] || { echo "no sources in $1"; exit 1; }
found=$(offences "$1")
[[ -z $found ]] && exit 0
echo "Includes against the direction of the rooms of cli/:"
echo "$found"
exit 1
