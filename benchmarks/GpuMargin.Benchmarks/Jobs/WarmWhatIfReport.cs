using System.Diagnostics;
using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Jobs;

/// <summary>Times of answers to single trades in sets of folders, by kept scenarios.</summary>
static class WarmWhatIfReport
{
    internal const string Command = "whatif-times";

    const int Answers = 200;

    /// <param name="options">Scenarios, then folders of sets.</param>
    internal static void Run(string[] options)
    {
        int scenarios = int.Parse(options[0], CultureInfo.InvariantCulture);
        CpuBackend backend = new();
        Console.WriteLine("| set | scenarios | run, s | warm, s | kept, MiB | answer, ms: median | 95 % | largest |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string folder in options[1..])
        {
            ClearingSet set = ClearingSetFiles.Read(folder, new RunOverrides { Scenarios = scenarios });
            Random random = new(1);
            var clock = Stopwatch.StartNew();
            MarginCalculator.Calculate(set, backend);
            double full = clock.Elapsed.TotalSeconds;
            clock.Restart();
            WarmWhatIf warm = WarmWhatIf.Of(set, backend, 12L << 30);
            double first = clock.Elapsed.TotalSeconds;
            ClearingSetChange proof = Trade();
            MarginReport expected = MarginCalculator.Calculate(proof.ApplyTo(set), backend);
            MarginChange found = warm.Answer(proof).NettingSets[0];
            Parity.RequireEqual<decimal>(
                [.. expected.Accounts.Where(account => account.Account == found.Accounts[0].After.Account).Select(account => (decimal)account.Margin + (account.Requirement?.Required ?? 0))],
                [(decimal)found.Accounts[0].After.Margin + (found.Accounts[0].After.Requirement?.Required ?? 0)], "margins");
            double[] times = new double[Answers];
            for (int i = 0; i < times.Length; i++)
            {
                ClearingSetChange change = Trade();
                clock.Restart();
                warm.Answer(change);
                times[i] = clock.Elapsed.TotalMilliseconds;
            }

            Array.Sort(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} | {scenarios} | {full:F2} | {first:F2} | {warm.KeptBytes >> 20} | {times[Answers / 2]:F1} | {times[Answers * 95 / 100]:F1} | {times[^1]:F1} |"));

            ClearingSetChange Trade() => new() { Trades = [new Trade(set.Accounts[random.Next(set.Accounts.Count)], set.Instruments[random.Next(set.Instruments.Count)].Name, random.Next(1, 100))] };
        }
    }
}
