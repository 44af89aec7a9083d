#!/usr/bin/env bash
# The scripts' own mistakes: wrong presets, help, doubled packages. That they work from nothing is tried on a bare
# system, see docs/results.
source "$(dirname "$0")/support.sh" "$@"

for script in "$source_dir"/scripts/* "$source_dir"/.ci/run; do
  case $(head -n 1 "$script") in *bash*) bash -n "$script" || fail "$script does not parse" ;; esac
done
out=$("$source_dir/scripts/test" --preset nonsense 2>&1)
[[ $? == 2 && $out == *"no preset 'nonsense'"* ]] || fail "scripts/test --preset nonsense: $out"
out=$("$source_dir/scripts/test" --help)
[[ $out == *"--slow"* && $out == *"--preset"* ]] || fail "scripts/test --help: $out"
out=$("$source_dir/scripts/quickstart" --help)
[[ $out == *"plays one"* ]] || fail "scripts/quickstart --help: $out"
names=$(sed 's/#.*//' "$source_dir/packages.txt" | awk 'NF {print $1}')
[[ $names == *cmake* && -z $(sort <<<"$names" | uniq -d) ]] || fail "packages.txt: missing or double names"
finish
