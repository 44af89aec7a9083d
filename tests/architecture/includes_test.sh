#!/usr/bin/env bash
# Includes point one way: engine <- {nn, server}, nn <- {figures, selfplay, gtp <- analysis <- review} <- cli, and server
# <- gtp. Heavy third parties stay in their folders.
#   includes_test.sh SOURCE_DIR     prints each offending line; fails if there is one
#   includes_test.sh --self-test    the check on a small tree with one offence of each kind
set -u

# included_from FOLDER PATTERN: lines of FOLDER's files whose #include matches the extended regex.
included_from() { grep -rEn --include='*.h' --include='*.cc' "^ *# *include *[<\"]$2" "$1" 2>/dev/null; }

cli_rooms_known_to() {
  case $1 in
    options) echo 'options/' ;;
    terminal) echo '(options|terminal)/' ;;
    *) echo "(options|terminal|$1)/|subcommand\.h" ;;
  esac
}

offences() {
  cd "$1" || exit 1
  included_from engine '(nn|server|figures|selfplay|gtp|analysis|review|cli|tests)/'
  # The rules of Go know neither search nor SGF, and these do not know each other.
  included_from engine 'engine/(search|sgf)/' | grep -vE '^engine/(search/[^:]*:[0-9]+:.*engine/search|sgf/[^:]*:[0-9]+:.*engine/sgf)/'
  included_from server '(nn|figures|selfplay|gtp|analysis|review|cli|tests)/'
  included_from nn '(server|figures|selfplay|gtp|analysis|review|cli|tests)/'
  included_from figures '(server|selfplay|gtp|analysis|review|cli|tests)/'
  included_from selfplay '(server|figures|gtp|analysis|review|cli|tests)/'
  included_from gtp '(figures|selfplay|analysis|review|cli|tests)/'
  included_from analysis '(figures|selfplay|review|cli|tests)/'
  included_from review '(figures|selfplay|cli|tests)/'
  included_from cli 'tests/'
  local room
  for room in cli/*/; do  # a room of cli knows itself, options, terminal and subcommand.h; options knows only itself
    room=$(basename "$room")
    included_from "cli/$room" 'cli/' | grep -vE "\"cli/($(cli_rooms_known_to "$room"))"
  done
  local folder transport='^(server|gtp|analysis)/[a-z_]*transport[a-z_]*\.(cc|h):'
  for folder in engine server figures selfplay gtp analysis review cli; do included_from "$folder" '(Eigen/|immintrin|arm_neon)'; done
  for folder in engine server nn figures selfplay gtp analysis review; do included_from "$folder" 'boost/program_options'; done
  for folder in engine server nn figures selfplay gtp analysis review cli; do
    included_from "$folder" '(boost/(asio|beast)|server/transport_connections)' | grep -Ev "$transport"
    # Our own headers stay light.
    included_from "$folder" '(nlohmann/json\.hpp|boost/|Eigen/|zlib\.h)' | grep -E '^(engine|server|figures|selfplay|gtp|analysis|review|cli)/[^:]*\.h:' |
      grep -Ev "$transport"
  done
  return 0
}

self_test() {
  tree=$(mktemp -d)  # global: the trap runs after this function
  trap 'rm -rf "$tree"' EXIT
  mkdir "$tree"/{engine,engine/search,engine/sgf,server,nn,figures,selfplay,gtp,cli,cli/options,cli/net}
  echo '#include "nn/planes.h"' >"$tree/engine/a.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/b.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/sgf/c.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/search/d.cc"  # among themselves
  echo '#include <Eigen/Core>' >"$tree/gtp/b.cc"
  echo '#include <boost/program_options.hpp>' >"$tree/nn/c.cc"
  echo '#include <nlohmann/json.hpp>' >"$tree/gtp/d.h"
  echo '#include <boost/asio.hpp>' >"$tree/gtp/session.cc"
  echo '#include <boost/asio.hpp>' >"$tree/gtp/tcp_transport.cc"  # allowed
  echo '#include "cli/net/target.h"' >"$tree/cli/options/h.cc"
  echo '#include "cli/options/values.h"' >"$tree/cli/net/target.h"  # allowed
  echo '#include "cli/subcommand.h"' >"$tree/cli/net/info.cc"  # allowed
  echo '#include "cli/bench/bench.h"' >"$tree/cli/net/i.cc"
  echo '#include "server/transport_connections.h"' >"$tree/gtp/session.h"
  echo '#include "gtp/session.h"' >"$tree/server/g.cc"
  echo '#include <boost/asio.hpp>' >"$tree/server/transport_connections.h"
  echo '#include "review/graph.h"' >"$tree/figures/e.cc"
  echo '#include <zlib.h>' >"$tree/figures/f.cc"  # a source may
  local found
  found=$(offences "$tree" | cut -d: -f1 | sort | tr '\n' ' ')
  [[ $found == 'cli/net/i.cc cli/options/h.cc engine/a.cc engine/b.cc engine/sgf/c.cc figures/e.cc gtp/b.cc gtp/d.h gtp/session.cc gtp/session.h nn/c.cc server/g.cc ' ]] && return 0
  echo "the check found: $found"
  return 1
}

if [[ $1 == --self-test ]]; then
  self_test
  exit
fi
[[ -f $1/engine/types.h ]] || { echo "no sources in $1"; exit 1; }
found=$(offences "$1")
[[ -z $found ]] && exit 0
echo "Includes against the direction (see the head of this file), or third parties outside their folders:"
echo "$found"
exit 1
