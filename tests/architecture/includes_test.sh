#!/usr/bin/env bash
# Includes point one way, as the arrows of docs/architecture.md do; heavy third parties stay in their rooms. Locks are
# those of engine/mutex.h.
#   includes_test.sh SOURCE_DIR     prints each offending line; fails if there is one
#   includes_test.sh --self-test    the check on a small tree with one offence of each kind
set -u

# included_from FOLDER PATTERN: lines of FOLDER's files whose #include matches the extended regex.
included_from() { grep -rEn --include='*.h' --include='*.cc' "^ *# *include *[<\"]$2" "$1" 2>/dev/null; }

# room FOLDER ROOM ALLOWED: lines of FOLDER/ROOM that include of FOLDER more than the room itself and what matches.
room() { included_from "$1/$2" "$1/" | grep -vE "#include \"$1/($2/|$3)"; }

# The rooms of nn/ and selfplay/ point one way, too.
room_offences() {
  room nn inputs '^'
  room nn model 'inputs/'
  room nn reference 'model/|network\.h'
  room nn evaluators '(inputs|model)/|network\.h'
  room nn convert '(model|files/(bytes|tensors))/'
  room nn files '(inputs|model)/'
  room nn files/bytes '^'
  room nn files/tensors '(files/bytes|inputs|model)/'
  room nn files/katago '(files/bytes|model)/'
  room nn files/onnx '(files/(bytes|tensors)|inputs|model)/'
  room nn training '(inputs|model|kernels)/|network\.h'
  room nn training/backward '(kernels/(simd|step|conv|layers)|model)/'
  room nn kernels 'model/|network\.h'
  room nn kernels/simd 'model/activation_kind\.h'
  room nn kernels/step '(kernels/simd|model)/|network\.h'
  room nn kernels/conv '(kernels/(simd|step)|model)/'
  room nn kernels/layers '(kernels/(simd|step|conv)|model)/|network\.h'
  room selfplay files '^'
  room selfplay match 'files/'
  room selfplay records 'files/'
  room selfplay games 'records/'
  room selfplay learning '(files|records)/'
  room selfplay rows '(files|records|learning)/'
  room selfplay run '(files|records|games|learning|match)/'
}

offences() {
  cd "$1" || exit 1
  room_offences
  included_from engine '(nn|figures|selfplay|swarm|mpi|server|gtp|analysis|review|web|cli|tests)/'
  # Go itself knows neither the search nor SGF nor the referee, nor they each other; but the search asks the referee.
  included_from engine 'engine/(search|sgf|referee)/' |
    grep -vE '^engine/(search/[^:]*:[0-9]+:.*engine/(search|referee)|sgf/[^:]*:[0-9]+:.*engine/sgf|referee/[^:]*:[0-9]+:.*engine/referee)/'
  included_from server '(swarm|mpi|nn|figures|selfplay|gtp|analysis|review|web|cli|tests|engine/(search|sgf|referee))/'
  included_from nn '(swarm|mpi|server|figures|selfplay|gtp|analysis|review|web|cli|tests)/'
  included_from figures '(swarm|mpi|server|selfplay|gtp|analysis|review|web|cli|tests)/'
  included_from selfplay '(swarm|mpi|server|figures|gtp|analysis|review|web|cli|tests)/'
  included_from gtp '(swarm|mpi|figures|selfplay|analysis|review|web|cli|tests)/'
  included_from analysis '(swarm|mpi|figures|selfplay|gtp|review|web|cli|tests)/'
  included_from review '(swarm|mpi|server|figures|selfplay|gtp|analysis|web|cli|tests)/'
  included_from web '(swarm|mpi|analysis|cli|tests)/'
  included_from swarm '(mpi|server|figures|gtp|analysis|review|web|cli|tests)/'
  included_from mpi '(swarm|server|figures|gtp|analysis|review|web|cli|tests)/'
  included_from cli 'tests/'
  # Locks are those of engine/mutex.h, which clang checks.
  grep -rEn --include='*.h' --include='*.cc' \
    '^ *# *include *<(mutex|shared_mutex|condition_variable)>|std::(lock_guard|unique_lock|shared_lock|scoped_lock|([a-z]+_)*mutex|condition_variable)' \
    engine nn server figures selfplay swarm mpi gtp analysis review web cli 2>/dev/null | grep -v '^engine/mutex\.h:'
  local folder transport='^((gtp|analysis)/[a-z_]*transport|server/(connection_server|farewell|web_server))[a-z_]*\.(cc|h):|^server/tcp_server\.cc:'
  for folder in engine figures selfplay swarm mpi server gtp analysis review web cli; do included_from "$folder" '(Eigen/|immintrin|arm_neon)'; done
  # NATS stays behind the links.
  for folder in engine nn figures selfplay swarm mpi server gtp analysis review web cli; do included_from "$folder" 'nats/' | grep -v '^swarm/nats_hub\.h:'; done
  # MPI stays in its module.
  for folder in engine nn figures selfplay swarm mpi server gtp analysis review web cli; do included_from "$folder" 'mpi\.h' | grep -v '^mpi/module/module\.cc:'; done
  for folder in engine nn figures selfplay swarm mpi server gtp analysis review web; do included_from "$folder" 'boost/program_options'; done
  for folder in engine nn figures selfplay server gtp analysis review web cli; do
    included_from "$folder" '(boost/(asio|beast)|server/(connection_server|farewell))' | grep -Ev "$transport"
    # Our own headers stay light.
    included_from "$folder" '(nlohmann/json\.hpp|boost/|Eigen/|zlib\.h)' | grep -E '^(engine|figures|selfplay|server|gtp|analysis|review|web|cli)/[^:]*\.h:' |
      grep -Ev "$transport"
  done
  return 0
}

