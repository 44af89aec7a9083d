#!/usr/bin/env bash
# A user's game in Kigo against Ponnuki, on a virtual screen: moves, a hint, undo, a check of the board.
# Exit code 77: skipped.
#
#   kigo.sh PONNUKI FOLDER     leaves game.png and the log of commands in FOLDER
set -u
ponnuki=$(realpath "$1")
folder=$2
PATH=$PATH:/usr/games
for program in kigo Xvfb xdotool import convert dbus-run-session; do
  command -v $program >/dev/null || { echo "skipped: $program is not installed (scripts/install-packages clients)"; exit 77; }
done
rm -rf "$folder" && mkdir -p "$folder/home/.config" "$folder/run" && chmod 700 "$folder/run" && cd "$folder" || exit 1
folder=$PWD

groups=()
set -m  # each job in a process group of its own, to be ended whole
finish() {
  local i
  for ((i = ${#groups[@]} - 1; i >= 0; --i)); do kill -- "-${groups[i]}" 2>/dev/null; done
  wait 2>/dev/null
}
trap finish EXIT
fail() {
  echo "FAILED: $*"
  tail -n 20 talk.txt 2>/dev/null
  import -window root failed.png 2>/dev/null
  exit 1
}

# until SECONDS COMMAND…: tries the command until it succeeds.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

# --- the engine, with a log of its commands and answers
cat >engine.sh <<S
#!/bin/sh
rm -f $folder/commands.txt $folder/answers.txt
tee $folder/commands.txt | $ponnuki gtp --gtp-pass-uppercase --net built-in --visits 10 --threads 1 --no-resign \\
  2>>$folder/stderr.txt | tee $folder/answers.txt
S
chmod +x engine.sh
touch talk.txt
cat >home/.config/kigorc <<C
[Backend]
EngineCommand=$folder/engine.sh
EngineWorking=true

[Game]
BoardSize=9
FixedHandicapValue=4
BlackPlayerHuman=true
WhitePlayerHuman=false
WhitePlayerStrength=10
C

# Kigo starts the engine twice, first for its name. It waits for each answer, so the nth command has the nth answer:
# lines COMMAND → ANSWER.
talk() {
  [[ -s commands.txt && -e answers.txt ]] || return 0
  awk 'BEGIN { RS = "" } { gsub(/\n/, " "); print }' answers.txt | paste -d '>' commands.txt - | sed 's/>/ → /' >talk.txt
}
# answered PATTERN: the number of such lines that match it.
answered() {
  talk
  grep -cE -- "$1" talk.txt
}
more_than() { (($(answered "$2") > $1)); }
# stones COLOR: the points of the stones now.
stones() {
  talk
  grep "^list_stones $1 → = " talk.txt | tail -n 1 | sed 's/.*→ = *//'
}

# --- the screen
Xvfb -displayfd 3 -screen 0 800x700x24 -nolisten tcp 3>display.txt 2>xvfb.txt &
groups+=($!)
until_true 20 test -s display.txt || fail "Xvfb does not start"
DISPLAY=:$(cat display.txt)
export DISPLAY HOME=$folder/home XDG_CONFIG_HOME=$folder/home/.config XDG_RUNTIME_DIR=$folder/run LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb
unset PONNUKI_NET PONNUKI_CONFIG WAYLAND_DISPLAY
dbus-run-session -- kigo >kigo.txt 2>&1 &
groups+=($!)
until_true 40 more_than 0 '^fixed_handicap 4 → = C7 G7 C3 G3' || fail "Kigo does not set up its board"
find_window() { window=$(xdotool search --onlyvisible --class kigo | tail -n 1) && [[ -n $window ]]; }
until_true 20 find_window 2>/dev/null || fail "Kigo has no window"
key() { xdotool windowfocus --sync "$window" key "$1"; }

key s  # starts the game
until_true 20 more_than 0 '^genmove white → = [A-HJ][1-9]$' || fail "no first move"

# The four handicap stones, the only things on the left that are as dark and thick, show where the board is: their box is
# 4.92 lines wide.
find_board() {
  local width
  read -r width center_x center_y < <(import -window root miff:- | convert - -crop 65%x100%+0+0 +repage -separate \
    -evaluate-sequence max -threshold 50% -negate -morphology Erode Disk:8 -trim \
    -format '%w %[fx:page.x+w/2] %[fx:page.y+h/2]\n' info:)
  line=$(awk "BEGIN { print ($width + 16) / 4.92 }")
  awk "BEGIN { exit !($line > 25 && $line < 75) }"
}
until_true 10 find_board || fail "where is the board?"

# pixel VERTEX: its place on the screen.
pixel() {
  local column=ABCDEFGHJ
  column=${column%"${1:0:1}"*}
  awk "BEGIN { printf \"%d %d\", $center_x + (${#column} - 4) * $line, $center_y - (${1:1} - 5) * $line }"
}

# --- a game
moves=0
for vertex in E3 C5 G5 E7 D4 F4 D6 F6 B4 H4 D2 F2; do
  ((moves < 6)) || break
  [[ " $(stones black) $(stones white) " == *" $vertex "* ]] && continue
  before=$(answered '^genmove white → = ')
  # shellcheck disable=SC2046
  xdotool mousemove $(pixel $vertex) click 1
  until_true 10 more_than "$before" '^genmove white → = ' || fail "no answer to $vertex"
  (($(answered "^play black $vertex → = *$") == 1)) || fail "$vertex has not become a move"
  moves=$((moves + 1))
done
((moves == 6)) || fail "only $moves moves could be played"
# Kigo draws the board from these: it asks again after each move.
many_stones() { (($(stones black | wc -w) > 5 && $(stones white | wc -w) > 5)); }
until_true 10 many_stones || fail "stones are missing"
sleep 0.5
import -window root game.png

# The picture has the stones where Ponnuki has them. White is light in blue, wood is not; black is dark in red. The middle
# of a stone may have the mark of the last move, so look beside it.
level() {  # level CHANNEL VERTEX
  local x y
  read -r x y < <(pixel "$2")
  convert game.png -channel "$1" -separate -crop "3x3+$((x - 11))+$((y + 2))" -format '%[fx:int(100*mean)]' info:
}
for vertex in $(stones white); do (($(level B "$vertex") > 55)) || fail "no white stone at $vertex in game.png"; done
for vertex in $(stones black); do (($(level R "$vertex") < 40)) || fail "no black stone at $vertex in game.png"; done

key h
until_true 10 more_than 0 '^top_moves_black → = [A-HJ][1-9] ' || fail "no hint"
key ctrl+z
until_true 10 more_than 1 '^undo → = *$' || fail "no undo"
pass_once() { key p && sleep 1 && more_than 0 '^play black pass → = *$'; }
until_true 10 pass_once || fail "no pass"
key ctrl+q
until_true 10 grep -q '^quit$' commands.txt || fail "no end"  # Kigo does not wait for the answer
! grep -q '→ ?' talk.txt || fail "Ponnuki has refused something: $(grep '→ ?' talk.txt)"
echo "$moves moves, $(wc -l <talk.txt) commands; see $folder/game.png"
