using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Studies;

/// <summary>Margins recomputed day by day, before anything is written.</summary>
/// <param name="Settings">Of run.json after overrides; copula and as-of time are each day's own.</param>
/// <param name="Days">The end of each day.</param>
/// <param name="Accounts">In order of first appearance in positions.csv.</param>
/// <param name="Total">All accounts together.</param>
/// <param name="Step">The response to a step in volatility; <see langword="null"/> unless asked for.</param>
/// <param name="Fits">Volatility models fitted to prices, days × factors.</param>
/// <param name="Fallbacks">Of them, those that are not of the model asked for.</param>
public sealed record RollReport(
    RunSettings Settings, IReadOnlyList<DateTimeOffset> Days, IReadOnlyList<RollPath> Accounts, RollPath Total, StepResponse? Step, int Fits, int Fallbacks)
{
    public IEnumerable<RollOption> Options => Total.Options;

    /// <summary>The drift of every day's scenarios.</summary>
    public ReturnMean Mean { get; init; }

    /// <summary>What a user should know of the policy's files.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Margin periods inside the roll, of all accounts that have such a requirement.</summary>
    public int Periods(RollOption option) => Accounts.Where(path => path.Has(option)).Sum(path => path.Periods);

    /// <summary>Periods among them whose loss was greater than what its account had to have: accounts do not help each other.</summary>
    public int Exceedances(RollOption option) => Accounts.Where(path => path.Has(option)).Sum(path => path.Exceedances(option));
}
