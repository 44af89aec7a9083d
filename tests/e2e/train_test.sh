#!/usr/bin/env bash
# Training survives being killed, and reports clearly what it cannot do.
source "$(dirname "$0")/support.sh" "$@"

train() { exec "$program" train --dir run --size 4 --net b1c8 --games 20 --simulations 4 --threads 2 --match-every 2 --match-games 4 "$@"; }

# Kill it in the middle, several times; every start continues the run.
cycles_before=0
for round in 1 2 3; do
  : >log.txt  # the background process may open it late
  train >log.txt 2>&1 &
  pid=$!
  for _ in $(seq 200); do
    [[ $(grep -c '^cycle ' log.txt) -ge 3 ]] && break
    sleep 0.05
  done
  kill -9 $pid
  wait $pid 2>/dev/null
  [[ $(grep -c '^cycle ' log.txt) -ge 3 ]] || fail "round $round: no three cycles: $(<log.txt)"
  [[ $round == 1 ]] || grep -q "^going on after cycle" log.txt || fail "round $round: started anew: $(<log.txt)"
  cycles=$(grep '^cycle ' log.txt | tail -1 | cut -d' ' -f2)
  [[ $cycles -gt $cycles_before ]] || fail "round $round: from cycle $cycles_before to $cycles"
  cycles_before=$cycles
done

# Let it reach its end; the metrics have each cycle once.
last=$((cycles_before + 3))
(train --cycles $last) >log.txt 2>err.txt || fail "to the end: exit code $?: $(<err.txt)"
seq "$last" >expected.txt
grep -oE '^\{"cycle":[0-9]+' run/metrics.jsonl | cut -d: -f2 | cmp -s - expected.txt || fail "metrics: $(cut -c1-20 run/metrics.jsonl)"
grep -q "  Elo " log.txt || fail "no match in three cycles: $(<log.txt)"
net=$(ls run/nets | tail -1)

# It keeps its earlier options and prints them; options given now override them.
expect_output 'options: .*net = "b1c8".*
going on after cycle.*
this run is at its end' train --dir run
run train --dir run --cycles $((last + 1)) --threads 1
[[ $out == *"cycle $((last + 1)) "* ]] || fail "one more cycle: $out$err"
grep -q '"simulations": 4' run/config.json || fail "options forgotten: $(<run/config.json)"
grep -q '"threads": 1' run/config.json || fail "the command line: $(<run/config.json)"
echo 'cycels = 5' >>run/state.conf
expect_error "state.conf:[0-9]+: unknown key 'cycels'; did you mean 'cycles'" train --dir run
sed -i '$d' run/state.conf
cp run/state.conf state.conf
sed -i 's/simulations = "4"/simulations = "8"/' run/state.conf
expect_error "state.conf: is damaged .* If you have changed it yourself, delete its comments" train --dir run
cp state.conf run/state.conf

# Damaged lines of the metrics are told; the others are shown.
sed '1s/"moves":/"moves"?/' run/metrics.jsonl >metrics.txt
cp run/metrics.jsonl metrics.jsonl && cp metrics.txt run/metrics.jsonl
expect_output "cycle +minutes" train status --dir run
[[ $err == *"run/metrics.jsonl: line 1 is damaged and left out"* ]] || fail "a damaged line: $err"
cp metrics.jsonl run/metrics.jsonl

