#!/usr/bin/env bash
# ponnuki analysis as clients launch it: the command lines of KaTrain, Ogatak and LizzieYzy, ends of input, bad files.
#   analysis_test.sh PONNUKI SOURCE_DIR
set -u
ponnuki=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0
fail() { echo "FAILED: $*"; failed=1; }
check() { grep -qF -- "$2" "$1" || { fail "$1 lacks: $2"; head -c 2000 "$1"; }; }

query() {  # query ID VISITS [MORE]
  echo "{\"id\":\"$1\",\"boardXSize\":9,\"boardYSize\":9,\"rules\":\"japanese\",\"komi\":6.5,\"moves\":[[\"B\",\"E5\"]],\"maxVisits\":$2${3:-}}"
}
cat >client.cfg <<'C'
# as clients ship it
logDir = logs
reportAnalysisWinratesAs = SIDETOMOVE
numAnalysisThreads = 4   # of KataGo's
numSearchThreads = 8
nnMaxBatchSize = 32
maxVisits = 30
humanSLProfile = preaz_5k
C
net=$2/nets/built-in/zero.bin.gz
touch human.bin.gz

# KaTrain: all queries are answered before the end.
{ query a 20; query b 20 ',"includeOwnership":true'; echo '{"id":"v","action":"query_version"}'; } |
  "$ponnuki" analysis -model "$net" -human-model human.bin.gz -config client.cfg \
    -override-config "homeDataDir=x,wideRootNoise=0.0" >out 2>err || fail "KaTrain's launch: exit code $?"
[[ $(wc -l <out) == 3 ]] || fail "expected three answers: $(wc -l <out)"
check out '"id":"a"'
check out '"id":"b"'
check out '"ownership":['
check out '"currentPlayer":"W"'
check err 'ready to begin handling requests'
check err "client.cfg:8: 'humanSLProfile' is not a setting of ours and is ignored"
[[ $(grep -c "not a setting of ours" err) == 1 ]] || fail "expected one warning"
python3 - out <<'P' || fail "an answer is not JSON"
import json, sys
for line in open(sys.argv[1]): json.loads(line)
P

# LizzieYzy.
query a 5 | "$ponnuki" analysis -model "$net" -config client.cfg -override-config "numSearchThreadsPerAnalysisThread=2" \
  >out 2>err || fail "LizzieYzy's launch: exit code $?"
check out '"visits":5'

# Ogatak ends without waiting for answers.
start=$SECONDS
query endless 1000000000 | timeout 60 "$ponnuki" analysis -config client.cfg -model "$net" -quit-without-waiting \
  >out 2>err || fail "Ogatak's launch: exit code $?"
((SECONDS - start < 30)) || fail "it waited"

# A client that dies in the middle of a search.
mkfifo requests
exec 9<>requests  # open at both ends, so that the engine sees no end of its input
query endless 1000000000 ',"reportDuringSearchEvery":0.05' >&9
timeout 60 "$ponnuki" analysis -model "$net" <requests 2>err 9>&- | head -n 2 >out
exec 9>&-
[[ $(wc -l <out) == 2 ]] || fail "expected two reports"
check out '"isDuringSearch":true'

# A line of 100 MB with little memory (in which sanitizers do not start); the next query is answered.
limit=3000000
(ulimit -v "$limit"; "$ponnuki" --version) >/dev/null 2>&1 || limit=unlimited
{ head -c 100000000 /dev/zero | tr '\0' x; echo; query after 2; } |
  (ulimit -v "$limit"; exec "$ponnuki" analysis -model "$net" --cache-mb 16 --memory-mb 64) >out 2>err || fail "the long line: exit code $?"
check out 'longer than'
check out '"id":"after"'

# Bad files and values give one line and exit code 2.
refuse() {  # refuse TEXT ARGUMENT...
  local text=$1; shift
  "$ponnuki" analysis "$@" </dev/null >out 2>err
  [[ $? == 2 ]] || fail "$*: expected exit code 2"
  [[ $(wc -l <err) == 1 && ! -s out ]] || fail "$*: expected one line"
  check err "$text"
}
refuse "there is no file" -model missing.bin.gz
refuse "missing.cfg" -model "$net" -config missing.cfg
refuse "'many' is not a number" -model "$net" -override-config maxVisits=many
refuse "is not KEY=VALUE" -model "$net" -override-config maxVisits
refuse "listen" -model "$net" --listen nowhere:1

exit $failed
