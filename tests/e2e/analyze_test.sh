# `ponnuki analyze`: whole games, their reports, many games at once, a second run after an interruption.
#   analyze_test.sh PONNUKI SOURCE_DIR
. "$(dirname "$0")/support.sh"

record=$source_dir/examples/gnugo-9x9.sgf
quick=(--net none --eval-playouts 1 --visits 2 --second-pass 0)

# One game: the table, points lost, turning points, all kinds of reports.
expect_output 'points lost.*turning points.*Before move [0-9]+:.*wrote out/gnugo-9x9.analyzed.svg' \
  analyze "$record" --visits 8 --threads 2 --out out --html --sgf --jsonl --csv --svg
[[ -z $err ]] || fail "a progress bar on a stderr that is a file: $err"
moves=$(grep -o ';[BW]\[' "$record" | wc -l)
[[ $(wc -l <out/gnugo-9x9.analyzed.jsonl) == $((moves + 1)) ]] || fail "jsonl: not one line per position"
[[ $(wc -l <out/gnugo-9x9.analyzed.csv) == $((moves + 2)) ]] || fail "csv: not one line per position"
[[ $(grep -o 'SBKV\[' out/gnugo-9x9.analyzed.sgf | wc -l) == $((moves + 1)) ]] || fail "sgf: not one winrate per move"
[[ $(head -c 5 out/gnugo-9x9.analyzed.svg) == '<svg ' ]] || fail "svg: $(head -c 40 out/gnugo-9x9.analyzed.svg)"
grep -E '(src|href)="' out/gnugo-9x9.analyzed.html | grep -qv 'href="data:,"' && fail "html: not self-contained"
python3 - out/gnugo-9x9.analyzed.jsonl <<'PYTHON' || fail "jsonl: wrong content"
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert [line["turnNumber"] for line in lines] == list(range(len(lines)))
assert lines[0]["nextMove"] == "F6" and lines[0]["rootInfo"]["currentPlayer"] == "B"
assert len(lines[0]["ownership"]) == 81 and lines[0]["moveInfos"][0]["pv"][0] == lines[0]["moveInfos"][0]["move"]
assert lines[-1]["finished"] and lines[-1]["score"] == "B+18"
for before, after in zip(lines, lines[1:-1]):
    if before["nextMove"] == "pass":  # judged by the referee
        assert before["nextScoreGain"] == 0
        continue
    sign = 1 if before["nextMoveColor"] == "B" else -1
    gain = sign * (after["rootInfo"]["scoreLead"] - before["rootInfo"]["scoreLead"])
    assert abs(gain - before["nextScoreGain"]) < 0.001
PYTHON

# Our own reports are recognized.
run analyze out
[[ $code == 0 && $err == *"is a report itself"* && -z $out ]] || fail "a report analysed again: $code $out $err"

# Searches are remembered: the second run searches nothing.
run analyze "$record" --visits 8
first=$out
[[ $(wc -c <"$work/cache/ponnuki/analysis") -gt 10000 ]] || fail "no cache"
lines=$(wc -l <"$work/cache/ponnuki/analysis")
run analyze "$record" --visits 8
[[ $out == "$first" ]] || fail "the second run gave other output"
[[ $(wc -l <"$work/cache/ponnuki/analysis") == "$lines" ]] || fail "the second run searched again"
run analyze "$record" --visits 8 --cache none
[[ $(wc -l <"$work/cache/ponnuki/analysis") == "$lines" ]] || fail "--cache none: written nevertheless"
XDG_CACHE_HOME=/proc/nowhere run analyze "$record" "${quick[@]}" --move 1
[[ $code == 0 && $err == *"searches will not be remembered"* ]] || fail "no place for a cache: $code $err"

