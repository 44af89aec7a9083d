#!/usr/bin/env bash
# Mistakes of new users: each ends with exit code 2 and one line that names the mistake and the fix.
source "$(dirname "$0")/support.sh" "$@"

expect_error "no subcommand 'analyse'; there are web, gtp, analysis, analyze" analyse
expect_error "no subcommand 'game.sgf'" game.sgf
expect_error "unknown option '--visit'; did you mean 'visits'\?" gtp --visit 3
expect_error "visits: 'many' is not a whole number" gtp --visits many
expect_error "threads: '0' is not a whole number from 1" gtp --threads 0
expect_error "net: there is no file 'missing.bin.gz' and no net of this name" gtp --net missing.bin.gz
expect_error "cannot read the option" gtp "-=7%canonical_option%" # no endless message
expect_error "rules: .*klingon" gtp --rules klingon
expect_error "komi: '7,5' is not a number" gtp --komi 7,5
expect_error "komi: give whole or half points" gtp --komi 7.3
expect_error "size: '26' is not a board size; give 2 to 25" gtp --size 26
expect_error "size: '9x' is not a board size" play --size 9x
expect_error "size: '9:': give" train --size 9: --dir none
expect_error "size: '9:4:': give" train --size 9:4: --dir none
expect_error "size: '9:0': give a share above 0" train --size 9:0 --dir none
expect_error "size: '9:1:0.5': give simulations from 1 to 10000" train --size 9:1:0.5 --dir none
expect_error "size: '9:1:8:2': give SIZE, SIZE:SHARE or SIZE:SHARE:SIMULATIONS" train --size 9:1:8:2 --dir none
expect_error "size: '9:2': this board size is given twice" train --size 7,9,9:2 --dir none
expect_error "precision: .*int8.*int16" gtp --precision int8
expect_error "precision: the reference backend computes in fp32 only" gtp --backend reference --precision int16
expect_error "precisions: 'fp8' is not one of fp32, int16" bench --only net --precisions fp8
expect_error "config: cannot read 'none.cfg': No such file" gtp --config none.cfg

mkfifo pipe
expect_error "config: 'pipe' is a pipe; give a file" gtp --config pipe
expect_error "pipe: not a regular file" play --net pipe
echo 'visitz = 3' >bad.cfg
expect_error "bad.cfg:1: unknown key 'visitz'; did you mean 'visits'\?" gtp --config bad.cfg
PONNUKI_CONFIG=bad.cfg expect_error "bad.cfg:1: unknown key" play

expect_error "missing argument GAME" analyze
expect_error "missing.sgf" analyze missing.sgf
expect_error "." analyze .
: >empty.sgf
expect_error "empty.sgf" analyze empty.sgf
head -c 3000 /dev/urandom >noise.sgf
expect_error "noise.sgf" analyze noise.sgf
echo '(;GM[1]SZ[9];B[cc];W[g' >cut.sgf
expect_error "cut.sgf.*byte [0-9]+" analyze cut.sgf
echo '(;GM[1]SZ[9];B[cc];W[cc])' >twice.sgf
expect_error "twice.sgf.*move 2" analyze twice.sgf
echo '(;GM[3]SZ[8])' >chess.sgf
expect_error "chess.sgf" analyze chess.sgf
echo '(;GM[1]SZ[37])' >large.sgf
expect_error "large.sgf.*37" analyze large.sgf
echo '(;GM[1]SZ[9];B[cc])' >short.sgf
expect_error "move: the game has 1 moves" analyze short.sgf --move 2
expect_error "unexpected argument 'b.sgf'" net info short.sgf b.sgf

expect_error "missing argument FILE" net info
expect_error "missing.bin.gz" net info missing.bin.gz
expect_error "noise.sgf" net info noise.sgf
expect_error "empty.sgf" net info empty.sgf
expect_error "missing argument OUT" net convert built-in
expect_error "net.foo: its name does not say what kind of file to write: end it in .bin.gz" net convert built-in net.foo
expect_error "to: 'katago9' is not one of katago8, katago11, katago15" net convert built-in net.bin.gz --to katago9
expect_error "net.onnx: --to katago8 writes another kind of file" net convert built-in net.onnx --to katago8
expect_error "net.bin: --text is for KataGo's files only" net convert built-in net.bin --text
expect_error "missing.onnx" net convert missing.onnx net.bin.gz
expect_error "noise.sgf" net convert noise.sgf net.bin.gz
expect_error "missing argument NET" net average net.bin.gz
expect_error "net.foo: its name does not say what kind of file to write" net average net.foo built-in built-in
expect_error "weights: there are 1 for 2 nets" net average net.bin.gz built-in built-in --weights 1
expect_error "weights: at least one weight must be above 0" net average net.bin.gz built-in --weights 0
expect_error "weights: 'x' is not a number from 0" net average net.bin.gz built-in --weights x
expect_error "noise.sgf" net average net.bin.gz built-in noise.sgf
[[ ! -e net.bin.gz && ! -e net.bin && ! -e net.onnx ]] || fail "net convert wrote a file despite an error"
gzip -c noise.sgf | head -c 2000 >cut.bin.gz
expect_error "cut.bin.gz" net info cut.bin.gz
expect_error "cut.bin.gz" analyze short.sgf --net cut.bin.gz
run gtp --net cut.bin.gz </dev/null
[[ $code == 2 && -z $out && $err == "GTP ready"*$'\n'"Uncaught exception: cut.bin.gz: "* && $(wc -l <err.txt) == 2 ]] ||
  fail "gtp with a broken net: exit code $code, $out, $err"
