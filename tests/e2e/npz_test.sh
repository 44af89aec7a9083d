#!/usr/bin/env bash
# Rows for KataGo's trainer: `selfplay --npz`, read back by Python if there is a python3.
source "$(dirname "$0")/support.sh" "$@"

run selfplay --size 5:1,5x3:1 --games 12 --simulations 4 --threads 1 --npz rows --pos-len 6
[[ $code == 0 && $out =~ ([0-9]+)\ rows\ in\ rows$ ]] || fail "selfplay --npz: exit code $code: $out$err"
written=${BASH_REMATCH[1]}
[[ $(ls) != *.games* ]] || fail "a file of games that was not asked for: $(ls)"
if command -v python3 >/dev/null; then
  read_back=$(python3 "$source_dir/tests/e2e/npz_test.py" rows 6) || fail "$read_back"
  [[ $read_back == "$written rows in 1 files" ]] || fail "$written rows written, read: $read_back"
fi
# In addition to games, and into a folder that has rows.
run selfplay --size 5 --games 2 --simulations 2 --threads 1 --npz rows --out own.games --seed 2
[[ $code == 0 && -s own.games && $(ls rows/*.npz | wc -l) == 2 ]] || fail "exit code $code, $(ls . rows): $err"
# The same command again writes other games.
run selfplay --size 5:1,5x3:1 --games 12 --simulations 4 --threads 1 --npz rows --pos-len 6
[[ $code == 0 && $(ls rows/*.npz | wc -l) == 3 ]] || fail "again: exit code $code, $(ls rows): $err"

expect_error "out is missing: .* or --npz FOLDER" selfplay --games 1
expect_error "pos-len: 6 is less than the board of 9x9" selfplay --npz x --pos-len 6
expect_error "pos-len: '30' is not a whole number from 2 to 25" selfplay --npz x --pos-len 30
# Whatever cannot be written is an error before any game.
run selfplay --size 5 --games 1000000 --simulations 2 --threads 1 --npz own.games
[[ $code == 1 && $err == *"--npz: own.games"* ]] || fail "a file instead of a folder: exit code $code: $err"
echo "my notes" >notes.txt
run selfplay --size 5 --games 1000000 --simulations 2 --threads 1 --out notes.txt
[[ $code == 1 && $err == *"--out: notes.txt: no file of games"* ]] || fail "--out notes.txt: exit code $code: $err"
[[ $(<notes.txt) == "my notes" ]] || fail "--out has changed notes.txt: $(<notes.txt)"

# One process at a time.
"$program" selfplay --size 5 --games 1000000 --simulations 2 --threads 1 --npz rows --pos-len 6 --out own.games --sgf own >log.txt 2>&1 &
pid=$!
for _ in $(seq 400); do
  [[ -s log.txt ]] && break
  sleep 0.05
done
for wanted in "--out own.games" "--npz rows" "--out other.games --sgf own"; do
  run selfplay --size 5 --games 1 --simulations 2 --threads 1 --pos-len 6 $wanted
  [[ $code == 1 && $err == *"another process "* ]] || fail "$wanted, twice at once: exit code $code: $err"
done
kill -INT $pid
wait $pid || fail "Ctrl-C: exit code $?: $(<log.txt)"
[[ ! -e rows/unwritten.games ]] || fail "games without rows are left: $(ls rows)"
count=$(ls own | wc -l)
run selfplay --size 5 --games 2 --simulations 2 --threads 1 --out own.games --sgf own
[[ $code == 0 && $(ls own | wc -l) -ge $((count + 2)) ]] || fail "--sgf into an old folder: $count, then $(ls own | wc -l)"

# A full disk: an error, and the file stays as it was.
size=$(stat -c %s own.games)
(
  trap '' XFSZ
  ulimit -f $((size / 1024 + 1))
  exec "$program" selfplay --size 5 --games 1000000 --simulations 2 --threads 1 --out own.games
) >log.txt 2>err.txt
[[ $? == 1 && $(<err.txt) == *"--out: own.games: cannot be written"* ]] || fail "full disk: $(<err.txt)"
[[ $(stat -c %s own.games) -ge $size ]] || fail "full disk: the file has become shorter"
run selfplay --size 5 --games 1 --simulations 2 --threads 1 --out own.games
[[ $code == 0 ]] || fail "after the full disk: exit code $code: $err"
finish
