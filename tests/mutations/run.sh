#!/usr/bin/env bash
# Makes every mutation of mutations.txt in a copy of the working tree, one at a time, and runs the tests named there.
# Prints a line each, killed or SURVIVED; the exit status is 0 only when every one was killed.
# Usage: tests/mutations/run.sh [part of a name]
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

table=$PWD/tests/mutations/mutations.txt wanted=${1:-}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -cf - -T - 2>/dev/null | tar -xf - -C "$copy"
cd "$copy"
tests=tests/GpuMargin.Tests
binaries=$tests/bin/Release/net10.0
dotnet build -c Release $tests -p:AheadOfTime=false -v q | tail -4

# The mutated library beside the tests that were built with the true one.
built() { dotnet build -c Release src/GpuMargin -p:AheadOfTime=false -v q >build.log 2>&1 && cp src/GpuMargin/bin/Release/net10.0/GpuMargin.*.dll $binaries/; }

killed=0 survived=0 invalid=0
finish() { # after the edits and the filter of one mutation
    [ -n "$name" ] && [[ $name == *"$wanted"* ]] || return 0
    local verdict counts
    if [ -n "$misplaced" ]; then
        verdict="NOT MADE: $misplaced" invalid=$((invalid + 1))
    elif ! built; then
        verdict="DOES NOT COMPILE: $(grep -m1 'error' build.log || true)" invalid=$((invalid + 1))
    else
        dotnet test $binaries/GpuMargin.Tests.dll --filter "$filter" >test.log 2>&1 || true
        counts=$(sed -nE 's/.*Failed: +([0-9]+), Passed: +([0-9]+),.*/\1 of \1+\2 tests fail/p' test.log)
        if [ -z "$counts" ]; then
            verdict="NO TEST RAN" invalid=$((invalid + 1))
        elif [[ $counts == 0* ]]; then
            verdict="SURVIVED" survived=$((survived + 1))
        else
            verdict="killed, ${counts%% *} by $(sed -nE '0,/^ +Failed /s/^ +Failed ([A-Za-z.]*\.)?([A-Za-z]+\.[A-Za-z_0-9]+).*/\2/p' test.log)" killed=$((killed + 1))
        fi
    fi
    printf '%-70s %s\n' "$name" "$verdict"
    for file in "${!original[@]}"; do printf '%s' "${original[$file]}" >"$file"; done
}

name='' filter='' misplaced=''
declare -A original=()
begin() { finish; name=$1 filter='' misplaced=''; original=(); }

edit() { # FILE: OLD → NEW
    [[ $name == *"$wanted"* ]] || return 0
    local file text old new rest
    rest=${1#*: }
    old=${rest%% →*} new=${rest#* →}
    new=${new# }
    file=$(find src kernels -name "${1%%: *}" -not -path '*/obj/*')
    if [ ! -f "$file" ]; then misplaced="no single file ${1%%: *}"; return; fi
    text=$(cat "$file"; printf x)
    text=${text%x}
    local without=${text//"$old"/}
    if [ $((${#text} - ${#without})) -ne ${#old} ]; then misplaced="$file does not hold once: $old"; return; fi
    [ -v "original[$file]" ] || original[$file]=$text
    printf '%s' "${text/"$old"/"$new"}" >"$file"
}

while IFS= read -r line || [ -n "$line" ]; do
    case $line in
        '' | '#'*) ;;
        '  edit '*) edit "${line#  edit }" ;;
        '  tests '*) filter=${line#  tests } ;;
        *) begin "$line" ;;
    esac
done <"$table"
finish
echo "$killed killed, $survived survived, $invalid not made"
[ $((survived + invalid)) -eq 0 ]