PONNUKI_NET=gone.bin.gz expect_error "PONNUKI_NET.*gone.bin.gz" analyze short.sgf

expect_error "katago-config needs --katago" bench --katago-config x
expect_error "katago-config: there is no file 'x'" bench --katago x --katago-config x
expect_error "katago compares nets: give one with --net" bench --katago x
expect_error "empty.sgf: this is not a KataGo net" bench --net empty.sgf
expect_error "missing.bin.gz" bench --net zero,missing.bin.gz
expect_error "only: give at least one of ceilings, rules, search, net, selfplay, training, analysis, precision, layers, endurance" bench --only ""
expect_error "sizes: give at least one board size, such as 9,19" bench --sizes ""
expect_error "shapes: 'b4c33' is no shape of a net" bench --only selfplay --shapes b4c33
expect_error "sizes: '99' is not a board size" bench --sizes 99
expect_error "only precision needs a net: give one" bench --only precision --net none
expect_error "only layers needs a net: give one" bench --only layers --net none
expect_error "only precision needs the fast backend" bench --only precision --net empty.sgf --backend reference
expect_error "minutes: '0' is not a number from 0.001" bench --only endurance --minutes 0
expect_error "only: 'speed' is not one of ceilings, rules, search, net, selfplay, training, analysis, precision, layers, endurance" bench --only speed

# A failure of valid input is exit code 1.
run net convert built-in no/such/folder/net.bin.gz
[[ $code == 1 && $err == *no/such/folder/net.bin.gz* ]] || fail "unwritable OUT: exit code $code, $err"
run play --size 5 --visits 2 --max-moves 4 --net none --out no/such/folder/game.sgf --quiet
[[ $code == 1 && $err == *no/such/folder/game.sgf* ]] || fail "unwritable --out: exit code $code, $err"
# … and is told before the work, which here would take hours.
long=(--visits 1000000 --net none --size 9)
printf 'mine' >mine
for place in no/such/folder/game.sgf . /proc/game.sgf mine/game.sgf "$(printf 'x%.0s' {1..300})"; do
  run play "${long[@]}" --out "$place"
  [[ $code == 1 && $err == *"--out: cannot write '$place'"* && -z $out ]] || fail "play --out $place: $code, $err"
done
for options in "--out no/such/games" "--out mine" "--out games --sgf mine" "--npz mine"; do
  run selfplay --games 1000000 $options
  [[ $code == 1 && $err == *"${options##* }"* && -z $out ]] || fail "selfplay $options: $code, $err"
done
# Records that are there stay.
mkdir records
for file in records/000001.sgf records/game-0000.sgf; do printf 'mine' >$file; done
run selfplay --size 5 --games 2 --simulations 2 --threads 1 --out own.games --sgf records
[[ $code == 0 && $(<records/000001.sgf) == mine && -s records/000003.sgf ]] || fail "selfplay --sgf: $code, $err, $(ls records)"
run match --engine1 cat --engine2 cat --games 2 --sgf records
[[ $code == 1 && $err == *"records/game-0000.sgf' exists; give another folder"* ]] || fail "match --sgf records: $code, $err"
[[ $(<mine) == mine ]] || fail "selfplay changed a file that is not its own"
run train --dir mine/run
[[ $code == 1 && $err == *"--dir: mine/run: cannot be made: 'mine' is a file"* ]] || fail "train --dir mine/run: $code, $err"
run train --dir mine
[[ $code == 1 && $err == *"--dir: mine: cannot be made"* ]] || fail "train --dir mine: $code, $err"
run match --engine1 'cat' --engine2 'cat' --sgf mine
[[ $code == 1 && $err == *"mine: cannot be made"* ]] || fail "match --sgf mine: $code, $err"
# Devices and pipes are written as they are.
run play --size 3 --visits 2 --max-moves 3 --net none --quiet --out /dev/stdout
[[ $code == 0 && $out == *"(;FF[4]GM[1]"* ]] || fail "play --out /dev/stdout: $code, $out, $err"
run play --size 3 --visits 2 --max-moves 3 --net none --quiet --out /dev/null
[[ $code == 0 && -c /dev/null && -L /dev/stdout ]] || fail "play --out /dev/null: $code, $err"
"$program" --help >/dev/full 2>err.txt
[[ $? == 1 ]] || fail "--help on a full disk: exit code is not 1"
"$program" analyze short.sgf --move 0 --visits 1 >/dev/full 2>err.txt
[[ $? == 1 && $(<err.txt) == *"cannot write to standard output"* ]] || fail "analyze on a full disk: $(<err.txt)"
finish
