using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Benchmarks.Accuracy;

/// <summary>How often the 95 % interval of expected shortfall holds the value of a much longer run, how often it is called trusted, and how often it holds it then.</summary>
/// <remarks>One factor, one day, standard deviation 1.2 %, innovations normal or Student t with the copula's ν; the books are those of <see cref="OptionBooks"/>.</remarks>
static class IntervalCoverage
{
    public const string Command = "interval-coverage";

    const int ReferenceScenarios = 1 << 22;
    const int ReferenceSeeds = 4;

    /// <param name="arguments">[seeds [confidence [first seed [strikes]]]], 1,000, 0.99 and 1 when left out; strikes: the books at close strikes.</param>
    public static void Run(string[] arguments)
    {
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1000;
        decimal confidence = arguments.Length > 1 ? decimal.Parse(arguments[1], CultureInfo.InvariantCulture) : 0.99m;
        ulong first = arguments.Length > 2 ? ulong.Parse(arguments[2], CultureInfo.InvariantCulture) : 1;
        bool strikes = arguments.Length > 3 && arguments[3] == "strikes";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds from {first}, confidence {confidence}, per cent of the seeds"));
        Console.WriteLine();
        Console.WriteLine("| innovations | scenarios | sampling | book | covers | too low | trusted | covers where trusted | trusted and missed |");
        Console.WriteLine("| --- | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (double nu in (double[])[double.PositiveInfinity, 10, 6, 4])
        {
            ClearingSet set = OptionBooks.Set(nu, confidence, strikes);
            bool normal = double.IsInfinity(nu);
            double[] truth = new double[set.Accounts.Count];
            for (int seed = 0; seed < ReferenceSeeds; seed++)
            {
                IReadOnlyList<AccountMargin> run = SeededMargins.Of(set, ReferenceScenarios, Sampling.Sobol, normal ? Importance.Off : Importance.On)(999_983 + (ulong)seed);
                for (int account = 0; account < truth.Length; account++)
                {
                    truth[account] += run[account].ExpectedShortfall.Value / ReferenceSeeds;
                }
            }

            foreach (int scenarios in (int[])[200, 1000, 10_000])
            {
                foreach ((string name, Sampling sampling, Importance importance) in SeededMargins.Methods)
                {
                    if (!normal || importance == Importance.Off)
                    {
                        Write(set, truth, normal ? "normal" : string.Create(CultureInfo.InvariantCulture, $"t{nu}"), scenarios, name, SeededMargins.Of(set, scenarios, sampling, importance), first, seeds);
                    }
                }
            }
        }
    }

    static void Write(
        ClearingSet set, double[] truth, string innovations, int scenarios, string method, Func<ulong, IReadOnlyList<AccountMargin>> run, ulong first, int seeds)
    {
        int accounts = truth.Length;
        int[] covered = new int[accounts], low = new int[accounts], trusted = new int[accounts], both = new int[accounts];
        for (int seed = 0; seed < seeds; seed++)
        {
            IReadOnlyList<AccountMargin> margins = run(first + (ulong)seed);
            for (int a = 0; a < accounts; a++)
            {
                Estimate es = margins[a].ExpectedShortfall;
                bool covers = es.Low <= truth[a] && truth[a] <= es.High;
                covered[a] += covers ? 1 : 0;
                low[a] += es.High < truth[a] ? 1 : 0;
                trusted[a] += margins[a].ExpectedShortfallTrusted ? 1 : 0;
                both[a] += covers && margins[a].ExpectedShortfallTrusted ? 1 : 0;
            }
        }

        for (int a = 0; a < accounts; a++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {innovations} | {scenarios} | {method} | {set.Accounts[a]} | {Share(covered[a], seeds)} | {Share(low[a], seeds)} | {Share(trusted[a], seeds)} | {(trusted[a] == 0 ? "" : Share(both[a], trusted[a]))} | {Share(trusted[a] - both[a], seeds)} |"));
        }
    }

    static string Share(int part, int whole) => (100.0 * part / whole).ToString("F1", CultureInfo.InvariantCulture);
}
