#!/usr/bin/env bash
# Every command works on a machine that has only the built-in net.
source "$(dirname "$0")/support.sh" "$@"

expect_output '^ponnuki [0-9]+\.[0-9]+\.[0-9]+$' --version
expect_output 'Subcommands:.* gtp .* analyze ' --help
expect_output '--visits N' analyze --help
expect_output '--visits N' help analyze

# A game against itself, saved and read back.
expect_output 'Result after [0-9]+ moves: (B\+|W\+|Draw|0)' play --size 5 --visits 8 --threads 1 --seed 7 --out game.sgf
[[ $(head -c 6 game.sgf) == '(;FF[4' || $(head -c 20 game.sgf) == *'FF[4]'* ]] || fail "game.sgf: $(head -c 40 game.sgf)"
expect_output 'Black.s chances.* to play: winrate|The game is over' analyze game.sgf --visits 8
cp game.sgf first.sgf
run play --size 5 --visits 8 --threads 1 --seed 7 --out game.sgf
cmp -s first.sgf game.sgf || fail "one thread with one seed gave two different games"

# One position: as text, as JSON, in colour.
record=$source_dir/examples/gnugo-9x9.sgf
expect_output 'variation' analyze "$record" --move 10 --visits 20
expect_output '"turnNumber":10' analyze "$record" --move 10 --visits 20 --json
[[ $(wc -l <out.txt) == 1 ]] || fail "--json --move: not one line"
run analyze "$record" --move 10 --visits 20 --color always
[[ $out == *$'\e['* ]] || fail "--color always: no colours"
run analyze "$record" --move 10 --visits 20
[[ $out != *$'\e['* ]] || fail "colours on a stdout that is not a terminal"

# The evaluator: the built-in net if no net is named or found, a file, random playouts.
expect_output 'Judged by b[0-9]+c[0-9]+' analyze "$record" --move 10 --visits 8
expect_output 'Judged by b[0-9]+c[0-9]+' analyze "$record" --move 10 --visits 8 --net built-in
expect_output 'Judged by random playouts' analyze "$record" --move 10 --visits 8 --net none
expect_output 'b[0-9]+c[0-9]+' net info built-in

# The net of small boards as files of other kinds, which evaluate alike.
expect_output 'own.safetensors: [0-9]+ bytes' net convert zero own.safetensors
expect_output 'net.onnx: [0-9]+ bytes' net convert own.safetensors net.onnx
expect_output 'short-term errors are left out.*old.bin.gz: [0-9]+ bytes' net convert net.onnx old.bin.gz --to katago8
expect_output 'optimistic policy is the policy once more' net convert net.onnx new.txt --to katago15
expect_output 'mean.bin.gz: [0-9]+ bytes, the average of 2 nets' net average mean.bin.gz zero own.safetensors --weights 2,1
judged() { rm -rf "$XDG_CACHE_HOME"; run analyze "$record" --move 10 --visits 8 --threads 1 --seed 1 --net "$1"; echo "$out"; }
for net in own.safetensors net.onnx mean.bin.gz; do
  [[ $(judged $net) == "$(judged zero)" ]] || fail "$net does not evaluate like the net that it was made from"
done
expect_output 'version +8' net info old.bin.gz
expect_output 'version +15' net info new.txt
mkdir -p data/ponnuki/nets && mv own.safetensors data/ponnuki/nets/
expect_output 'own.safetensors|Judged by b[0-9]+c[0-9]+' analyze "$record" --move 10 --visits 8
rm -r data

# Options from a config file.
printf 'visits = 3\nthreads = 1\nno-resign = true\n' >my.cfg
expect_output '"visits":3[,}]' analyze "$record" --move 0 --json --config my.cfg
PONNUKI_CONFIG=my.cfg expect_output '"visits":3[,}]' analyze "$record" --move 0 --json

# GTP on standard input and output.
run gtp --visits 4 <<<$'1 name\nboardsize 9\n2 genmove b\nquit\n'
[[ $code == 0 ]] || fail "gtp: exit code $code: $err"
[[ $out == *"=1 Ponnuki"* && $out =~ =2\ [A-HJ][1-9] ]] || fail "gtp: $out"
[[ $err == *"GTP ready"* ]] || fail "gtp: no 'GTP ready' on stderr: $err"

expect_output "reads of 512 KB" bench --only ceilings --run-time 0.01 --runs 1
expect_output "9x9 x 8: 12 3x3 convolutions int16" bench --only layers --sizes 9 --net zero --precisions int16 --run-time 0.01 --runs 1
nets=(bench --only net --net zero,records --sizes 5 --threads 1 --run-time 0.01 --runs 1 --visits 5)
expect_output "zero: net 5x5, batches of 8 +evaluations/s +1 .* of the ceiling" "${nets[@]}"
expect_output "records on 5x5: [0-9]+ visits/s with 1 thread; 5 s a move is about" "${nets[@]}"
expect_output '"net": "records"' "${nets[@]}" --json
expect_output "self-play 9x9 with b1c8" bench --only selfplay --shapes b1c8 --run-time 0.01 --runs 1
expect_output '"name"' bench --only rules --run-time 0.01 --runs 1 --json
expect_output 'endurance 5x5, last to first third +ratio +2 +[0-9]+\.[0-9]+' \
  bench --only endurance --sizes 5 --minutes 0.02 --visits 20 --threads 2 --eval-playouts 1
grep -qE '^endurance 5x5, speed by pace +ratio +2 +[0-9]+\.[0-9]+$' out.txt || fail "no speed by pace: $out"
# On a busy machine a row may have no visits, and then no rate by CPU time.
[[ $(grep -cE '^endurance 5x5, after .* visits/s( +[0-9]+){2,3} +[0-9]+ MB$' out.txt) == 3 ]] || fail "not three rows: $out"
expect_output '"residentMb"' bench --only endurance --sizes 5,6 --minutes 0.01 --eval-playouts 1 --json
finish
