#!/usr/bin/env bash
# The NumPy and SciPy peer: ./run.sh SET [--scenarios N] [--width N] [--margins FILE] [--record FILE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common/install.sh
. "$here/../common/install.sh"
python=$(find_python "numpy, scipy.sparse" "python3-numpy python3-scipy")
if [ "${1:-}" = --build ]; then exit 0; fi
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/job.py" "$@"
