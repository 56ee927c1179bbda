using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Architecture;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>The concentration component against the choice among all sub-books: every sub-book of every account valued as an account of its own.</summary>
public sealed class SubBookChoiceTests(ITestOutputHelper output)
{
    const decimal Confidence = 0.95m, Extreme = 0.98m;

    [Theory]
    [InlineData(Precision.Double, Sampling.Philox, Importance.Off)]
    [InlineData(Precision.Mixed, Sampling.Philox, Importance.Off)]
    [InlineData(Precision.Double, Sampling.Sobol, Importance.Off)]
    [InlineData(Precision.Double, Sampling.Philox, Importance.On)]
    [InlineData(Precision.Mixed, Sampling.Sobol, Importance.On)]
    public void No_sub_book_is_missed(Precision precision, Sampling sampling, Importance importance)
    {
        ClearingSet set = Books(precision, sampling, importance, accounts: 1000, seed: 3);
        Compare(set, [.. MarginCalculator.Calculate(set, new CpuBackend()).Accounts.Select(account => account.Requirement!)]);
    }

    [Theory]
    [InlineData("2000-12-29")]
    [InlineData("2001-01-02")]
    public void No_sub_book_of_the_sample_is_missed(string day)
    {
        ClearingSet set = ClearingSetFiles.Read(Path.Combine(SourceTree.Root, "samples", "dow30-cleared", day));
        set = set with { AccountTerms = [], Collateral = [], Policy = Policy(0.99m, 0.995m) };
        Compare(set, [.. MarginCalculator.Calculate(set, new CpuBackend()).Accounts.Select(account => account.Requirement!)]);
    }

    [Fact]
    public void Of_equal_sub_books_the_first_factors_count()
    {
        // Four factors with the same draws would be equal; here positions of equal size on one factor each, on the same table.
        ClearingSet set = Books(Precision.Double, Sampling.Philox, Importance.Off, accounts: 1, seed: 4);
        Instrument spot = set.Instruments[0] with { Type = InstrumentType.Spot, Currency = "USD", Multiplier = 1, RateFactor = -1, VolatilityFactor = -1, YearsToExpiry = 0, Strike = double.NaN };
        int[] prices = [.. Enumerable.Range(0, set.Factors.Count).Where(f => set.Factors[f].Kind == RiskFactorKind.Price)];
        RiskFactor same = set.Factors[prices[0]];
        set = set with
        {
            Factors = [.. set.Factors.Select(f => f.Kind == RiskFactorKind.Price ? same with { Name = f.Name } : f)],
            Correlation = Ones(set.Factors.Count),
            Instruments = [.. prices.Take(4).Select((f, i) => spot with { Name = $"S{i}", Underlying = f })],
            Positions = new PositionTable([0, 0, 0, 0], [3, 2, 1, 0], [1, 1, 1, 1]),
        };
        RunSchedule schedule = RunSchedule.Of(set);
        List<ValuationRun> runs = [];
        foreach (ValuationRun run in schedule.Runs)
        {
            runs.Add(run);
            schedule.Take(run, new CpuBackend().Run(run));
        }

        IEnumerable<string> parts = Enumerable.Range(0, runs[2].Positions.Rows).Select(row => runs[2].Positions.Key(row)).Where(key => key.Kind == RowKind.SubBook).Select(key => key.Part);
        Assert.Equal(prices.Take(2).Select(f => set.Factors[f].Name), parts);
    }

