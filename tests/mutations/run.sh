#!/usr/bin/env bash
# Makes every mutation of mutations.txt in a copy of the working tree, one at a time, and runs the tests named there.
# Prints a line each, killed or SURVIVED; the exit status is 0 only when every one was killed.
# Usage: tests/mutations/run.sh [part of a name]
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

wanted=${1:-}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -cf - -T - 2>/dev/null | tar -xf - -C "$copy"
cd "$copy"
table=tests/mutations/mutations.txt
tests=tests/GpuMargin.Tests
binaries=$tests/bin/Release/net10.0
# Without analyzers: each build is for a few tests.
quick=(-c Release -p:AheadOfTime=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false -v q)
dotnet build "${quick[@]}" $tests | tail -4

# The mutated library beside the tests that were built with the true one.
built() { dotnet build "${quick[@]}" --no-restore src/GpuMargin >build.log 2>&1 && cp src/GpuMargin/bin/Release/net10.0/GpuMargin.*.dll $binaries/; }

run_tests() { dotnet test $binaries/GpuMargin.Tests.dll --filter "FullyQualifiedName~${1//|/|FullyQualifiedName~}" -- xUnit.PreEnumerateTheories=false >test.log 2>&1; }

# A test that fails anyway would kill everything.
if ! run_tests "$(sed -n 's/^  tests //p' $table | sort -u | paste -sd '|')"; then
    grep -E '^ +Failed ' test.log || true
    echo "the tests fail without a mutation"
    exit 1
fi

killed=0 survived=0 invalid=0
finish() { # after the edits and the filter of one mutation
    [ -n "$name" ] && [[ $name == *"$wanted"* ]] || return 0
    local verdict counts
    if [ -n "$misplaced" ]; then
        verdict="NOT MADE: $misplaced" invalid=$((invalid + 1))
    elif ! built; then
        verdict="DOES NOT COMPILE: $(grep -m1 'error' build.log || true)" invalid=$((invalid + 1))
    else
        run_tests "$filter" || true
        counts=$(sed -nE 's/.*Failed: +([0-9]+), Passed: +([0-9]+),.*/\1 of \1+\2 tests fail/p' test.log)
        if [ -z "$counts" ]; then
            verdict="NO TEST RAN" invalid=$((invalid + 1))
        elif [[ $counts == 0* ]]; then
            verdict="SURVIVED" survived=$((survived + 1))
        else
            verdict="killed, ${counts%% *} by $(sed -nE '0,/^ +Failed /s/^ +Failed ([A-Za-z.]*\.)?([A-Za-z]+\.[A-Za-z_0-9]+).*/\2/p' test.log)" killed=$((killed + 1))
        fi
    fi
    printf '%-66s %-26s %s\n' "$name" "$place" "$verdict"
    for file in "${!original[@]}"; do printf '%s' "${original[$file]}" >"$file"; done
}

name='' filter='' misplaced='' place=''
declare -A original=()
begin() { finish; name=$1 filter='' misplaced='' place=''; original=(); }

edit() { # OLD → NEW
    [[ $name == *"$wanted"* ]] || return 0
    local old=${1%% →*} new=${1#* →} text file
    new=${new# }
    old=${old//⏎/$'\n'} new=${new//⏎/$'\n'}
    # grep looks for lines: for the longest of several.
    local line longest=''
    while IFS= read -r line; do if [ ${#line} -gt ${#longest} ]; then longest=$line; fi; done <<<"$old"
    local holders=()
    while IFS= read -r file; do
        text=$(cat "$file"; printf x)
        text=${text%x}
        local without=${text//"$old"/}
        local times=$(((${#text} - ${#without}) / ${#old}))
        for ((i = 0; i < times; i++)); do holders+=("$file"); done
    done < <(grep -rlF --include='*.cs' --exclude-dir=obj -- "$longest" src kernels)
    if [ ${#holders[@]} -ne 1 ]; then misplaced="found ${#holders[@]} times: $old"; return; fi
    file=${holders[0]}
    text=$(cat "$file"; printf x)
    text=${text%x}
    [ -v "original[$file]" ] || original[$file]=$text
    printf '%s' "${text/"$old"/"$new"}" >"$file"
    place=${file##*/}
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
