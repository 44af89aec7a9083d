#!/usr/bin/env bash
# `ponnuki net show` with the built-in net: every picture of a position, by the names that 'net info' lists.
source "$(dirname "$0")/support.sh" "$@"
record=$source_dir/examples/gnugo-9x9.sgf

expect_output '59 pictures in sheets' net show --sgf "$record" --move 30 --all --out sheets
if command -v xmllint >/dev/null; then
  xmllint --noout sheets/*.svg || fail "a picture is not well-formed XML"
else
  echo "no xmllint: skipped its check"
fi

# A picture for every layer.
run net info built-in
layers=$(awk 'seen && NF && $1 != "total" { print $1 } $1 == "layer" { seen = 1 }' out.txt)
[[ $(wc -l <<<"$layers") == 55 ]] || fail "not 55 layers: $layers"
for layer in $layers; do
  compgen -G "sheets/layer-*-${layer//\//-}.svg" >/dev/null || fail "no picture of $layer"
done

# A single picture is the same to the byte; PNG works as well.
expect_output '^$' net show --sgf "$record" --move 30 --layer block3 --out one.svg
cmp -s one.svg sheets/layer-*-block3.svg || fail "--layer and --all differ"
expect_output '^$' net show --sgf "$record" --policy --out policy.png
[[ $(head -c 8 policy.png | od -An -tx1) == ' 89 50 4e 47 0d 0a 1a 0a' ]] || fail "policy.png is not a PNG"
expect_output '59 pictures in pixels' net show --size 5 --all --format png --out pixels
[[ $(ls pixels/*.png | wc -l) == 59 ]] || fail "not 59 PNGs"

# The commands of docs/cnn.md make the pictures of that page (shades may differ by rounding, sizes may not).
page=$source_dir/docs/cnn.md
game=$(sed -n 's/^game="\(.*\)"$/\1/p' "$page")
game=${game/examples/$source_dir/examples}
pictures=0
while read -r command; do
  read -ra words <<<"${command/\$game/$game}"
  expect_output '^$' "${words[@]}"
  file=${words[-1]}
  committed=$source_dir/docs/images/$file
  case $file in
    *.png) sizes=$(for f in "$file" "$committed"; do head -c 24 "$f" | tail -c 8 | od -An -tx1; done) ;;
    *.svg) sizes=$(head -qn 1 "$file" "$committed") ;;
  esac
  [[ $(sort -u <<<"$sizes" | wc -l) == 1 ]] || fail "docs/images/$file is not the output of '$command': $sizes"
  grep -q "(images/$file)" "$page" || fail "$file is not on the page"
  pictures=$((pictures + 1))
done < <(sed -n 's/^`ponnuki \(net show .*\)`$/\1/p' "$page")
((pictures >= 8)) || fail "only $pictures pictures on the page"

[[ -z $(find . -name '*.tmp*') ]] || fail "temporary files are left over"
finish
