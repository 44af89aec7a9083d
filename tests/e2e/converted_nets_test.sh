#!/usr/bin/env bash
# The built-in net, converted through our own files and ONNX to each of KataGo's versions, gives the same results in
# KataGo. Needs a KataGo binary in PONNUKI_TEST_KATAGO; otherwise exit code 77 (skipped).
source "$(dirname "$0")/support.sh" "$@"
katago=${PONNUKI_TEST_KATAGO:-}
[[ -x $katago ]] || { echo "skipped: PONNUKI_TEST_KATAGO names no KataGo program"; exit 77; }

expect_output 'bytes' net convert built-in own.safetensors
expect_output 'bytes' net convert own.safetensors net.onnx
for version in 8 11 15; do
  source_net=own.safetensors
  ((version == 11)) && source_net=net.onnx
  expect_output 'bytes' net convert $source_net v$version.bin.gz --to katago$version
  python3 "$source_dir/tests/e2e/raw_nn.py" compare --katago "$katago" --net v$version.bin.gz \
    --ponnuki "$program" --ponnuki-net built-in --count 40 --seed $version || fail "version $version differs"
done
# Text files work as well.
expect_output 'bytes' net convert own.safetensors net.txt.gz --to katago15
python3 "$source_dir/tests/e2e/raw_nn.py" compare --katago "$katago" --net net.txt.gz \
  --ponnuki "$program" --ponnuki-net built-in --count 10 || fail "version 15 as text differs"
finish
