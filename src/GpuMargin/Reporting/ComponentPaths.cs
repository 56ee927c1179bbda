using GpuMargin.Margin;
using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>The components of a requirement over the days of a roll, by the names of their columns in margins.csv.</summary>
static class ComponentPaths
{
    /// <summary>Those that were ever above 0, by day; none without a policy.</summary>
    public static IReadOnlyList<(string Name, double[] Amounts)> Of(RollPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Policy is not { Components: [var first, ..] days } ? [] :
        [
            .. first.Lines.Select(line => line.Column).Where(column => column is not (RequirementLine.Model or RequirementLine.Calculated))
                .Select(column => (Name: column, Amounts: days.Select(parts => (double)parts[column]).ToArray()))
                .Where(component => component.Amounts.Any(amount => amount != 0)),
        ];
    }
}
