// Reads the set of the first argument and prints its largest margin and the hash of its P&L.
using GpuMargin;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;

ClearingSet set = ClearingSetFiles.Read(args[0]);
MarginReport report = MarginCalculator.Calculate(set, new CpuBackend());
AccountMargin largest = report.Accounts.MaxBy(account => account.Margin)!;
Console.WriteLine(FormattableString.Invariant($"{largest.Account} {largest.Margin:F2}"));
Console.WriteLine(report.ProfitAndLossSha256);
