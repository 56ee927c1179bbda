using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Settings as far as they could be read.</summary>
sealed record RunDraft
{
    public DateTimeOffset? AsOf { get; init; }

    public string? Currency { get; init; }

    /// <summary>Currencies that fx names, whether or not its entries are sound; <see langword="null"/> when fx could not be read.</summary>
    public IReadOnlySet<string>? FxCurrencies { get; init; }

    public IReadOnlyList<FxEntry> Fx { get; init; } = [];

    /// <summary>Everything else; meaningful when there are no faults.</summary>
    public required RunSettings Settings { get; init; }

    public RunSettings ToSettings() => Settings with
    {
        AsOf = AsOf!.Value,
        Currency = Currency!,
        Fx = Fx.ToDictionary(entry => entry.Currency, entry => entry.Rate),
    };

    /// <summary>Every entry of fx names a price factor.</summary>
    public void CheckFx(FactorTable factors, FaultList faults)
    {
        foreach (FxEntry entry in Fx)
        {
            string name = entry.Rate.Factor;
            factors.Resolve(System.Text.Encoding.UTF8.GetBytes(name), name, RiskFactorKind.Price, faults, out string? expected);
            if (expected is not null)
            {
                faults.Add(RunReader.FileName, entry.Line, $"fx.{entry.Currency}", entry.Rate.Reciprocal ? FxEntry.ReciprocalPrefix + name : name, expected);
            }
        }
    }
}

/// <summary>One entry of fx.</summary>
readonly record struct FxEntry(string Currency, FxRate Rate, int Line)
{
    public const string ReciprocalPrefix = "1/";
}
