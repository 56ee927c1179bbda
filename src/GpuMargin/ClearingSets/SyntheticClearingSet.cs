namespace GpuMargin.ClearingSets;

/// <summary>Made-up clearing sets of any size, for trials and for measuring speed.</summary>
static class SyntheticClearingSet
{
    /// <summary>New year's first trading day, at the hour that option expiries have: whole days between them.</summary>
    static readonly DateTimeOffset s_asOf = new(2026, 1, 2, 16, 0, 0, TimeSpan.Zero);

    /// <summary>A clearing set of exactly the shape asked for. The same options give the same set on every platform.</summary>
    /// <exception cref="RefusedInputException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ClearingSet Generate(SyntheticOptions options, CancellationToken cancellation = default)
    {
        options.Validate();
        var random = new SyntheticRandom(options.Seed);
        var factors = SyntheticFactors.Draw(options.Factors, random);
        double[,] correlation = SyntheticCorrelation.Draw(factors, random, cancellation);
        var instruments = SyntheticInstruments.Draw(options.Instruments, options.OptionShare, options.Surfaces, factors, random);
        var (accounts, positions) = SyntheticPositions.Draw(options, SyntheticFactors.PriceCount(options.Factors), random, cancellation);
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = s_asOf,
                Currency = "USD",
                Copula = new Copula(CopulaFamily.StudentT, 6),
                Scenarios = options.Scenarios,
                Seed = options.Seed,
                HorizonDays = options.HorizonDays,
                Confidence = options.Confidence,
            },
            Factors = factors,
            Correlation = correlation,
            Instruments = instruments,
            Accounts = accounts,
            Positions = positions,
        };
    }
}
