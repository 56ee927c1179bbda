using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

static class SetEquality
{
    /// <summary>Equal in everything that a margin depends on; the files' fingerprints may differ.</summary>
    public static void AssertSame(ClearingSet expected, ClearingSet actual)
    {
        Assert.Equal(expected.Settings with { Fx = actual.Settings.Fx }, actual.Settings);
        Assert.Equal(expected.Settings.Fx, actual.Settings.Fx);
        Assert.Equal(expected.Factors.Select(WithoutResiduals), actual.Factors.Select(WithoutResiduals));
        Assert.Equal(expected.Factors.Select(factor => factor.Residuals), actual.Factors.Select(factor => factor.Residuals));
        Assert.Equal(expected.Correlation, actual.Correlation);
        Assert.Equal(expected.Instruments, actual.Instruments);
        Assert.Equal(expected.Accounts, actual.Accounts);
        Assert.Equal(expected.Positions.Account, actual.Positions.Account);
        Assert.Equal(expected.Positions.Instrument, actual.Positions.Instrument);
        Assert.Equal(expected.Positions.Quantity, actual.Positions.Quantity);
        Assert.Equal(expected.Warnings, actual.Warnings);
    }

    static readonly double[] NoResiduals = [];

    static RiskFactor WithoutResiduals(RiskFactor factor) => factor with { Residuals = NoResiduals };
}
