#!/usr/bin/env bash
# Compiles the kernels and their tests for arm64, and runs them in an emulator that has i8mm: each SIMD level, all nets'
# layers, all board sizes. Exit code 77: skipped.
#   arm64.sh SOURCE_DIR BUILD_FOLDER
set -eu
source=$1
folder=$2
skip() {
  echo "skipped: $1"
  exit 77
}
command -v aarch64-linux-gnu-g++ >/dev/null || skip "g++-aarch64-linux-gnu is not installed"
emulator=$(command -v qemu-aarch64 || command -v qemu-aarch64-static) || skip "qemu-user is not installed"
[[ -e /usr/lib/aarch64-linux-gnu/libz.so ]] || skip "zlib1g-dev:arm64 is not installed (cmake/arm64-toolchain.cmake)"
[[ -e /usr/lib/aarch64-linux-gnu/libboost_program_options.a ]] || skip "libboost-program-options-dev:arm64 is not installed"

cd "$source"
cmake --preset release -B "$folder" --toolchain cmake/arm64-toolchain.cmake -DPONNUKI_WEB=OFF >/dev/null
cmake --build "$folder" --target ponnuki_nn_tests >"$folder/build.log" || { tail -20 "$folder/build.log"; exit 1; }
tests=$folder/tests/ponnuki_nn_tests
export QEMU_CPU=max  # the newest that the emulator knows, with i8mm
"$emulator" -L /usr/aarch64-linux-gnu "$tests" --warn NoTests "16-bit kernels*,fast*,kernels*,Training kernels*"
# An older processor, without it, takes the level below.
QEMU_CPU=cortex-a72 "$emulator" -L /usr/aarch64-linux-gnu "$tests" --warn NoTests "16-bit kernels*,kernels: the level*"