# It continues from an average of its nets.
run net average mean.bin.gz $(ls run/nets/* | tail -2)
expect_output "^run: goes on from mean.bin.gz after cycle $((last + 1))$" train adopt --dir run mean.bin.gz
run train --dir run --cycles $((last + 2))
[[ $code == 0 && $out == *"cycle $((last + 2)) "* ]] || fail "after train adopt: $out$err"
expect_error "dir is missing" train adopt mean.bin.gz
expect_error "nowhere: no training run" train adopt --dir nowhere mean.bin.gz
expect_error "'nothing.bin.gz' and no net of this name" train adopt --dir run nothing.bin.gz
expect_error "built-in: .*another shape" train adopt --dir run built-in
expect_output 'b1c8-' net info "run/nets/$net"
expect_output "cycle +minutes.*index.html" train status --dir run
grep -q '<polyline' run/index.html || fail "no curves in index.html"
grep -q '"simulations": 4' run/config.json || fail "config.json: $(<run/config.json)"
run gtp --net "run/nets/$net" --visits 2 <<<$'boardsize 4\ngenmove b\nquit\n'
[[ $out =~ =\ ([A-D][1-4]|pass) ]] || fail "gtp with the trained net: $out"

# Self-play games without training, into a file that grows, and as SGF.
expect_output '^[0-9]+ games, [0-9]+ an hour; [0-9.]+ moves' selfplay --net "run/nets/$net" --size 4 --games 6 --threads 1 --out own.games --sgf own
[[ $(ls own | wc -l) -ge 6 && $(head -c 6 own/000001.sgf) == '(;FF[4' ]] || fail "selfplay --sgf: $(ls own)"
expect_output 'winrate|The game is over' analyze own/000001.sgf --net none --visits 2
size_before=$(stat -c %s own.games)
run selfplay --net "run/nets/$net" --size 4 --games 1 --threads 1 --search puct --fast-share 0.5 --out own.games
[[ $(stat -c %s own.games) -gt $size_before ]] || fail "selfplay: own.games did not grow"
expect_error "--out is missing" selfplay --net "run/nets/$net"
expect_error "size: '9:0': give a share above 0" selfplay --out x.games --size 9:0

# A gate: a net is not better than itself, and the exit code says so.
run gate --net "run/nets/$net" --against "run/nets/$net" --size 4 --games 20 --simulations 2 --share 0.9
[[ $code == 1 && $out =~ ^20\ games ]] || fail "gate: exit code $code: $out"
run gate --net "run/nets/$net" --against "run/nets/$net" --size 4 --games 8 --simulations 2 --share 0
[[ $code == 0 ]] || fail "gate --share 0: exit code $code: $err"

# Two runs in one folder, no folder, another shape, a damaged state.
train --cycles 0 >log.txt 2>&1 &
pid=$!
for _ in $(seq 200); do
  grep -q '^cycle ' log.txt && break
  sleep 0.05
done
run train --dir run --size 4 --net b1c8
[[ $code == 1 && $err == *"another process trains here"* ]] || fail "two runs at once: exit code $code: $err"
kill -INT $pid
wait $pid || fail "Ctrl-C: exit code $?"

# The time in which the process is suspended is no time of the run.
wall_before=$(date +%s%N)
: >log.txt  # the background process may open it late
train --dir slept --cycles 0 >log.txt 2>&1 &
pid=$!
wait_for_cycles() {
  for _ in $(seq 400); do
    [[ $(grep -c '^cycle ' log.txt) -gt $1 ]] && return
    sleep 0.05
  done
  fail "no more cycles: $(<log.txt)"
}
wait_for_cycles 0
kill -STOP $pid
sleep 5
cycles=$(grep -c '^cycle ' log.txt)
kill -CONT $pid
wait_for_cycles $((cycles + 1))
kill -INT $pid
wait $pid || fail "Ctrl-C: exit code $?"
work_ms=$(tail -1 slept/metrics.jsonl | sed 's/.*"seconds":\([0-9.]*\).*/\1 * 1000/' | awk '{print int($1 * 1000)}')
wall_ms=$((($(date +%s%N) - wall_before) / 1000000))
((work_ms > 0 && work_ms <= wall_ms - 5000 + 2500)) || fail "suspended for 5 s, yet $work_ms of $wall_ms ms count"

# A folder that is moved away and replaced is not written any more.
: >log.txt
train --dir there --cycles 0 >log.txt 2>err.txt &
pid=$!
wait_for_cycles 0
[[ -d there ]] || fail "no run: $(<log.txt) $(<err.txt)"
mv there moved && cp -r run there && find there -type f -exec sha256sum {} + | sort >before.txt
wait $pid
[[ $? == 1 && $(<err.txt) == *"there: was moved, removed or replaced"* ]] || [[ $(<err.txt) == *".games: was moved, removed or replaced"* ]] ||
  fail "a moved folder: $(<err.txt)"
find there -type f -exec sha256sum {} + | sort | cmp -s - before.txt || fail "files of another run have changed"
(train --dir moved --cycles 1) >log.txt 2>err.txt && grep -q "^going on after" log.txt || fail "where it was moved to: $(<log.txt) $(<err.txt)"

expect_error "dir is missing" train
expect_error "net: 'b1' is no shape" train --dir run --net b1
expect_error "loss: 'x' is not one of policy" train --dir run --loss x=1
expect_error "loss: 'value': give a weight" train --dir run --loss value
expect_error "size: '9:0': give a share" train --dir run --size 9:0
expect_error "no training run" train status --dir nowhere
expect_error "against is missing" gate --net x
run train --dir run --size 4 --net b1c16 --cycles 1000
[[ $code == 1 && $err == *"another shape"* ]] || fail "another shape: exit code $code: $err"
printf 'damaged!' | dd of=run/state.bin bs=1 seek=200 conv=notrunc status=none
run train --dir run --size 4 --net b1c8 --cycles 1000
[[ $code == 1 && $err == *"state.bin: is damaged"* ]] || fail "damaged state: exit code $code: $err"
finish
