#!/usr/bin/env bash
# What the compiler and the linker have put into the program, and what its service files ask of systemd.
#   hardening_test.sh PROGRAM SOURCE_DIR
set -u
program=$1
cd "$2" || exit 1
failed=0

expect() { # NAME: reads what must not be empty
  if [[ -z $(cat) ]]; then
    echo "missing: $1"
    failed=1
  fi
}

readelf -h "$program" | grep -E 'Type: +DYN' | expect "position-independent executable"
readelf -lW "$program" | grep GNU_RELRO | expect "relocations that are read-only after the start"
readelf -dW "$program" | grep -E 'BIND_NOW|Flags:.* NOW' | expect "all symbols bound at the start"
readelf -lW "$program" | grep -E 'GNU_STACK.* RW ' | expect "stack without code"
readelf -sW --dyn-syms "$program" | grep __stack_chk_fail | expect "stack protector"
readelf -sW --dyn-syms "$program" | grep -E '__[a-z]+_chk' | grep -v stack_chk | expect "checked functions (_FORTIFY_SOURCE)"

for unit in systemd/*.service; do
  for line in NoNewPrivileges=yes DynamicUser=yes ProtectSystem=strict ProtectHome=yes MemoryDenyWriteExecute=yes \
    CapabilityBoundingSet= 'SystemCallFilter=@system-service'; do
    grep -Fx "$line" "$unit" | expect "$line in $unit"
  done
done
if command -v systemd-analyze >/dev/null; then
  for unit in systemd/*.service; do
    # An absolute path of the program that is not there is no fault of the unit.
    wrong=$(systemd-analyze verify "$unit" 2>&1 | grep -F "$(basename "$unit")" | grep -v "is not executable")
    [[ -z $wrong ]] || { echo "$wrong"; failed=1; }
  done
fi
exit $failed
