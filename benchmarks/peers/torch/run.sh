#!/usr/bin/env bash
# The PyTorch peer: ./run.sh SET|FILE.npz [--device cuda|cpu] [--scenarios N] [--width N] [--variants tf32,fp32,csr]
#                   [--repetitions N] [--compile] [--margins FILE] [--record FILE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=common/install.sh
. "$here/../common/install.sh"
python=$(find_python "numpy, torch" "python3-numpy python3-torch; on a machine with a GPU a PyTorch 2 with CUDA")
if [ "${1:-}" = --build ]; then exit 0; fi
PYTHONDONTWRITEBYTECODE=1 exec "$python" "$here/pipeline.py" "$@"
