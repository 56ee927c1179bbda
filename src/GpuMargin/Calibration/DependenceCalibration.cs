using GpuMargin.Calibration.Dependence;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration;

/// <summary>The copula of the factors' innovations as the scenarios will use it, and how it came about.</summary>
public sealed record DependenceCalibration
{
    /// <summary>Symmetric with unit diagonal, positive semi-definite; [factor, factor].</summary>
    public required double[,] Correlation { get; init; }

    public required Copula Copula { get; init; }

    /// <summary>The t copula, fitted also when it is not used.</summary>
    public required StudentTCopulaFit Fit { get; init; }

    /// <summary>How the static matrix was made positive semi-definite.</summary>
    public required CorrelationRepair Repair { get; init; }

    /// <summary><see langword="null"/> when nothing was shrunk.</summary>
    public LedoitWolfShrinkage? Shrinkage { get; init; }

    /// <summary><see langword="null"/> unless asked for; its forecast, shrunk like the static matrix, is <see cref="Correlation"/>.</summary>
    public DynamicCorrelation? Dynamic { get; init; }

    /// <summary><see langword="null"/> unless asked for and a volatility factor is a proxy.</summary>
    public AssumedLeverage? Leverage { get; init; }

    /// <summary>Places of the factors whose ties count: their correlations are those of the copula behind the discrete data.</summary>
    public IReadOnlyList<int> TiedFactors { get; init; } = [];

    /// <summary>Places of the tied factors that ν is not taken from; empty when it is taken from classes of all factors' ranks.</summary>
    public IReadOnlyList<int> CoarseFactors { get; init; } = [];

    /// <summary>What was not as asked for, in words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Fits correlation and copula to de-volatilised returns.</summary>
    /// <param name="residuals">[day, factor], standardised.</param>
    /// <exception cref="ArgumentException">Fewer than twenty days, no factor, a value that is not finite, or a constant factor.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <remarks>
    /// ν is fitted to the residuals' ranks given the static matrix; with a dynamic one it is kept, because ranks of a sample whose
    /// correlation moves say more about a constant ν than about any one day's matrix.
    /// </remarks>
    public static DependenceCalibration Calibrate(double[,] residuals, CalibrationOptions options, CancellationToken cancellation = default) =>
        Calibrate(residuals, residuals, options, cancellation);

    /// <param name="moves">[day, factor]: what was observed, such as changes of prices; equal moves are ties, see <see cref="TiedSample"/>.</param>
    /// <inheritdoc cref="Calibrate(double[,], CalibrationOptions, CancellationToken)"/>
    internal static DependenceCalibration Calibrate(double[,] residuals, double[,] moves, CalibrationOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(moves);
        ArgumentNullException.ThrowIfNull(options);
        double[,] uniforms = PseudoObservations.Of(residuals);
        TiedSample sample = TiedSample.Of(residuals, moves);
        double[,] rank = KendallTau.ToCorrelation(KendallTau.Matrix(sample.HasTies ? sample.Values : uniforms, cancellation));
        LedoitWolfShrinkage? shrinkage = Shrinks(residuals, options) ? LedoitWolfShrinkage.OfRows(StudentTScores.NormalScores(uniforms)) : null;
        CorrelationRepair Repaired(double[,] correlation) => CorrelationRepair.Of(shrinkage?.Apply(correlation) ?? correlation, cancellation);
        TiedCopulaFit? tied = sample.HasTies ? TiedCopulaFit.Of(sample, rank, options.Copula, Repaired, cancellation) : null;
        CorrelationRepair repair = tied?.Repair ?? Repaired(rank);
        StudentTCopulaFit fit = tied?.Fit ?? StudentTCopulaFit.OfRanks(residuals, repair.Matrix, cancellation);
        DynamicCorrelation? dynamic = options.Correlation == CorrelationModel.Dynamic ? DynamicCorrelation.Fit(residuals, cancellation) : null;
        List<string> warnings = [.. MatrixWarnings(repair, shrinkage, residuals), .. fit.Warnings, .. dynamic?.Warnings ?? []];
        return new DependenceCalibration
        {
            Correlation = dynamic is null ? repair.Matrix : shrinkage?.Apply(dynamic.Forecast) ?? dynamic.Forecast,
            Copula = Choose(fit, options.Copula, warnings),
            Fit = fit,
            Repair = repair,
            Shrinkage = shrinkage,
            Dynamic = dynamic,
            TiedFactors = [.. sample.Places(sample.IsTied)],
            CoarseFactors = tied?.CoarseFactors ?? [],
            Warnings = warnings,
        };
    }

    static bool Shrinks(double[,] residuals, CalibrationOptions options) => residuals.GetLength(1) > 1 && options.Shrinkage switch
    {
        CorrelationShrinkage.LedoitWolf => true,
        CorrelationShrinkage.Auto => residuals.GetLength(1) >= residuals.GetLength(0),
        _ => false,
    };

    static Copula Choose(StudentTCopulaFit fit, CopulaChoice choice, List<string> warnings)
    {
        bool studentT = choice == CopulaChoice.StudentT || (choice == CopulaChoice.Auto && fit.Family == CopulaFamily.StudentT);
        if (studentT && double.IsNaN(fit.DegreesOfFreedom))
        {
            warnings.Add("The degrees of freedom of a t copula cannot be told from this history: the copula is Gaussian.");
            studentT = false;
        }

        return studentT ? new Copula(CopulaFamily.StudentT, fit.DegreesOfFreedom) : new Copula(CopulaFamily.Gaussian, double.PositiveInfinity);
    }

    static IEnumerable<string> MatrixWarnings(CorrelationRepair repair, LedoitWolfShrinkage? shrinkage, double[,] residuals)
    {
        if (shrinkage is not null)
        {
            yield return FormattableString.Invariant(
                $"The correlation matrix of {residuals.GetLength(1)} factors and {residuals.GetLength(0)} days is shrunk towards the mean correlation {shrinkage.MeanCorrelation:0.####} with weight {shrinkage.Intensity:0.####} (Ledoit and Wolf 2004).");
        }

        if (repair.IsRepaired)
        {
            string used = repair.Converged ? "the nearest correlation matrix" : "a correlation matrix near it (the iterations did not converge)";
            yield return FormattableString.Invariant(
                $"The matrix of sin(pi tau/2) is not positive semi-definite (smallest eigenvalue {repair.SmallestEigenvalue:G4}): {used} is used, at Frobenius distance {repair.Distance:G4} (Higham 2002).");
        }
    }
}
