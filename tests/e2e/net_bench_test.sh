#!/usr/bin/env bash
# The parts of `ponnuki bench` that need a net, with the net in PONNUKI_TEST_NET or in ../shared/nets/ beside the
# sources. Skipped without a net.
net=${PONNUKI_TEST_NET:-$2/../shared/nets/g170-b6c96-s175395328-d26788732.bin.gz}
[[ -e $net ]] || { echo "skipped: no net"; exit 77; }
source "$(dirname "$0")/support.sh" "$@"

compared=(bench --only precision --net "$net" --sizes 9 --positions 20)
expect_output 'net 9x9 in int16, policy, mean KL +nats +1 +0\.00[0-9]+' "${compared[@]}"
expect_output '"unit": "% of positions"' "${compared[@]}" --json
first=$out
run "${compared[@]}" --json
[[ $out == "$first" ]] || fail "the same comparison gave other figures: $first, then $out"
expect_output 'in fp32, lead, most +points +1 +0\.000' "${compared[@]}" --precisions fp32,int16
[[ $(wc -l <out.txt) == 13 ]] || fail "not a head and six rows per precision: $out"
finish
