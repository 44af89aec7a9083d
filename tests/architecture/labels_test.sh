#!/usr/bin/env bash
# ctest finds slow tests and tests of threads by their labels. Without labels, -LE slow would exclude no test and
# -L threads would run none.
#   labels_test.sh SOURCE_DIR BUILD_DIR CTEST
set -u
cd "$1/tests" || exit 1
build=$2 ctest=$3
failed=0 seen=0

for kind in slow threads; do
  for folder in */; do
    folder=${folder%/}
    [[ -n $(find "$folder" -name "*_${kind}_test.cc") ]] || continue
    seen=$((seen + 1))
    listed=$("$ctest" --test-dir "$build" -N -L "$kind" | grep -c " $folder: *")
    ((listed > 0)) || { echo "no test of tests/$folder has the label $kind"; failed=1; }
  done
done
((seen > 0)) || { echo "no *_slow_test.cc and no *_threads_test.cc below $PWD"; failed=1; }
exit $failed