# 500 records, 50 of them broken: 450 reports, 50 error lines.
mkdir many
python3 - <<'PYTHON'
import random
random.seed(1)
for number in range(500):
    cells = [a + b for a in "bcd" for b in "bcd"]  # inside, where no move is suicide
    random.shuffle(cells)
    moves = "".join(f";{'BW'[i % 2]}[{cell}]" for i, cell in enumerate(cells[:6]))
    broken = [";W[" + cells[0] + "]", ";W[zy]", ";W[", ""][number // 10 % 4] if number % 10 == 3 else None
    text = f"(;SZ[5]{moves})" if broken is None else f"(;SZ[5]{moves}{broken})" if broken else ""
    open(f"many/{number:03}.sgf", "w").write(text)
PYTHON
run analyze many --out reports --csv "${quick[@]}"
[[ $code == 1 ]] || fail "500 records: exit code $code"
[[ $(ls reports | wc -l) == 450 ]] || fail "500 records: $(ls reports | wc -l) reports"
[[ $(wc -l <err.txt) == 50 && $(grep -c '^ponnuki: .*many/..3.sgf.*:' err.txt) == 50 ]] || fail "500 records: $(wc -l <err.txt) lines of errors: $(head -3 err.txt)"

# --resume writes only the missing reports.
rm reports/00*.csv
touch -d '2001-01-01' reports/*.csv
run analyze many --out reports --csv --resume "${quick[@]}"
[[ $code == 1 && $(ls reports | wc -l) == 450 ]] || fail "--resume: exit code $code, $(ls reports | wc -l) reports"
[[ $(find reports -newermt '2002-01-01' -name '*.csv' | wc -l) == 9 ]] || fail "--resume: not the nine that were missing"

# Killed at any moment: all reports are complete, and no position is searched twice.
"$program" analyze many --out killed --jsonl --cache killed.cache "${quick[@]}" --visits 50 >/dev/null 2>&1 &
sleep 1.5
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
for file in killed/*.jsonl; do
  [[ -e $file ]] || break
  [[ $(wc -l <"$file") == 7 && $(tail -c 1 "$file") == "" ]] || fail "killed: $file is not complete"
done
known=$(grep -c . killed.cache)
run analyze many --out killed --jsonl --cache killed.cache --resume "${quick[@]}" --visits 50
[[ $code == 1 && $(ls killed/*.jsonl | wc -l) == 450 ]] || fail "after the kill: exit code $code"
((known > 0)) || fail "killed: nothing was remembered"
[[ $(cut -d' ' -f1 killed.cache | sort | uniq -d | wc -l) -le 1 ]] || fail "after the kill: positions searched twice"

# Variations, other rules.
echo '(;SZ[5]RU[Japanese]KM[6.5];B[cc](;W[bb];B[dd])(;W[dd]))' >tree.sgf
run analyze tree.sgf --json --variations "${quick[@]}"
[[ $(wc -l <out.txt) == 5 && $out == *'"parent":1'* ]] || fail "--variations: $out"
expect_output 'japanese, komi 6.5' analyze tree.sgf "${quick[@]}"
expect_output 'chinese, komi 3' analyze tree.sgf "${quick[@]}" --rules chinese --komi 3

# Reports overwrite nothing: neither each other nor a file of the user.
mkdir names
echo '(;SZ[5];B[cc])(;SZ[5];B[dd])' >names/kifu.sgf
echo '(;SZ[5];B[bb])' >names/kifu-2.sgf
run analyze names --csv "${quick[@]}"
[[ $code == 0 && $(ls names/*.csv | wc -l) == 3 ]] || fail "two games and a neighbour: $code $err $(ls names)"
run analyze names/kifu-2.sgf --csv "${quick[@]}"
grep -q '^names/kifu-2.sgf,' names/kifu-2.analyzed.csv || fail "the neighbour's report is of another game"
echo '(;SZ[5];B[aa])' >names/kifu-2.analyzed.sgf
cp names/kifu-2.analyzed.sgf users.sgf
expect_error "kifu-2.sgf: its report .*kifu-2.analyzed.sgf.* would overwrite a file of yours.*--out" \
  analyze names/kifu-2.sgf names/kifu-2.analyzed.sgf --sgf "${quick[@]}"
expect_error "kifu-2.sgf: its report" analyze names/kifu-2.sgf --sgf "${quick[@]}"
cmp -s names/kifu-2.analyzed.sgf users.sgf || fail "the user's record was overwritten"
expect_error "users.sgf' is no cache" analyze names/kifu.sgf --cache users.sgf "${quick[@]}"

# Pipes, standard input, devices.
expect_output '^standard input: 5x5.*wrote stdin.analyzed.csv' analyze - --csv "${quick[@]}" <names/kifu-2.sgf
cat names/kifu.sgf | expect_output '2/2|standard input#2' analyze - "${quick[@]}"
mkfifo pipe
cat names/kifu-2.sgf >pipe &
expect_output 'wrote pipe.analyzed.svg' analyze pipe --svg "${quick[@]}"
expect_output '5x5' analyze <(cat names/kifu-2.sgf) "${quick[@]}"
expect_error "'/dev/zero' is longer than the limit" analyze /dev/zero
expect_error "pipe/x" analyze pipe/x

# Records of servers.
mkdir servers
printf '\\HS\n\\[GIBOKIND=Korea\\]\n\\[GAMEBLACKNAME=\xbc\xae\xc5\xba (9\xb4\xdc)\\]\n\\[GAMEINFOMAIN=GRLT:3,ZIPSU:0,GONGJE:65\\]\n\\HE\n\\GS\n2 1 0\n2 0 &4\nINI 0 1 0 &4 \nSTO 0 2 1 15 3 \n\\GE\n' >servers/a.gib
printf 'Rated game\n9\nsnow 9D\ncoal 7D\nplace\n0\n0\n6\n20170316 [09:37]\n5\nBlack wins by 2.5!\n1\nPMABBFFFF\n' >servers/b.NGF
printf '[Header]\nLang=SJIS\nSize=9\nHdcp=0,5.50\nWinner=W,C\nCoordinateType=IGS\nPlayerB=Coal,2k,\n[Data]\nEF,B1,1,0\n' >servers/c.ugi
cp servers/c.ugi servers/c.sgf
run analyze servers --csv --sgf "${quick[@]}"
[[ $code == 0 && $(ls servers/*.csv | wc -l) == 4 ]] || fail "records of servers: $code $err $(ls servers)"
[[ $out == *"a.gib: 19x19, japanese, komi 6.5"*"Black 석탄, White , result B+R"* ]] || fail "GIB: $out"
[[ $out == *"b.NGF: 9x9, japanese, komi 6.5"*"Black coal, White snow, result B+2.5"* ]] || fail "NGF: $out"
[[ $out == *"c.ugi: 9x9, "*", komi 5.5"*"Black Coal, White , result W+R"* ]] || fail "UGF: $out"
grep -q 'BR\[9d\]' servers/a.analyzed.sgf && grep -q ';B\[pd\]' servers/a.analyzed.sgf || fail "GIB as SGF: $(cat servers/a.analyzed.sgf)"
[[ $("$program" gtp --net none <<<"loadsgf servers/b.NGF"$'\n'"list_stones b" 2>/dev/null) == *"= white"*"= E5"* ]] || fail "loadsgf of an NGF"

# Names cannot steer the terminal.
printf '(;SZ[5]PB[\x1b[31mred\x07]PW[\xc2\x9b2J\xe2\x80\xaey];B[cc])' >steer.sgf
expect_output 'Black .x1B\[31mred.x07, White .u009B2J.u202Ey' analyze steer.sgf "${quick[@]}"
grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' out.txt && fail "control characters: $out"

# What is odd about a record is said: in the text, the JSON and the page.
printf '(;SZ[5]RU[house rules]HA[None]PB[\xba\xda\xc6\xe5];B[cc];W[bb];B[dd])' >odd.sgf
expect_output 'chinese \(assumed\), komi 7.5 \(assumed\).*Black 黑棋.*Note: .*GB18030, a guess.*Note: RU\[house rules\] is not known' \
  analyze odd.sgf --html --jsonl "${quick[@]}"
[[ $(grep -c '"notes":\[.*house rules.*HA\[None\]' odd.analyzed.jsonl) == 1 ]] || fail "jsonl: not the notes in one line"
grep -q '"notes":\[.*house rules' odd.analyzed.html || fail "html: no notes"
expect_output 'japanese, komi 7.5 \(assumed\)' analyze odd.sgf --rules japanese "${quick[@]}"
run sgf check odd.sgf tree.sgf
[[ $code == 1 && $out == *"odd.sgf: 5x5, chinese (assumed)"*"  HA[None]"*"tree.sgf: 5x5, japanese, komi 6.5, 3 moves"* ]] || fail "sgf check: $code $out $err"
run sgf check tree.sgf
[[ $code == 0 && -z $err ]] || fail "sgf check of a good record: $code $out $err"
run sgf check --quiet tree.sgf odd.sgf
[[ $code == 1 && $out != *tree.sgf* ]] || fail "sgf check --quiet: $code $out"
run sgf check odd.sgf many
[[ $code == 2 && $err == *"003.sgf"* ]] || fail "sgf check of broken records: $code $err"
expect_error "nowhere.sgf" sgf check nowhere.sgf

# A problem whose stones are set up below the root.
echo '(;SZ[5]KM[0.5];AB[cc];AW[bb]PL[B])' >problem.sgf
run analyze problem.sgf --move 0 "${quick[@]}"
[[ $code == 0 && $out == *X*"Black to play"* ]] || fail "a problem: $code $out"

# One visit finds no move; the likeliest one stands for it.
expect_output 'turning points' analyze "$record" --visits 1 --net none --eval-playouts 1 --second-pass 0 --sgf --html --out one

# Mistakes are reported in one line.
expect_error 'one game only' analyze many/000.sgf many/001.sgf --move 1
expect_error 'the game has 6 moves' analyze many/000.sgf --move 7
expect_error "no game records" analyze cache
expect_error 'missing argument GAME' analyze
# A cache that cannot be written is missed, but the analysis is made.
run analyze many/000.sgf --cache /proc/nowhere/cache "${quick[@]}"
[[ $code == 0 && $err == *"searches will not be remembered: cannot write '/proc/nowhere"* && $out == *"many/000.sgf"* ]] ||
  fail "without a cache: $code $err $out"
for place in /proc/nowhere tree.sgf tree.sgf/below; do
  run analyze many/000.sgf --html --out $place "${quick[@]}"
  [[ $code == 1 && $err == *"--out: $place: cannot be made"* && -z $out ]] ||
    fail "no place for reports: $code $err $out"
done

finish
