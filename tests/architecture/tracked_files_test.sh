#!/usr/bin/env bash
# Tracked files have at most 2 MiB (golden data 20 MiB, the nets inside 8 MiB in all) and contain no
# path of the machine where they were made.
#   tracked_files_test.sh SOURCE_DIR      77 = skipped: not a git checkout
set -u
cd "$1" || exit 1
git rev-parse --git-dir >/dev/null 2>&1 || { echo "not a git checkout"; exit 77; }
failed=0

while IFS= read -r -d '' file; do
  [[ -f $file ]] || continue
  size=$(stat -c %s "$file")
  ((size <= 2 << 20)) || { echo "$file: $size bytes is more than 2 MiB"; failed=1; }
done < <(git ls-files -z -- . ':!nets/built-in')

most_in_all() {  # FOLDER MIB
  local bytes
  bytes=$(git ls-files -z "$1" | xargs -0 -r cat | wc -c)
  ((bytes <= $2 << 20)) || { echo "$1: $bytes bytes in all is more than $2 MiB"; failed=1; }
}
most_in_all tests/golden 20
most_in_all nets/built-in 8

paths=("/root/")
parent=$(dirname "$(pwd -P)")
case $parent in
  / | /tmp* | /usr* | /var* | /opt* | /srv* | /mnt*) ;;  # documents may mention these
  *) paths+=("$parent/") ;;
esac
for path in "${paths[@]}"; do
  git grep -nIF -e "$path" -- . ':!tests/architecture/' && { echo "above: a path of some machine ($path)"; failed=1; }
done
exit $failed
