#!/usr/bin/env bash
# The versions of our own binary formats are the same in docs/formats.md and in the code that writes them.
#   format_versions_test.sh SOURCE_DIR     prints each format whose versions differ or cannot be found
#   format_versions_test.sh --self-test    the check on small files with an offence of each kind
set -u

# documented HEADING: the number of the line "Version: N" between this heading of docs/formats.md and the next one.
documented() {
  awk -v heading="$1" '
    /^#+ / { title = $0; sub(/^#+ +/, "", title); inside = title == heading; next }
    inside && /^Version: *[0-9]+ *$/ { gsub(/[^0-9]/, ""); print }' docs/formats.md
}

# coded FILE CONSTANT: the version in the definition of a constant, which is a number, a quoted number, or a struct in
# braces: then its member `version`, else its first number that is not in quotes.
coded() {
  [[ -f $1 ]] || return 0
  sed 's#//.*##' "$1" | tr '\n' ' ' | awk -v name="$2" '
    match($0, "[^A-Za-z0-9_]" name "(\\[\\])? *[={][^;]*;") {
      text = substr($0, RSTART + 1 + length(name), RLENGTH)
      sub(/;.*/, "", text)
      if (text ~ /\{.*,/) {
        gsub(/"[^"]*"/, "", text)
        if (match(text, /version *= *[0-9]+/)) text = substr(text, RSTART, RLENGTH)
      }
      if (match(text, /[0-9]+/)) print substr(text, RSTART, RLENGTH)
    }'
}

# compare HEADING FILE CONSTANT
compare() {
  local in_docs in_code
  in_docs=$(documented "$1")
  in_code=$(coded "$2" "$3")
  if [[ ! $in_docs =~ ^[0-9]+$ ]]; then
    echo "docs/formats.md: no single line 'Version: N' below the heading '$1'"
  elif [[ ! $in_code =~ ^[0-9]+$ ]]; then
    echo "$2: no version in a constant $3"
  elif ((in_docs != in_code)); then
    echo "'$1': docs/formats.md says version $in_docs, $3 of $2 is $in_code"
  fi
}

offences() {
  cd "$1" || exit 1
  compare 'Our own files' nn/files/tensors/net_parts.cc kFormatVersion
  compare 'Games of self-play' selfplay/records/block_scan.cc kVersion
  compare 'State of a training run' selfplay/run/run_directory.cc kState
  compare 'State of a run from game records' selfplay/run/run_directory.cc kRecords
}

self_test() {
  tree=$(mktemp -d)  # global: the trap runs after this function
  trap 'rm -rf "$tree"' EXIT
  mkdir -p "$tree"/{docs,nn/files/tensors,selfplay/{records,run}}
  local docs=$tree/docs/formats.md net=$tree/nn/files/tensors/net_parts.cc
  local games=$tree/selfplay/records/block_scan.cc run=$tree/selfplay/run/run_directory.cc
  printf '%s\n' '### Our own files' '' 'Version: 4' '' '## Games of self-play' 'Version: 5' \
    '## State of a training run' 'Version: 6' 'Version 2 is read as well' \
    '## State of a run from game records' 'Version: 7' >"$docs"
  echo 'constexpr const char* kFormatVersion = "4";' >"$net"
  printf '%s\n' 'constexpr std::uint32_t kOldVersion = 1;' 'constexpr std::uint32_t kVersion{5};  // 9' >"$games"
  printf '%s\n' 'constexpr Kind kState = {"/state2.bin",' '  "PNKSTAT8", 6, 2};' \
    'constexpr Kind kRecords{.name = "/records.bin", .oldest = 1, .version = 7};' 'use(kState, 1);' >"$run"
  local found
  found=$(offences "$tree")
  [[ -z $found ]] || { echo "the check found in files without an offence: $found"; return 1; }

  sed -i 's/"4"/"8"/' "$net"
  echo 'constexpr std::uint32_t kVersionOfGames = 5;' >"$games"
  sed -i 's/^Version: 6$/Version 6/' "$docs"
  sed -i 's/\.version = 7/.version = 8/' "$run"
  found=$(offences "$tree")
  [[ $found == "'Our own files': docs/formats.md says version 4, kFormatVersion of nn/files/tensors/net_parts.cc is 8
selfplay/records/block_scan.cc: no version in a constant kVersion
docs/formats.md: no single line 'Version: N' below the heading 'State of a training run'
'State of a run from game records': docs/formats.md says version 7, kRecords of selfplay/run/run_directory.cc is 8" ]] ||
    { echo "the check found: $found"; return 1; }
  rm "$net"
  found=$(offences "$tree" | head -1)
  [[ $found == 'nn/files/tensors/net_parts.cc: no version in a constant kFormatVersion' ]] && return 0
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
echo "Versions of formats that docs/formats.md and the code do not agree on:"
echo "$found"
exit 1
