using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>Answers by kept scenarios against runs of the changed set.</summary>
public sealed class WarmWhatIfTests
{
    /// <summary>Random changes a set: a seeded tenth of a thousand over all sets, or all of them.</summary>
    static readonly int s_changes = Environment.GetEnvironmentVariable("GPUMARGIN_LONG") == "1" ? 100 : 10;

    static readonly Func<ClearingSet>[] s_sets =
    [
        () => new VariedSet().Build(Precision.Mixed),
        () => new VariedSet { Factors = 10, Curves = true, OnFutures = true, Additive = true, Ageing = Ageing.Horizon }.Build(Precision.Double),
        () => new VariedSet { Copula = VariedSet.Gaussian, Sampling = Sampling.Sobol }.Build(Precision.Mixed),
        () => new VariedSet { Importance = Importance.On, American = true, Instruments = 16, Scenarios = 128 }.Build(Precision.Double),
        () => new VariedSet { Factors = 10, Surfaces = true, Curves = true, Instruments = 24 }.Build(Precision.Double),
        () => new VariedSet { Instruments = 1500, Sampling = Sampling.Sobol }.Build(Precision.Mixed),
        () => PolicySet.Build(PolicySet.EveryComponent),
        () => PolicySet.Build(PolicySet.EveryComponent, new VariedSet { Factors = 10, Sampling = Sampling.Sobol }),
        () => OnePeriod(new VariedSet { Importance = Importance.On }),
        () => OnePeriod(new VariedSet { American = true, Instruments = 16, Scenarios = 256 }),
    ];

    public static TheoryData<int> Sets => [.. Enumerable.Range(0, s_sets.Length)];

    // Every component; collateral is cash, and all classes are read at the horizon.
    static ClearingSet OnePeriod(VariedSet varied)
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent, varied);
        return set with
        {
            Policy = set.Policy! with { Base = new BaseMargin(), Collateral = set.Policy.Collateral with { Valuation = CollateralValuation.Haircut } },
            Collateral = [.. set.Collateral.Where(holding => holding.Factor < 0)],
        };
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Random_changes_have_the_bits_of_a_run_of_the_changed_set(int kind)
    {
        ClearingSet set = s_sets[kind]();
        CpuBackend backend = new(1);
        WarmWhatIf warm = WarmWhatIf.Of(set, backend);
        Assert.Equal(MarginsCsv.ToBytes(MarginCalculator.Calculate(set, backend)), MarginsCsv.ToBytes(warm.Margins));
        Random random = new(kind);
        for (int i = 0; i < s_changes; i++)
        {
            ClearingSetChange change = RandomChange(set, random, shocked: i == 1);

            WarmAnswer answer = warm.Answer(change);

            ClearingSet changed = change.ApplyTo(set);
            MarginReport full = MarginCalculator.Calculate(changed, backend);
            HashSet<string> named = [.. change.Trades.Select(trade => trade.Account), .. change.Collateral.Select(move => move.Account)];
            IReadOnlyList<MarginChange> expected = MarginChange.Of(changed, warm.Margins.Accounts, full.Accounts, named);
            Assert.Equal(expected.Select(change => change.NettingSet).Order(StringComparer.Ordinal), answer.NettingSets.Select(change => change.NettingSet).Order(StringComparer.Ordinal));
            foreach (MarginChange each in expected)
            {
                MarginChange found = Assert.Single(answer.NettingSets, other => other.NettingSet == each.NettingSet);
                Assert.Equal(Bytes(full, each.Accounts.Select(account => account.Before)), Bytes(full, found.Accounts.Select(account => account.Before)));
                Assert.Equal(Bytes(full, each.Accounts.Select(account => account.After)), Bytes(full, found.Accounts.Select(account => account.After)));
            }
        }
    }

    static string Bytes(MarginReport report, IEnumerable<AccountMargin?> accounts) => Convert.ToHexString(
        [.. MarginsCsv.ToBytes(report with { Accounts = [.. accounts.OfType<AccountMargin>()] }), .. MarginsJson.ToBytes(report with { Accounts = [.. accounts.OfType<AccountMargin>()] })]);

    static ClearingSetChange RandomChange(ClearingSet set, Random random, bool shocked)
    {
        RiskFactor[] levels = [.. set.Factors.Where(factor => factor.Kind is RiskFactorKind.Price || (factor.Kind is RiskFactorKind.Volatility && set.Instruments.All(instrument => instrument.Surface is null)))];
        return new ClearingSetChange
        {
            Trades =
            [
                .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Trade(set.Accounts[random.Next(set.Accounts.Count)])),
                .. Enumerable.Range(0, random.Next(2)).Select(i => Trade($"new {i}")),
            ],
            Collateral = set.Policy is null || random.Next(2) == 0 ? [] : [new CollateralMove(set.Accounts[random.Next(set.Accounts.Count)], "USD", random.Next(900) / 8.0)],
            Shocks = shocked ? [new LevelShock(levels[random.Next(levels.Length)].Name, random.NextDouble() / 5 - 0.1)] : [],
        };

        Trade Trade(string account) => new(account, set.Instruments[random.Next(set.Instruments.Count)].Name, random.Next(1, 41) / 8.0 - 6);
    }

    [Fact]
    public void Only_named_netting_sets_are_valued_where_books_read_what_accounts_do()
    {
        ClearingSet set = OnePeriod(new VariedSet());
        WarmWhatIf warm = WarmWhatIf.Of(set, new CpuBackend(1));

        WarmAnswer answer = warm.Answer(new ClearingSetChange { Trades = [new Trade(set.Accounts[1], set.Instruments[0].Name, 2)] });

        Assert.False(answer.IsFullRun);
        Assert.Single(answer.NettingSets);
    }

    [Fact]
    public void Other_levels_are_a_full_run()
    {
        ClearingSet set = new VariedSet().Build(Precision.Mixed);

        Assert.True(WarmWhatIf.Of(set, new CpuBackend(1)).Answer(new ClearingSetChange { Shocks = [new LevelShock(set.Factors[0].Name, 0.1)] }).IsFullRun);
    }

    [Fact]
    public void Kept_memory_is_told_and_refused_above_its_bound()
    {
        ClearingSet set = new VariedSet().Build(Precision.Mixed);
        long bytes = WarmWhatIf.Of(set, new CpuBackend(1)).KeptBytes;
        Assert.Equal(8L * set.Settings.Scenarios * MarginCalculator.Plan(set).ShockRows.Count, bytes);

        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => WarmWhatIf.Of(set, new CpuBackend(1), bytes - 1)).Faults);
        Assert.Equal(nameof(RunSettings.Scenarios), fault.Column);
        Assert.Equal(set.Settings.Scenarios.ToString(CultureInfo.InvariantCulture), fault.Found);
        Assert.Equal(bytes, WarmWhatIf.Of(set, new CpuBackend(1), bytes).KeptBytes);
    }

    [Fact]
    public void A_target_error_and_unknown_names_are_refused()
    {
        ClearingSet set = new VariedSet().Build(Precision.Mixed);
        Assert.Equal("TargetError", Assert.Single(Assert.Throws<RefusedInputException>(() => WarmWhatIf.Of(new VariedSet { TargetError = 0.2m }.Build(Precision.Double), new CpuBackend(1))).Faults).Column);

        WarmWhatIf warm = WarmWhatIf.Of(set, new CpuBackend(1));
        Fault fault = Assert.Single(Assert.Throws<RefusedInputException>(() => warm.Answer(new ClearingSetChange { Trades = [new Trade(set.Accounts[0], "NONE", 1)] })).Faults);
        Assert.Equal("instrument", fault.Column);
    }
}