self_test() {
  tree=$(mktemp -d)  # global: the trap runs after this function
  trap 'rm -rf "$tree"' EXIT
  mkdir -p "$tree"/{engine/{search,sgf,referee},nn/kernels/{simd,step},figures,selfplay/{records,run},server,gtp,analysis,review,web,cli}
  echo '#include "nn/planes.h"' >"$tree/engine/a.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/b.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/sgf/c.cc"
  echo '#include "engine/search/tree.h"' >"$tree/engine/search/d.cc"  # among themselves
  echo '#include <Eigen/Core>' >"$tree/gtp/b.cc"
  echo '#include <boost/program_options.hpp>' >"$tree/nn/c.cc"
  echo '#include "nn/kernels/step/step.h"' >"$tree/nn/kernels/simd/a.h"
  echo '#include "nn/kernels/simd/a.h"' >"$tree/nn/kernels/step/b.cc"  # the right way
  echo '#include <nlohmann/json.hpp>' >"$tree/gtp/d.h"
  echo '#include <boost/asio.hpp>' >"$tree/gtp/session.cc"
  echo '#include <boost/asio.hpp>' >"$tree/gtp/tcp_transport.cc"  # the only one that is allowed
  echo '#include "review/graph.h"' >"$tree/figures/e.cc"
  echo '#include <zlib.h>' >"$tree/figures/f.cc"  # a source may
  echo '#include <mutex>' >"$tree/engine/mutex.h"  # the only one that is allowed
  echo '#include <condition_variable>' >"$tree/server/g.cc"
  echo 'std::recursive_mutex mutex;' >"$tree/nn/h.h"
  echo '  const std::lock_guard lock(mutex_);' >"$tree/selfplay/i.cc"
  echo '#include "selfplay/run/b.h"' >"$tree/selfplay/records/b.cc"
  echo '#include "selfplay/records/b.h"' >"$tree/selfplay/run/b.cc"  # the right way
  echo '#include "engine/search/search.h"' >"$tree/engine/referee/a.cc"
  echo '#include "engine/referee/a.h"' >"$tree/engine/search/e.cc"  # the search may
  echo '#include "engine/search/search.h"' >"$tree/server/a.cc"
  echo '#include "gtp/options.h"' >"$tree/analysis/a.cc"
  echo '#include "analysis/answer.h"' >"$tree/review/a.cc"
  echo '#include "analysis/answer.h"' >"$tree/web/a.cc"
  local found
  found=$(offences "$tree" | cut -d: -f1 | sort | tr '\n' ' ')
  [[ $found == 'analysis/a.cc engine/a.cc engine/b.cc engine/referee/a.cc engine/sgf/c.cc figures/e.cc gtp/b.cc gtp/d.h gtp/session.cc nn/c.cc nn/h.h nn/kernels/simd/a.h review/a.cc selfplay/i.cc selfplay/records/b.cc server/a.cc server/g.cc web/a.cc ' ]] && return 0
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
echo "Includes against the arrows of docs/architecture.md, third parties out of their room, or locks that are not engine/mutex.h's:"
echo "$found"
exit 1
