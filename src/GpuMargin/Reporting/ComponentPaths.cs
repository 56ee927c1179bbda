using GpuMargin.Margin;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>The components of a requirement over the days of a roll, by the names of their columns in margins.csv.</summary>
static class ComponentPaths
{
    static readonly (string Name, Converter<MarginComponents, decimal> Of)[] s_components =
    [
        ("base", parts => parts.Base), ("stressed", parts => parts.Stressed), ("floor", parts => parts.Floor), ("buffer", parts => parts.Buffer),
        ("offset", parts => parts.Offset), ("dependence", parts => parts.Dependence), ("concentration", parts => parts.Concentration),
        ("stress", parts => parts.Stress), ("liquidity", parts => parts.Liquidity), ("grid", parts => parts.Grid),
    ];

    /// <summary>Those that were ever above 0, by day; none without a policy.</summary>
    public static IReadOnlyList<(string Name, double[] Amounts)> Of(RollPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Policy is not { } policy ? [] :
        [
            .. s_components
                .Select(component => (component.Name, Amounts: policy.Components.Select(parts => (double)component.Of(parts)).ToArray()))
                .Where(component => component.Amounts.Any(amount => amount != 0)),
        ];
    }
}
