#!/usr/bin/env bash
# The C++ peer with the C library's functions in place of its own approximations: Φ by libmvec's erfc, true divisions. Arguments as for cpp/run.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
FUNCTIONS=libmvec exec "$here/../cpp/run.sh" "$@"
