#!/usr/bin/env bash
# Learning from game records: from SGF to a net that plays, with kills in between; reports of wrong input.
source "$(dirname "$0")/support.sh" "$@"

run selfplay --size 5 --games 40 --simulations 2 --threads 2 --out own.games --sgf games
[[ $code == 0 ]] || fail "selfplay: exit code $code: $err"
mkdir games/more
mv games/00001?.sgf games/more/
cp games/000001.sgf copy.sgf
echo "(;SZ[5];B[aa];W[aa])" >games/broken.sgf

train() { exec "$program" train --sgf games copy.sgf --dir run --net b1c8 --holdout 0.2 --batch 16 --threads 2 "$@"; }

# Kill it twice; every start continues the run.
for round in 1 2; do
  train >log.txt 2>err.txt &
  pid=$!
  for _ in $(seq 400); do
    [[ $(grep -c '^net ' log.txt) -ge 2 ]] && break
    sleep 0.05
  done
  kill -9 $pid
  wait $pid 2>/dev/null
  [[ $(grep -c '^net ' log.txt) -ge 2 ]] || fail "round $round: no two epochs: $(<log.txt)"
  [[ $round == 1 ]] || grep -q '^going on after' log.txt || fail "round $round: started anew: $(<log.txt)"
done
grep -q 'games/broken.sgf: move 2' err.txt || fail "the broken record is not reported: $(<err.txt)"
grep -qE 'left out: 1 broken, [0-9]+ that were there already' log.txt || fail "summary: $(head -1 log.txt)"

# Let it reach its end: as many epochs as asked for, each evaluated once.
last=$(tail -1 log.txt | cut -d' ' -f2)
epochs=$((last + 5))
(train --epochs $epochs --seed 1) >log.txt 2>err.txt || fail "to the end: exit code $?: $(<err.txt)"
seq "$epochs" >expected.txt
grep -oE '^\{"cycle":[0-9]+' run/metrics.jsonl | cut -d: -f2 | cmp -s - expected.txt || fail "metrics: $(cut -c1-20 run/metrics.jsonl)"
grep -qE '^net .*  held out: policy [0-9.]+  top-1 [0-9.]+ %  top-5 [0-9.]+ %  value [0-9.]+  winner [0-9.]+ %$' log.txt || fail "$(tail -1 log.txt)"
expect_output "net +minutes +epochs.*top-1 %.*index.html" train status --dir run
grep -q '<polyline' run/index.html || fail "no curves in index.html"
grep -q '"augment": true' run/config.json || fail "config.json: $(<run/config.json)"
expect_output 'options: .*holdout = "0.2".*this run is at its end' train --sgf games copy.sgf --dir run
net=$(ls run/nets | tail -1)
run gtp --net "run/nets/$net" --visits 2 <<<$'boardsize 5\ngenmove b\nquit\n'
[[ $out =~ =\ ([A-E][1-5]|pass) ]] || fail "gtp with the trained net: $out"

# Start from that net, without augmentation.
run train --sgf games --dir other --init "run/nets/$net" --epochs 1 --augment no --minutes 1 --threads 1
[[ $code == 0 && $out =~ net\ 1\ \ epoch\ 1.0 ]] || fail "--init: exit code $code: $out$err"

# Records of servers, and standard input.
printf '[Header]\nSize=5\nCoordinateType=IGS\nWinner=B,C\n[Data]\nCC,B1,1,0\nBB,W1,2,0\n' >game.ugi
run train --sgf - --dir piped --net b1c8 --epochs 1 --holdout 0 --threads 1 <game.ugi
[[ $code == 0 && $out == *"1 games, 2 positions"* ]] || fail "train --sgf -: $code: $out$err"

# Wrong input.
mkdir empty
expect_error "sgf: 'nowhere': no such file or folder" train --dir x --sgf nowhere
expect_error "no game records .* in folder 'empty'" train --dir x --sgf empty
expect_error "no game of 9x9 among [0-9]+ of other sizes" train --dir x --sgf games/more --size 9
expect_error "unexpected argument 'games'; to learn from game records give --sgf games" train --dir x games
expect_error "epochs is for game records" train --dir x --epochs 1
expect_error "simulations is for games of the net's own" train --dir x --sgf games --simulations 4
expect_error "nets do not grow with --sgf" train --dir x --sgf games --net b1c8,b2c8@1
expect_error "augment: 'maybe' is not one of yes, no" train --dir x --sgf games --augment maybe
expect_error "dir is missing" train --sgf games
[[ ! -e x ]] || fail "wrong input made the folder x"
run train --dir run --size 5 --net b1c8 --cycles 1
[[ $code == 1 && $err == *"learns from game records"* ]] || fail "self-play in its folder: exit code $code: $err"
printf 'damaged!' | dd of=run/records.bin bs=1 seek=200 conv=notrunc status=none
run train --sgf games --dir run --net b1c8
[[ $code == 1 && $err == *"records.bin: is damaged"* ]] || fail "damaged state: exit code $code: $err"
finish
