#!/usr/bin/env bash
# Syntax, wrong presets, help and duplicate packages of the scripts. docs/results has their run on a bare system.
source "$(dirname "$0")/support.sh" "$@"

for script in "$source_dir"/scripts/* "$source_dir"/.ci/run; do
  case $(head -n 1 "$script") in *bash*) bash -n "$script" || fail "$script does not parse" ;; esac
done
out=$("$source_dir/scripts/test" --preset nonsense 2>&1)
[[ $? == 2 && $out == *"no preset 'nonsense'"* ]] || fail "scripts/test --preset nonsense: $out"
out=$("$source_dir/scripts/test" --help)
[[ $out == *"--slow"* && $out == *"--preset"* ]] || fail "scripts/test --help: $out"
out=$("$source_dir/scripts/quickstart" --help)
[[ $out == *"one 9x9 game"* ]] || fail "scripts/quickstart --help: $out"
out=$("$source_dir/scripts/package" --help)
[[ $? == 0 && $out == *tarball* ]] || fail "scripts/package --help: $out"
out=$("$source_dir/scripts/package" nonsense)
[[ $? == 2 && $out == *tarball* ]] || fail "scripts/package nonsense: $out"
names=$(sed 's/#.*//' "$source_dir/packages.txt" | awk 'NF {print $1}')
[[ $names == *cmake* && -z $(sort <<<"$names" | uniq -d) ]] || fail "packages.txt: missing or duplicate names"
finish
