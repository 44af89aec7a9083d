#!/usr/bin/env bash
# `ponnuki bench` compared with a real KataGo in PONNUKI_TEST_KATAGO, with the net in PONNUKI_TEST_NET. Skipped without
# them.
for file in "${PONNUKI_TEST_KATAGO:-}" "${PONNUKI_TEST_NET:-}"; do
  [[ -e $file ]] || { echo "skipped: no KataGo or no net"; exit 77; }
done
source "$(dirname "$0")/support.sh" "$@"

small=(bench --only net --net "$PONNUKI_TEST_NET" --katago "$PONNUKI_TEST_KATAGO" --runs 1 --run-time 0.01 --visits 5
  --threads 2)
expect_output 'KataGo +ratio' "${small[@]}" --sizes 9,9x7,21
[[ $(grep -cE '9x9.*/s( +[0-9]+){4} +[0-9]+\.[0-9]+$' out.txt) == 8 ]] || fail "not eight ratios on 9x9: $out"
expect_output '"katagoPerSecond": [0-9.]+' "${small[@]}" --sizes 7 --json
printf 'numSearchThreads = many\n' >bad.cfg
run "${small[@]}" --sizes 7 --katago-config bad.cfg
[[ $code == 2 && $(wc -l <err.txt) == 1 && $err == *"gave no figures: it "*bad.cfg* ]] || fail "bad config: $code, $err"
finish
