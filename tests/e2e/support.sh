# For the tests beside this file, which are called with the program and the source folder. Each works in an empty folder
# of its own, with no config, no net and no colours from outside.
set -u
program=$1
source_dir=$2
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
unset PONNUKI_NET PONNUKI_CONFIG
export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache NO_COLOR=1

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# run ARGS...: runs the program; leaves $code, $out and $err. Input, if any, is the caller's stdin.
run() {
  timeout 120 "$program" "$@" >out.txt 2>err.txt
  code=$?
  out=$(cat out.txt)
  err=$(cat err.txt)
}

# expect_error PATTERN ARGS...: exit code 2, nothing on stdout, one line on stderr that matches the extended regex.
expect_error() {
  local pattern=$1
  shift
  run "$@" </dev/null
  [[ $code == 2 ]] || fail "$*: exit code $code, not 2"
  [[ -z $out ]] || fail "$*: stdout should be empty: $out"
  [[ $(wc -l <err.txt) == 1 ]] || fail "$*: not one line on stderr: $err"
  [[ $err =~ $pattern ]] || fail "$*: '$err' does not match '$pattern'"
}

# expect_output PATTERN ARGS...: exit code 0 and a stdout that matches the extended regex.
expect_output() {
  local pattern=$1
  shift
  run "$@"
  [[ $code == 0 ]] || fail "$*: exit code $code: $err"
  [[ $out =~ $pattern ]] || fail "$*: output does not match '$pattern': $out"
}

finish() {
  ((failures == 0)) && echo "all as expected"
  exit $((failures > 0))
}
