using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Benchmarks.Accuracy;

/// <summary>
/// What scrambled Sobol points and importance sampling are worth: the variance of expected shortfall over independent seeds, plain
/// Monte Carlo's divided by theirs, account by account of a generated set of options, and how often the 95 % intervals hold
/// the value of a much longer run.
/// </summary>
static class VarianceRatios
{
    public const string Command = "variance-ratios";

    const int Accounts = 200;
    const int Instruments = 400;
    const int PositionsPerAccount = 20;
    const int ReferenceScenarios = 1 << 21;

    /// <param name="arguments">[scenarios [seeds [horizon [set seed [method]]]]], 8,192, 40, 1, 1 and all methods when left out.</param>
    public static void Run(string[] arguments)
    {
        int scenarios = Argument(arguments, 0, 8192);
        int seeds = Argument(arguments, 1, 40);
        int horizon = Argument(arguments, 2, 1);
        int setSeed = Argument(arguments, 3, 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Accounts} accounts of {PositionsPerAccount} options, t copula (nu 6), {scenarios} scenarios, {seeds} seeds, horizon {horizon}, set {setSeed}, {CpuIdentity.Name}"));
        Console.WriteLine();
        Console.WriteLine("| factors | method | ES variance ratio: median | least | accounts < 0.9 | < 0.8 | VaR: median | ES covers % (low, high miss) | VaR covers % (low, high miss) | ES half-width, median % |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (int factors in (int[])[10, 50])
        {
            ClearingSet set = SyntheticClearingSet.Generate(new SyntheticOptions
            {
                Factors = factors,
                Instruments = Instruments,
                Accounts = Accounts,
                PositionsPerAccount = PositionsPerAccount,
                HorizonDays = horizon,
                Seed = (ulong)setSeed,
            });
            IReadOnlyList<AccountMargin> truth = SeededMargins.Of(set, ReferenceScenarios, Sampling.Sobol, Importance.On)(999_983);
            Sample? plain = null;
            foreach ((string name, Sampling sampling, Importance importance) in SeededMargins.Methods)
            {
                if (arguments.Length > 4 && name != arguments[4])
                {
                    continue;
                }

                Func<ulong, IReadOnlyList<AccountMargin>> run = SeededMargins.Of(set, scenarios, sampling, importance);
                Sample sample = new(truth);
                for (int seed = 1; seed <= seeds; seed++)
                {
                    sample.Add(run((ulong)seed));
                }

                plain ??= sample;
                Console.WriteLine($"| {factors} | {name} | {sample.Row(plain)} |");
            }
        }
    }

    static int Argument(string[] arguments, int index, int otherwise) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>One method's results over the seeds.</summary>
    sealed class Sample(IReadOnlyList<AccountMargin> truth)
    {
        readonly List<IReadOnlyList<AccountMargin>> runs = [];

        public void Add(IReadOnlyList<AccountMargin> run) => runs.Add(run);

        public string Row(Sample plain)
        {
            double[] shortfall = Ratios(plain, margin => margin.ExpectedShortfall);
            double[] valueAtRisk = Ratios(plain, margin => margin.ValueAtRisk);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Median(shortfall):F1} | {shortfall[0]:F2} | {shortfall.Count(r => r < 0.9)} | {shortfall.Count(r => r < 0.8)} | {Median(valueAtRisk):F1} | {Coverage(m => m.ExpectedShortfall)} | {Coverage(m => m.ValueAtRisk)} | {HalfWidth():F2}");
        }

        double[] Ratios(Sample plain, Func<AccountMargin, Estimate> measure) =>
            [.. Enumerable.Range(0, truth.Count).Select(account => plain.Variance(account, measure) / Variance(account, measure)).Order()];

        double Variance(int account, Func<AccountMargin, Estimate> measure)
        {
            double[] values = [.. runs.Select(run => measure(run[account]).Value)];
            double mean = values.Average();
            return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        }

        string Coverage(Func<AccountMargin, Estimate> measure)
        {
            double above = 0;
            double below = 0;
            foreach (IReadOnlyList<AccountMargin> run in runs)
            {
                for (int account = 0; account < truth.Count; account++)
                {
                    above += measure(run[account]).Low > measure(truth[account]).Value ? 1 : 0;
                    below += measure(run[account]).High < measure(truth[account]).Value ? 1 : 0;
                }
            }

            double share = 100.0 / (runs.Count * truth.Count);
            return string.Create(CultureInfo.InvariantCulture, $"{100 - (above + below) * share:F1} ({above * share:F1}, {below * share:F1})");
        }

        double HalfWidth() => Median([.. runs.SelectMany(run => run)
            .Where(margin => margin.ExpectedShortfall.Value > 0)
            .Select(margin => 50 * (margin.ExpectedShortfall.High - margin.ExpectedShortfall.Low) / margin.ExpectedShortfall.Value).Order()]);

        static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
