#!/usr/bin/env bash
# Shell completion in bash, and in zsh and fish where they are installed; manual pages in man, likewise.
source "$(dirname "$0")/support.sh" "$@"

run manual share
[[ $code == 0 ]] || fail "manual: $err"
mkdir bin -p && ln -s "$program" bin/ponnuki
touch game.sgf
mkdir games

# complete WORDS...: what bash offers for the last word.
complete() {
  bash -c 'source share/bash-completion/completions/ponnuki
    COMP_WORDS=(ponnuki "$@") COMP_CWORD=$# COMPREPLY=()
    _ponnuki
    echo "${COMPREPLY[*]}"' bash "$@"
}
expect_words() {
  local wanted=$1
  shift
  [[ $(complete "$@") == "$wanted" ]] || fail "bash, $*: $(complete "$@"), not $wanted"
}
expect_words 'gtp gate' g
expect_words 'show' net s
expect_words 'status' train st
expect_words '--visits' gtp --vis
expect_words 'auto fp32 int16' gtp --precision ''
expect_words 'games' train --dir g
expect_words 'game.sgf games' analyze ga
expect_words 'game.sgf' gtp --net game.
expect_words '--dir --rows --config' train status --

if command -v zsh >/dev/null; then
  zsh -n share/zsh/site-functions/_ponnuki || fail "zsh does not read its script"
fi
if command -v fish >/dev/null; then
  found=$(HOME=$work PATH=$work/bin:$PATH fish -c 'source share/fish/vendor_completions.d/ponnuki.fish
    for line in "ponnuki tr" "ponnuki gtp --vis" "ponnuki net s" "ponnuki train status --r" "ponnuki gtp --net game."
      complete -C $line | string split -f1 \t
    end' | tr '\n' ' ')
  [[ $found == 'train --visits show --rows game.sgf ' ]] || fail "fish: $found"
fi
if command -v man >/dev/null && man --version >/dev/null 2>&1; then
  for page in share/man/man1/*; do
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null)
    [[ -z $warnings ]] || fail "$page: $warnings"
  done
fi
finish
