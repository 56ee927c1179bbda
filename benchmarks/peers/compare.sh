#!/usr/bin/env bash
# Ours and theirs alternately on the same clearing set: medians and ratios.
#   compare.sh [--repetitions N] [--job XS|S|L] [--peers cpp,libmvec,numpy,quantlib,torch] [--threads N] [--keep DIR]
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

repetitions=3 job=S peers=cpp,libmvec,numpy,quantlib threads=$(nproc) keep=
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || { echo "$1 needs a value" >&2; exit 2; }
    case $1 in
        --repetitions) repetitions=$2 ;;
        --job) job=$2 ;;
        --peers) peers=$2 ;;
        --threads) threads=$2 ;;
        --keep) keep=$2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
if [ "$repetitions" -lt 1 ] || [ "$threads" -lt 1 ]; then
    echo "--repetitions and --threads are at least 1" >&2
    exit 2
fi
case $job in
    XS) shape=(--factors 60 --instruments 1000 --accounts 100 --positions 50 --scenarios 10000) ;;
    S) shape=(--factors 500 --instruments 10000 --accounts 5000 --positions 200 --scenarios 10000) ;;
    L) shape=(--factors 500 --instruments 10000 --accounts 5000 --positions 200 --scenarios 100000) ;;
    *) echo "--job is XS, S or L" >&2; exit 2 ;;
esac
for tool in dotnet python3; do
    command -v "$tool" > /dev/null || { echo "$tool is needed to compare" >&2; exit 3; }
done

if [ -n "$keep" ]; then
    work=$keep
    mkdir -p "$work"
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
export PEERS_BUILD=$work/bin OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads

dotnet build -c Release --nologo -v quiet "$root/src/GpuMargin.Cli" >&2
ours() { dotnet "$root/src/GpuMargin.Cli/bin/Release/net10.0/gpumargin.dll" "$@"; }

ready=()
for peer in ${peers//,/ }; do
    [ -x "$here/$peer/run.sh" ] || { echo "there is no peer $peer" >&2; exit 2; }
    code=0
    "$here/$peer/run.sh" --build || code=$?
    case $code in
        0) ready+=("$peer") ;;
        77) echo "SKIPPED PEER: $peer" >&2 ;;
        *) exit "$code" ;;
    esac
done
[ ${#ready[@]} -gt 0 ] || { echo "no peer is left" >&2; exit 77; }

set=$work/set
[ -d "$set" ] || ours generate "$set" "${shape[@]}" --seed 1 >&2

# Prove, then time: P&L in our scenarios. Rounding in single precision is 3e-7 of S·exp(−qT) + K·exp(−rT) (measured), in
# double 1e-15; a wrong sign or day count is above 1e-3.
scenarios=$work/shocks.csv
for peer in cpp libmvec; do
    if [[ " ${ready[*]} " == *" $peer "* ]]; then
        ours scenarios "$set" --scenarios 200 --out "$work/cpp-shocks.csv" >&2
        ours pnl "$set" --scenarios 200 --all --out "$work/cpp-pnl.csv" >&2
        "$here/$peer/run.sh" "$set" --shocks "$work/cpp-shocks.csv" --pnl "$work/cpp-pnl.csv" --tolerance 2e-6
    fi
done
if [[ " ${ready[*]} " == *" quantlib "* ]]; then
    singles=$work/singles
    [ -d "$singles" ] || ours generate "$singles" --factors 500 --instruments 10000 --accounts 2000 --positions 1 --scenarios 200 --seed 2 >&2
    for precision in double mixed; do
        ours scenarios "$singles" --precision "$precision" --out "$work/singles-shocks.csv" >&2
        ours pnl "$singles" --precision "$precision" --all --out "$work/singles-pnl.csv" >&2
        tolerance=2e-6
        [ "$precision" = mixed ] || tolerance=1e-12
        "$here/quantlib/run.sh" "$singles" --shocks "$work/singles-shocks.csv" --pnl "$work/singles-pnl.csv" --tolerance "$tolerance"
    done
    ours scenarios "$set" --scenarios 200 --out "$scenarios" >&2
fi

# Wall, user and system seconds of a process into a file.
TIMEFORMAT='%R %U %S'
timed() {
    local file=$1
    shift
    { time "$@" >&3 2>&4; } 3>&1 4>&2 2> "$file"
}

for ((i = 1; i <= repetitions; i++)); do
    echo "round $i of $repetitions" >&2
    timed "$work/ours-$i.time" ours run "$set" --quiet --backend cpu --threads "$threads" --out "$work/ours"
    cp "$work/ours/run-record.json" "$work/ours-$i.json"
    for peer in "${ready[@]}"; do
        arguments=(--record "$work/$peer-$i.json")
        case $peer in
            cpp | libmvec) arguments+=(--threads "$threads" --margins "$work/$peer-margins.csv") ;;
            quantlib) arguments+=(--shocks "$scenarios") ;;
            torch) arguments+=(--repetitions 1 --width 1000 --margins "$work/$peer-margins.csv") ;;
            *) arguments+=(--margins "$work/$peer-margins.csv") ;;
        esac
        timed "$work/$peer-$i.time" "$here/$peer/run.sh" "$set" "${arguments[@]}" > "$work/$peer.log"
    done
done
python3 "$here/common/ratios.py" "$work" "$threads" "$repetitions" "${ready[@]}"
