#!/usr/bin/env bash
# Where outputs go: links are written through and remain; pipes and devices are written as they are, or refused;
# files of something else are refused and stay.
source "$(dirname "$0")/support.sh" "$@"

tiny=(--size 4 --net b1c8 --simulations 2 --threads 1)
run train --dir run "${tiny[@]}" --games 4 --cycles 1 --match-every 0
net=run/nets/000001.bin.gz
echo '(;SZ[5]KM[0]RU[Chinese];B[cc];W[bb])' >game.sgf
engine="'$program' gtp --net none --threads 1 --visits 2"

printsgf() { run gtp --net none <<<"boardsize 5
play b c3
printsgf $1"; }
convert() { run net convert $net "$1" --to ponnuki; }
average() { run net average "$1" $net $net; }
show() { run net show game.sgf --net $net --out "$1"; }
games() { run selfplay --net $net --size 4 --simulations 2 --threads 1 --games 2 --out "$1"; }
results() { run match --engine1 "$engine" --engine2 "$engine" --size 3 --games 1 --resume --results "$1"; }
cache() { run analyze game.sgf --net none --visits 2 --threads 1 --second-pass 0 --cache "$1"; }

# Whether the last command says that it could not write.
refused() { [[ $code != 0 || $'\n'$out == *$'\n? '* || $err == *"will not be remembered"* ]]; }

mkdir -p far
for command in printsgf convert average games results cache; do
  # A link to a file, to a link, and to nothing yet.
  ln -s "far/$command.safetensors" "$command.link.safetensors"
  ln -s "$command.link.safetensors" "$command.safetensors"
  for round in new old; do
    $command "$command.safetensors"
    refused && fail "$command through a link, $round: exit code $code: $out$err"
    [[ -L $command.safetensors && -L $command.link.safetensors && -s far/$command.safetensors ]] ||
      fail "$command through a link, $round: $(ls -l . far)"
  done
  # Links in a circle, and folders.
  ln -s "$command.b.safetensors" "$command.a.safetensors"
  ln -s "$command.a.safetensors" "$command.b.safetensors"
  $command "$command.a.safetensors"
  refused || fail "$command, links in a circle: $out$err"
  [[ -L $command.a.safetensors ]] || fail "$command has replaced a link"
  mkdir "$command.folder.safetensors"
  $command "$command.folder.safetensors"
  refused || fail "$command, a folder: $out$err"
  [[ -d $command.folder.safetensors ]] || fail "$command has replaced a folder"
done

# Pipes: what is written as a whole goes through, what grows is refused.
for command in printsgf convert average; do
  mkfifo "$command.pipe.safetensors"
  cat "$command.pipe.safetensors" >got &
  reader=$!
  $command "$command.pipe.safetensors"
  wait $reader
  [[ -s got && -p $command.pipe.safetensors ]] || fail "$command into a pipe: exit code $code: $out$err"
done
for command in games results; do
  mkfifo "$command.pipe"
  for place in "$command.pipe" /dev/null; do
    $command $place
    [[ $code != 0 && $err == *"$place"*"is neither a file nor a folder"* ]] || fail "$command into $place: $code $err"
  done
  [[ -p $command.pipe ]] || fail "$command has replaced a pipe"
done
printsgf /dev/null
refused || [[ ! -c /dev/null ]] && fail "printsgf to /dev/null: $out$err"
printsgf /dev/full
[[ -c /dev/full && $out == *"cannot write '/dev/full': No space left on device"* ]] || fail "a full device: $out$err"

# Files of something else stay as they are.
echo 'my notes' >notes.txt
printf 'no newline' >line.txt
for command in games results cache; do
  for file in notes.txt line.txt; do
    cp $file before
    $command $file
    [[ $code != 0 && $err == *"$file"* ]] || fail "$command onto $file: exit code $code: $err"
    cmp -s before $file || fail "$command has changed $file: $(<$file)"
  done
done
# A file that takes no more games is refused before they are played.
truncate -s 1G big.games
games big.games
[[ $code == 1 && $err == *"--out: big.games: is full, it has 1024 MiB; give another file"* && -z $out ]] ||
  fail "a full file: exit code $code: $out$err"
rm big.games
finish
