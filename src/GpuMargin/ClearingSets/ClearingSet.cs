using GpuMargin.ClearingSets.Policy;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.ClearingSets;

/// <summary>One margin run's input, with names resolved to indices: read from a folder, or built in memory.</summary>
public sealed record ClearingSet
{
    public required RunSettings Settings { get; init; }

    public required IReadOnlyList<RiskFactor> Factors { get; init; }

    /// <summary>Copula correlation, symmetric with unit diagonal and positive semi-definite; [factor, factor].</summary>
    public required double[,] Correlation { get; init; }

    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Account names in order of first appearance in positions.csv, then those of accounts.csv that hold no position.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    public required PositionTable Positions { get; init; }

    /// <summary><see langword="null"/> without policy.json: the margin is the expected shortfall alone.</summary>
    public MarginPolicy? Policy { get; init; }

    /// <summary>One per entry of <see cref="Accounts"/>; empty without accounts.csv: every account is its own netting set, mode cross.</summary>
    public IReadOnlyList<AccountTerms> AccountTerms { get; init; } = [];

    /// <summary>The rows of collateral.csv in file order; rows of the same account and asset add up.</summary>
    public IReadOnlyList<CollateralHolding> Collateral { get; init; } = [];

    public LiquidityTable Liquidity { get; init; } = LiquidityTable.Empty;

    public StressSet Stress { get; init; } = new();

    /// <summary>The rows of limits.csv in file order.</summary>
    public IReadOnlyList<MarginLimit> Limits { get; init; } = [];

    /// <summary>Fits of smiles to quotes, where smiles.csv has quotes.</summary>
    public IReadOnlyList<SmileFit> SmileFits { get; init; } = [];

    /// <summary>The files read, ordered by name; empty for a set built in memory.</summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];

    /// <summary>What a reader of the run record should know, such as a repaired correlation matrix.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What a reader checked; <see langword="null"/> for a set built in memory.</summary>
    internal ReadParts? Read { get; init; }

    /// <summary>Checks the set by the rules of the files; the calculation does so first. What was read is not checked again.</summary>
    /// <exception cref="RefusedInputException">The set breaks a rule; lists every fault with the property that is at fault.</exception>
    public void Validate() => Validate(CancellationToken.None);

    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <inheritdoc cref="Validate()"/>
    public void Validate(CancellationToken cancellation)
    {
        if (SetValidator.Faults(this, cancellation) is { Count: > 0 } faults)
        {
            throw new RefusedInputException(faults);
        }
    }
}
