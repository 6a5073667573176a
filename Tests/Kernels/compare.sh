#!/bin/bash
# Runs every kernel under each instruction set at hand, and as aarch64 code under qemu, and compares the results with the plain ones,
# entry by entry.
#
#   compare.sh FOLDER    a folder for what is built
#
# An instruction set that neither the processor nor qemu has is named and left out.
set -eu -o pipefail
cd "$(dirname "$0")/../.."
out=$1
mkdir -p "$out"
sources=(-O2 -ISources/CKernels/include Tests/Kernels/compare.c Sources/CKernels/*.c -lm -ldl -lpthread)
failed=0

compare() { # name, instruction set, command...
  local name=$1
  BP_INSTRUCTION_SET=$2 "${@:3}" show > "$out/$name" || { echo "$name: not on this processor"; return; }
  "$out/compare" "$out/plain" "$out/$name" | sed "s/^/$name: /" || failed=1
}

clang -o "$out/compare" "${sources[@]}"
BP_INSTRUCTION_SET=baseline "$out/compare" show > "$out/plain"
compare avx2 avx2 "$out/compare"
compare avx512 avx512 "$out/compare"

cross=/usr/aarch64-linux-gnu
gcc=$(dirname "$(aarch64-linux-gnu-gcc -print-libgcc-file-name)")
clang --target=aarch64-linux-gnu -I$cross/include -B"$gcc" -L"$gcc" -L$cross/lib -fuse-ld="$(command -v aarch64-linux-gnu-ld)" \
  -o "$out/compare.aarch64" "${sources[@]}"
compare neon-baseline baseline qemu-aarch64 -L $cross "$out/compare.aarch64"
compare neon neon qemu-aarch64 -L $cross "$out/compare.aarch64"
exit $failed
