namespace GpuMargin.ClearingSets.Policy;

/// <summary>The risk measure that the other components build on.</summary>
public sealed record BaseMargin
{
    public RiskMeasure Measure { get; init; } = RiskMeasure.ExpectedShortfall;

    /// <summary>0.5 ≤ α &lt; 1; <see langword="null"/>: that of the run.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>Days by product class, from 1; the entry <see cref="DefaultClass"/> is for every class without one. Empty: <see cref="RunSettings.HorizonDays"/> for all.</summary>
    /// <remarks>
    /// Paths have the days of the longest period; every class is read at the end of its own, fully revalued, in the same scenarios
    /// (EMIR RTS Art. 26: liquidation periods by class of instrument).
    /// </remarks>
    public IReadOnlyDictionary<string, int> MarginPeriodOfRisk { get; init; } = new Dictionary<string, int>();

    /// <summary>The class of an instrument without product_class.</summary>
    public const string DefaultClass = "default";

    /// <param name="productClass"><see cref="Instrument.ProductClass"/>.</param>
    /// <returns>Margin period of risk in days.</returns>
    public int Days(string productClass, int horizonDays) =>
        MarginPeriodOfRisk.TryGetValue(productClass, out int days) || MarginPeriodOfRisk.TryGetValue(DefaultClass, out days) ? days : horizonDays;
}

public enum RiskMeasure
{
    ExpectedShortfall,
    ValueAtRisk,
}