    void Compare(ClearingSet set, Requirement[] found)
    {
        ConcentrationAddOn terms = set.Policy!.Terms<ConcentrationAddOn>()!;

        // An account for every sub-book, in order of the factors, and for every account.
        (int Account, int Underlying)[] subBooks = [.. Enumerable.Range(0, set.Positions.Count)
            .Select(row => (set.Positions.Account[row], set.Instruments[set.Positions.Instrument[row]].Underlying)).Distinct().Order()];
        Dictionary<(int, int), int> number = subBooks.Index().ToDictionary(sub => sub.Item, sub => sub.Index);
        ClearingSet apart = set with
        {
            Policy = null,
            Accounts = [.. Enumerable.Range(0, subBooks.Length).Select(i => $"{i}")],
            Positions = set.Positions with
            {
                Account = [.. Enumerable.Range(0, set.Positions.Count).Select(row => number[(set.Positions.Account[row], set.Instruments[set.Positions.Instrument[row]].Underlying)])],
            },
        };
        ValuationRun run = MarginCalculator.Plan(apart);
        double[,] table = Visited.ProfitAndLoss(new CpuBackend(), run);
        double[,] whole = Visited.ProfitAndLoss(new CpuBackend(), MarginCalculator.Plan(set with { Policy = null }));
        GpuMargin.Scenarios.ScenarioWeights weights = run.Source.Weights();
        double[] weight = [.. Enumerable.Range(0, run.Scenarios).Select(weights.Of)];
        int scenarios = run.Scenarios, several = 0, far = 0;
        for (int account = 0; account < set.Accounts.Count; account++)
        {
            int[] own = [.. Enumerable.Range(0, subBooks.Length).Where(i => subBooks[i].Account == account)];
            double[] shortfalls = [.. own.Select(i => Shortfall(s => -table[s, i], terms.ExtremeConfidence))];
            int[] worst = [.. Enumerable.Range(0, own.Length).OrderByDescending(i => shortfalls[i]).Take(2)];
            double rest = Shortfall(s => -(whole[s, account] - worst.Sum(i => table[s, own[i]])), terms.Confidence);
            double all = Shortfall(s => -whole[s, account], terms.Confidence);
            double expected = terms.Weight * Math.Max(0, worst.Sum(i => shortfalls[i]) + (own.Length > 2 ? rest : 0) - all);
            double scale = own.Length == 0 ? 0 : shortfalls.Sum(Math.Abs) + Math.Abs(all);
            double tolerance = (set.Settings.Precision == Precision.Mixed ? 1e-5 : 1e-11) * scale;
            Assert.True(Math.Abs(expected - (double)found[account].Components["concentration"]) <= tolerance, $"{set.Accounts[account]}: {found[account].Components["concentration"]} is not {expected:R}");
            several += own.Length > 2 ? 1 : 0;
            far += expected > 0 ? 1 : 0;
        }

        output.WriteLine($"{several} books of more than two sub-books, {far} with a charge");
        Assert.True(several > set.Accounts.Count / 3);

        double Shortfall(Func<int, double> loss, decimal confidence)
        {
            double[] losses = [.. Enumerable.Range(0, scenarios).Select(loss)];
            return weights.Vary
                ? ReferenceWeightedMeasures.ExpectedShortfall(losses, weight, (double)confidence)
                : ReferenceRiskMeasures.ExpectedShortfall(losses, confidence);
        }
    }

    // Sub-books of one and of several positions that hedge each other.
    static ClearingSet Books(Precision precision, Sampling sampling, Importance importance, int accounts, ulong seed)
    {
        ClearingSet set = new VariedSet
        {
            Factors = 20,
            Instruments = 70,
            Accounts = accounts,
            Positions = 12,
            Scenarios = 320,
            Sampling = sampling,
            Importance = importance,
            Seed = seed,
        }.Build(precision);
        return set with { Policy = Policy(Confidence, Extreme) };
    }

    static MarginPolicy Policy(decimal confidence, decimal extreme) =>
        new() { Components = [new ConcentrationAddOn { Confidence = confidence, ExtremeConfidence = extreme, Weight = 1 }] };

    static double[,] Ones(int factors)
    {
        double[,] matrix = new double[factors, factors];
        for (int i = 0; i < factors * factors; i++)
        {
            matrix[i / factors, i % factors] = 1;
        }

        return matrix;
    }
}
