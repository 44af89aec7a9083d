# Common functions of the tests in this folder, which are called with the program and the source folder. Each test works
# in an empty folder of its own, without config, net and colours from the environment.
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

# run ARGS...: runs the program with the caller's stdin; sets $code, $out and $err.
run() {
  timeout 120 "$program" "$@" >out.txt 2>err.txt
  code=$?
  out=$(cat out.txt)
  err=$(cat err.txt)
}

# expect_error PATTERN ARGS...: expects exit code 2, an empty stdout and one line on stderr that matches the extended
# regex.
expect_error() {
  local pattern=$1
  shift
  run "$@" </dev/null
  [[ $code == 2 ]] || fail "$*: exit code $code, not 2"
  [[ -z $out ]] || fail "$*: stdout should be empty: $out"
  [[ $(wc -l <err.txt) == 1 ]] || fail "$*: not one line on stderr: $err"
  [[ $err =~ $pattern ]] || fail "$*: '$err' does not match '$pattern'"
}

# expect_output PATTERN ARGS...: expects exit code 0 and a stdout that matches the extended regex.
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
