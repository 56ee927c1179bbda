# shellcheck shell=bash
# Sourced by the runners: says what is missing and how to get it, and ends with 77, "skipped".
skip() {
    echo "SKIPPED: $1" >&2
    exit 77
}

need_command() { command -v "$1" > /dev/null || skip "$1 is not installed (Debian: $2)"; }

# A python that has the modules; PYTHON overrides the choice.
find_python() {
    local modules=$1 packages=$2 candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 /usr/bin/python3; do
        # Without the current folder, whose numpy/ and torch/ would pass for packages.
        if "$candidate" -c "import sys; sys.path[:] = [p for p in sys.path if p]; import $modules" 2> /dev/null; then
            echo "$candidate"
            return
        fi
    done
    skip "no python3 has $modules (Debian: $packages)"
}
