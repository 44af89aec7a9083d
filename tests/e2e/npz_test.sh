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
[[ $code == 0 && -s own.games && $(ls rows | wc -l) == 2 ]] || fail "exit code $code, $(ls . rows): $err"

expect_error "out is missing: .* or --npz FOLDER" selfplay --games 1
expect_error "pos-len: 6 is less than the board of 9x9" selfplay --npz x --pos-len 6
expect_error "pos-len: '30' is not a whole number from 2 to 25" selfplay --npz x --pos-len 30
run selfplay --size 5 --games 1 --simulations 2 --threads 1 --npz own.games
[[ $code == 1 && $err == *"--npz: own.games"* ]] || fail "a file instead of a folder: exit code $code: $err"
finish
