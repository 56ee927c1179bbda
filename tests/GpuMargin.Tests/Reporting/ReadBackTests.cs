using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Limits;
using GpuMargin.Reporting;
using GpuMargin.RiskMeasures;
using Xunit;

namespace GpuMargin.Tests.Reporting;

/// <summary>What is written is what is read.</summary>
public sealed class ReadBackTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Breaches(bool spreadsheetSafe)
    {
        LimitBreach[] breaches =
        [
            new(LimitScope.Account, "=long, \"A\"", LimitMeasure.Requirement, LimitKind.Relative, 0.99, 1e6, 1e5, 0.1 + 0.2),
            new(LimitScope.Member, "M", LimitMeasure.ExpectedShortfall, LimitKind.Absolute, 7, 8, null, 7),
        ];

        Assert.Equal(breaches, BreachesCsv.Read(BreachesCsv.ToBytes(breaches, spreadsheetSafe), spreadsheetSafe));
        Assert.Throws<FormatException>(() => BreachesCsv.Read("scope,name\n"u8.ToArray(), false));
        Assert.Throws<FormatException>(() => BreachesCsv.Read([.. BreachesCsv.ToBytes([]), .. "house,a,margin,absolute,1,2,,1\n"u8], false));
    }

    [Fact]
    public void Trust_and_scenarios_of_margins()
    {
        AccountMargin row = new("a", 1, 2, new Estimate(3, 2, 4), new Estimate(5, 4, 6), 5);
        AccountMargin[] rows = [row with { ExpectedShortfallTrusted = false, Scenarios = 4096 }, row with { Account = "b", Scenarios = 8192 }];

        Assert.Equal(rows, MarginsCsvReader.Read(MarginsCsv.ToBytes(rows), false));
    }
}
