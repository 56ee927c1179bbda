#!/usr/bin/env bash
# QuantLib's Black formula: ./run.sh SET --shocks FILE [--pnl FILE --tolerance X] [--record FILE]
# FILEs are what `gpumargin scenarios SET` and `gpumargin pnl SET --all` write.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common/install.sh
. "$here/../common/install.sh"
need_command g++ g++
echo '#include <ql/version.hpp>' | g++ -E -x c++ - > /dev/null 2>&1 || skip "QuantLib is not installed (Debian: libquantlib0-dev)"

program=${PEERS_BUILD:-$here/bin}/quantlib
mkdir -p "$(dirname "$program")"
if [ ! -x "$program" ] || [ -n "$(find "$here" "$here/../common" -name '*.?pp' -newer "$program")" ]; then
    g++ -std=c++20 -O3 -march=native -Wall -Wextra "$here/main.cpp" -o "$program" -lQuantLib
fi
if [ "${1:-}" = --build ]; then exit 0; fi
exec "$program" "$@"
