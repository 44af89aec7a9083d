#!/usr/bin/env bash
# A type has one definition (C++'s one-definition rule), which a linker does not check: two headers that
# define one qualified name with different members compile, link, and overwrite each other's memory.
# A type of an unnamed namespace must not hide a type of a header in an enclosing namespace either.
#   types_test.sh SOURCE_DIR     prints each offending pair; fails if there is one
#   types_test.sh --self-test    the check on a small tree with one offence of each kind
set -u

# types: a line "QUALIFIED_NAME FILE:LINE" for each type that a file defines at namespace scope, in
# clang-format's layout. A type of an unnamed namespace has "(unnamed)::" before its last part.
types() {
  awk '
    FNR == 1 { depth = 0 }
    /^(inline )?namespace [A-Za-z_:]+ *\{/ {
      name = $0; sub(/^(inline )?namespace /, "", name); sub(/ *\{.*/, "", name)
      if ($0 !~ /\}$/) scope[++depth] = name "::"
    }
    /^namespace *\{/ { scope[++depth] = "(unnamed)::" }
    /^\} *\/\/ (inline )?namespace/ { if (depth > 0) --depth }
    /^(class|struct|union|enum) / && !/;$/ {
      name = $0
      sub(/^(enum (class|struct)|class|struct|union|enum) /, "", name)
      gsub(/(PONNUKI_[A-Z_]+|alignas)\([^ ]*\) /, "", name)
      gsub(/\[\[[^]]*\]\] /, "", name)
      sub(/( final)?( +:[^:].*| *\{.*)?$/, "", name)
      qualified = ""
      for (i = 1; i <= depth; ++i) qualified = qualified scope[i]
      print qualified name, FILENAME ":" FNR
    }' "$@"
}

offences() {
  cd "$1" || exit 1
  find . \( -path ./build -o -path ./.git \) -prune -o \( -name '*.h' -o -name '*.cc' \) -print0 |
    sort -z | xargs -0 -r "$BASH" "$self" --types | sed 's# \./# #' | awk '
      $1 !~ /\(unnamed\)/ {
        if ($1 in seen) print $1 " is defined in " seen[$1] " and in " $2
        else seen[$1] = $2
        next
      }
      { hidden[$1 " " $2] = 1 }
      END {
        for (pair in hidden) {
          split(pair, part, " ")
          name = part[1]; sub(/.*::/, "", name)
          scope = part[1]; sub(/\(unnamed\)::.*/, "", scope)
          while (scope != "") {  # ponnuki::nn:: then ponnuki::
            if ((scope name) in seen && seen[scope name] ~ /\.h:/)
              print name " of " part[2] " hides " scope name " of " seen[scope name]
            if (sub(/[A-Za-z_]+::$/, "", scope) == 0) break
          }
        }
      }' | sort
}

self_test() {
  tree=$(mktemp -d)  # global: the trap runs after this function
  trap 'rm -rf "$tree"' EXIT
  mkdir "$tree"/{a,b}
  printf '%s\n' 'namespace go {' 'struct State {' '};' 'class Only;' 'class Only {' '};' '}  // namespace go' >"$tree/a/state.h"
  printf '%s\n' 'namespace go {' 'class State final : public Base {' '};' '}  // namespace go' >"$tree/b/state.h"
  printf '%s\n' 'namespace go::b {' 'struct State {' '};' '}  // namespace go::b' >"$tree/b/other.h"
  printf '%s\n' 'namespace go::c {' 'namespace {' 'class Only {' '};' 'struct Fine {' '};' '}  // namespace' '}  // namespace go::c' >"$tree/b/hides.cc"
  local found
  found=$(offences "$tree")
  [[ $found == "Only of b/hides.cc:3 hides go::Only of a/state.h:5
go::State is defined in a/state.h:2 and in b/state.h:2" ]] && return 0
  echo "the check found: $found"
  return 1
}

self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
case $1 in
  --types) shift; types "$@"; exit ;;
  --self-test) self_test; exit ;;
esac
[[ -f $1/engine/types.h ]] || { echo "no sources in $1"; exit 1; }
found=$(offences "$1")
[[ -z $found ]] && exit 0
echo "Types with more than one definition, or hidden by another of the same name:"
echo "$found"
exit 1
