using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.Backends;

public sealed class CutRunTests
{
    static readonly CpuBackend s_backend = new();

    static ValuationRun Run(int accounts = 7) => MarginCalculator.Plan(new VariedSet { Accounts = accounts, Scenarios = 700 }.Build(Precision.Mixed));

    [Theory]
    [InlineData(Fingerprint.Sha256Leaves, 2 * 11 * 32)]
    [InlineData(Fingerprint.XxhLeaves, 11 * 32)]
    public void Digests_are_kept_where_they_are_asked_for_only(Fingerprint kind, int bytes)
    {
        ValuationRun run = Run(accounts: 70) with { Fingerprint = kind };
        Assert.True(s_backend.Run(run).Digests.IsEmpty);
        Assert.Equal(bytes, s_backend.Run(run with { KeepsDigests = true }).Digests.Length);
    }

    [Fact]
    public void Tails_longer_than_a_part_merge_too()
    {
        ValuationRun run = Run() with { TailLength = 400 };
        IReadOnlyList<ValuationRun> parts = run.Cut(11);
        EngineResult whole = s_backend.Run(run);
        new ExpectedResult([.. whole.Tails], whole.ProfitAndLossSha256).AssertSame(CutRun.Merge(parts, [.. parts.Select(part => s_backend.Run(part))]), "eleven parts");
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        IReadOnlyList<ValuationRun> parts = Run().Cut(2);
        EngineResult[] results = [.. parts.Select(part => s_backend.Run(part))];
        Assert.Throws<ArgumentException>(() => CutRun.Merge([parts[1], parts[0]], [results[1], results[0]]));
        Assert.Throws<ArgumentException>(() => CutRun.Merge(parts, [results[0], s_backend.Run(parts[1] with { KeepsDigests = false })]));
        Assert.Throws<ArgumentException>(() => CutRun.Merge(parts, [results[0], s_backend.Run(parts[1] with { Positions = parts[1].Positions.Select([1, 2]) })]));
    }
}
