using GpuMargin.Margin;

namespace GpuMargin.Studies;

/// <summary>What a policy required of a netting set, or of all together, over the days of a roll; arrays by day, run currency.</summary>
public sealed record PolicyPath
{
    /// <summary>Requirements by day; empty for all netting sets together.</summary>
    public IReadOnlyList<Requirement> Days { get; private init; } = [];

    public required IReadOnlyList<ComponentAmounts> Components { get; init; }

    public required double[] Required { get; init; }

    /// <summary>P&amp;L of the netting set's positions over the margin period that ends on the day, gain &gt; 0; NaN where it began before the roll.</summary>
    public required double[] ProfitAndLoss { get; init; }

    internal static PolicyPath Of(IReadOnlyList<Requirement> days, double[] profitAndLoss) => new()
    {
        Days = days,
        Components = [.. days.Select(day => day.Components)],
        Required = [.. days.Select(day => (double)day.Required)],
        ProfitAndLoss = profitAndLoss,
    };

    /// <summary>Sums of decimals, exact.</summary>
    internal static PolicyPath Sum(IReadOnlyList<PolicyPath> paths, double[] profitAndLoss)
    {
        int days = profitAndLoss.Length;
        return new PolicyPath
        {
            Components = [.. Enumerable.Range(0, days).Select(day => ComponentAmounts.Sum(paths[0].Components[day].Lines, paths.Select(path => path.Components[day])))],
            Required = [.. Enumerable.Range(0, days).Select(day => (double)paths.Sum(path => path.Days[day].Required))],
            ProfitAndLoss = profitAndLoss,
        };
    }
}
