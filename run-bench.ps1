#!/usr/bin/env pwsh
# Times the stages and keeps the tables per processor: ./run-bench.ps1 [-Filter '*Revaluation*']
param([string] $Filter = '*')
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

$processor =
    if ($IsWindows) { (Get-CimInstance Win32_Processor | Select-Object -First 1).Name }
    elseif ($IsMacOS) { sysctl -n machdep.cpu.brand_string }
    else { (Select-String -Path /proc/cpuinfo -Pattern '^model name\s*:\s*(.+)$' | Select-Object -First 1).Matches.Groups[1].Value }
$name = ("$processor" -replace '\(R\)|\(TM\)', '' -replace '[^A-Za-z0-9.]+', '-').Trim('-')
if (-not $name) { $name = 'unknown' }
$results = Join-Path 'benchmarks' 'results' $name

dotnet run -c Release --project benchmarks/GpuMargin.Benchmarks -- --filter $Filter
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
New-Item -ItemType Directory -Force $results | Out-Null
Copy-Item (Join-Path 'BenchmarkDotNet.Artifacts' 'results' '*-report-github.md') $results
Get-ChildItem $results
