#!/usr/bin/env pwsh
# Times the stages and keeps the tables per processor: ./run-bench.ps1 [-Filter '*Revalue*'] [-Name my-machine]
param([string] $Filter = '*', [string] $Name = '')
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

if (-not $Name) {
    $processor =
        if ($IsWindows) { (Get-CimInstance Win32_Processor | Select-Object -First 1).Name }
        elseif ($IsMacOS) { sysctl -n machdep.cpu.brand_string }
        else { (Select-String -Path /proc/cpuinfo -Pattern '^model name\s*:\s*(.+)$' | Select-Object -First 1).Matches.Groups[1].Value }
    $Name = ("$processor" -replace '\(R\)|\(TM\)', '' -replace '[^A-Za-z0-9.]+', '-').Trim('-').ToLowerInvariant()
    if (-not $Name) { $Name = 'unknown' }
}

$results = Join-Path 'benchmarks' 'results' $Name
$tables = Join-Path 'BenchmarkDotNet.Artifacts' 'results'
if (Test-Path $tables) { Remove-Item $tables -Recurse }

dotnet run -c Release --project benchmarks/GpuMargin.Benchmarks -- --filter $Filter
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

New-Item -ItemType Directory -Force $results | Out-Null
Get-ChildItem $tables -Filter '*-report-github.md' | ForEach-Object {
    $suite = ($_.Name -replace '-report-github\.md$', '').Split('.')[-1]
    Copy-Item $_ (Join-Path $results "$suite.md")
}
Get-ChildItem $results
