using System.Text.Json;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
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
        AssertSamePolicy(expected, actual);
    }

    static void AssertSamePolicy(ClearingSet expected, ClearingSet actual)
    {
        // A record compares its collections by reference; as JSON their contents are compared, those of dictionaries in any order.
        JsonNode? written = Node(actual.Policy);
        Assert.True(JsonNode.DeepEquals(Node(expected.Policy), written), written?.ToJsonString());
        Assert.Equal(expected.AccountTerms, actual.AccountTerms);
        Assert.Equal(expected.Collateral, actual.Collateral);
        Assert.Equal(expected.Liquidity.Rows, actual.Liquidity.Rows);
        Assert.Equal(expected.Liquidity.RowOfInstrument, actual.Liquidity.RowOfInstrument);
        Assert.Equal(expected.Limits, actual.Limits);
        Assert.Equal(JsonSerializer.Serialize(expected.Stress.Moves), JsonSerializer.Serialize(actual.Stress.Moves));
        Assert.Equal(expected.Stress.Model is null, actual.Stress.Model is null);
        if (expected.Stress.Model is { } model)
        {
            Assert.Equal(model.Factors.Select(WithoutResiduals), actual.Stress.Model!.Factors.Select(WithoutResiduals));
            Assert.Equal(model.Factors.Select(factor => factor.Residuals), actual.Stress.Model.Factors.Select(factor => factor.Residuals));
            Assert.Equal(model.Correlation, actual.Stress.Model.Correlation);
            Assert.Equal(model.Copula, actual.Stress.Model.Copula);
        }
    }

    // Terms are compared by their own properties, in any order.
    static JsonObject? Node(MarginPolicy? policy) => policy is null ? null : new JsonObject
    {
        ["fixed"] = JsonSerializer.SerializeToNode(policy with { Components = [] }),
        ["components"] = new JsonObject(policy.Components.Select(terms => KeyValuePair.Create(terms.GetType().Name, JsonSerializer.SerializeToNode(terms, terms.GetType())))),
    };

    static readonly double[] s_noResiduals = [];

    static RiskFactor WithoutResiduals(RiskFactor factor) => factor with { Residuals = s_noResiduals };
}
