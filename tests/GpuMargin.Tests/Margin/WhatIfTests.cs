using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Changes;
using GpuMargin.Margin;
using GpuMargin.Reporting;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Cli;
using Xunit;

namespace GpuMargin.Tests.Margin;

/// <summary>What-if against a run of the changed set, written to disk and read back.</summary>
public sealed class WhatIfTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<int> Sets => [.. Enumerable.Range(0, s_sets.Length)];

    static readonly Func<ClearingSet>[] s_sets =
    [
        () => new VariedSet().Build(Precision.Mixed),
        () => new VariedSet { Factors = 10, Curves = true, OnFutures = true, Additive = true, Ageing = Ageing.Horizon }.Build(Precision.Double),
        () => new VariedSet { Copula = VariedSet.Gaussian, Sampling = Sampling.Sobol }.Build(Precision.Mixed),
        () => new VariedSet { Importance = Importance.On, American = true, Instruments = 16, Scenarios = 128 }.Build(Precision.Double),
        () => new VariedSet { Factors = 10, Surfaces = true, Curves = true, Instruments = 24 }.Build(Precision.Double),
        () => new VariedSet { TargetError = 0.2m, MaxScenarios = 2048 }.Build(Precision.Double),
        () => PolicySet.Build(PolicySet.EveryComponent),
        () => PolicySet.Build(PolicySet.EveryComponent, new VariedSet { Factors = 10, Sampling = Sampling.Sobol }),
    ];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Random_changes_give_the_bits_of_a_run_of_the_changed_files(int kind)
    {
        ClearingSetFiles.Write(s_sets[kind](), folder["set"]);
        ClearingSet set = ClearingSetFiles.Read(folder["set"]);
        CpuBackend backend = new(1);
        Random random = new(kind);
        for (int i = 0; i < 3; i++)
        {
            ClearingSet changed = RandomChange(set, random, shocked: i == 2).ApplyTo(set);
            WhatIf answer = WhatIf.Of(set, changed, backend);

            string written = folder[$"changed {i}"];
            ClearingSetFiles.Write(changed, written);
            ClearingSet read = ClearingSetFiles.Read(written);
            Assert.Equal(changed.Accounts, read.Accounts);
            AssertSame(MarginCalculator.Calculate(read, backend), answer.After);
            AssertSame(MarginCalculator.Calculate(set, backend), answer.Before);
            Assert.NotEqual(answer.Before.ProfitAndLossSha256, answer.After.ProfitAndLossSha256);
        }
    }

    static ClearingSetChange RandomChange(ClearingSet set, Random random, bool shocked)
    {
        RiskFactor[] levels = [.. set.Factors.Where(factor => factor.Kind is RiskFactorKind.Price || (factor.Kind is RiskFactorKind.Volatility && set.Instruments.All(instrument => instrument.Surface is null)))];
        random.Shuffle(levels);
        return new ClearingSetChange
        {
            Trades =
            [
                .. Enumerable.Range(0, 4).Select(_ => Trade(set.Accounts[random.Next(set.Accounts.Count)])),
                .. Enumerable.Range(0, random.Next(3)).Select(i => Trade($"new, \"{i}\"")),
            ],
            Collateral = set.Policy is null ? [] : [new CollateralMove(set.Accounts[0], "USD", -random.Next(900)), new CollateralMove(set.Accounts[4], "USD", random.Next(900) / 8.0)],
            Shocks = shocked ? [.. levels.Take(3).Select(factor => new LevelShock(factor.Name, random.NextDouble() / 5 - 0.1))] : [],
        };

        Trade Trade(string account) => new(account, set.Instruments[random.Next(set.Instruments.Count)].Name, random.Next(1, 41) / 8.0 - 6);
    }

    static void AssertSame(MarginReport expected, MarginReport found)
    {
        Assert.Equal(expected.ProfitAndLossSha256, found.ProfitAndLossSha256);
        Assert.Equal(MarginsCsv.ToBytes(expected), MarginsCsv.ToBytes(found));
        Assert.Equal(MarginsJson.ToBytes(expected), MarginsJson.ToBytes(found));
        Assert.Equal(expected.Warnings, found.Warnings);
        Assert.Equal(expected.MissedTarget, found.MissedTarget);
    }

    [Fact]
    public void A_changed_netting_set_is_one_that_is_named_or_whose_amounts_differ()
    {
        ClearingSet set = PolicySet.Build(PolicySet.EveryComponent);
        ClearingSet changed = new ClearingSetChange
        {
            Trades = [new Trade("A2", "I1", 3), new Trade("A2", "I1", 2), new Trade("A5", "I3", 0)],
            Collateral = [new CollateralMove("A3", "JPY", 10)],
        }.ApplyTo(set);
        WhatIf answer = WhatIf.Of(set, changed, new CpuBackend(1));

        IReadOnlyList<MarginChange> moved = MarginChange.Of(changed, answer.Before.Accounts, answer.After.Accounts, new HashSet<string> { "A5" });

        Assert.Equal(["shared", "A3", "A5"], moved.Select(change => change.NettingSet));
        Assert.Equal(["A0", "A2"], moved[0].Accounts.Select(account => account.After.Account));
        Assert.Equal(moved[1].Before!.Required, moved[1].After!.Required);
        Assert.NotEqual(moved[1].Before!.Collateral, moved[1].After!.Collateral);
    }
}
