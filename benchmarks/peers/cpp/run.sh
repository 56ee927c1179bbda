#!/usr/bin/env bash
# The C++ peer: ./run.sh SET [--scenarios N] [--threads N] [--chunk N] [--margins FILE] [--record FILE]
#               ./run.sh SET --shocks FILE --pnl FILE --tolerance X
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common/install.sh
. "$here/../common/install.sh"
need_command g++ g++

variant=${FUNCTIONS:-cpp}
program=${PEERS_BUILD:-$here/bin}/$variant
mkdir -p "$(dirname "$program")"
if [ ! -x "$program" ] || [ -n "$(find "$here" "$here/../common" -name '*.?pp' -newer "$program")" ]; then
    # GCC 12 takes the undefined operand of its own intrinsics for uninitialised.
    defines=()
    [ "$variant" != libmvec ] || defines=(-DLIBMVEC)
    g++ -std=c++20 -O3 -march=native -mprefer-vector-width=512 -ffast-math -fopenmp -Wall -Wextra -Wno-maybe-uninitialized "${defines[@]}" \
        "$here/main.cpp" -o "$program"
fi
if [ "${1:-}" = --build ]; then exit 0; fi
exec "$program" "$@"
