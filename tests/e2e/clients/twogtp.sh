#!/usr/bin/env bash
# gogui-twogtp lets Ponnuki play Ponnuki, with Ponnuki as the referee. Exit code 77: skipped.
#
#   twogtp.sh PONNUKI FOLDER     leaves the games in FOLDER
set -u
ponnuki=$(realpath "$1")
folder=$2
command -v gogui-twogtp >/dev/null || { echo "skipped: there is no gogui-twogtp (https://github.com/Remi-Coulom/gogui)"; exit 77; }
rm -rf "$folder" && mkdir -p "$folder" && cd "$folder" || exit 1
unset PONNUKI_NET PONNUKI_CONFIG
failed=0
fail() { echo "FAILED: $*"; failed=1; }

one="$ponnuki gtp --net built-in --visits 10 --threads 1"
other="$ponnuki gtp --net none --visits 10 --threads 1 --seed 7 --no-resign"
gogui-twogtp -black "$one" -white "$other" -referee "$one" -games 4 -size 9 -komi 6.5 -alternate -auto -verbose -sgffile games \
  >out.txt 2>err.txt || fail "exit code $?: $(tail -n 3 err.txt)"

# Columns: game, result by Black, White and referee, colours changed, duplicate, length, times (4), errors.
(($(grep -vc '^#' games.dat) == 4)) || fail "four games wanted"
while IFS=$'\t' read -r game black white referee _ _ moves _ _ _ _ errors _; do
  [[ $black =~ ^[BW]\+(R|Resign|[0-9.]+)$ ]] || fail "game $game: result '$black'"
  [[ $black == "$white" && $black == "$referee" ]] || fail "game $game: Black says $black, White $white, the referee $referee"
  [[ $errors == 0 ]] || fail "game $game: $errors errors"
  ((moves >= 10)) || fail "game $game: only $moves moves"
  [[ -s games-$game.sgf ]] || fail "game $game has no record"
done < <(grep -v '^#' games.dat)
! grep -q '<< ?' err.txt || fail "Ponnuki has refused something: $(grep -m 3 '<< ?' err.txt)"
((failed)) || grep -v '^#' games.dat | cut -f 1,2,7
exit $failed
