using GpuMargin.ClearingSets;
using GpuMargin.Numerics.Estimation;

namespace GpuMargin.Calibration.Dependence;

/// <summary>A t copula fitted to uniforms: correlation by Kendall's τ, degrees of freedom by maximum likelihood given it, Gaussian when it wins by BIC.</summary>
/// <remarks>
/// Demarta and McNeil (2005, Int. Statist. Rev. 73, 111–129) and McNeil, Frey and Embrechts (2015, section 7.5).
/// The likelihood is that of all factors while there are <see cref="DaysPerFactor"/> days per factor and the correlation matrix is regular;
/// otherwise a matrix inverse would be mostly noise and the composite likelihood of pairs is used (all pairs up to 50 factors, neighbours beyond).
/// </remarks>
public sealed record StudentTCopulaFit
{
    /// <summary>Bounds of ν: a run asks for more than 2, and beyond the upper one a t copula is Gaussian for every margin's purpose.</summary>
    public const double SmallestDegreesOfFreedom = 2.01, LargestDegreesOfFreedom = 500;

    /// <summary>Fewest days that are fitted.</summary>
    public const int DaysAtLeast = 20;

    /// <summary>Days per factor below which the likelihood of pairs is used: the noise of the matrix inverse moves ν upwards, at 20 days per factor by 2.7 standard errors, at 50 by 0.7 (ν = 5, 20 to 40 samples).</summary>
    public const int DaysPerFactor = 50;

    /// <summary>Accuracy of ln ν, far below its standard error of about 1/√n.</summary>
    const double Tolerance = 1e-5;

    /// <summary>Step of the profile's second difference, in ln ν.</summary>
    const double CurvatureStep = 0.02;

    /// <summary>The better family by BIC: the t copula has one parameter more.</summary>
    public required CopulaFamily Family { get; init; }

    /// <summary>[factor, factor], positive semi-definite.</summary>
    public required double[,] Correlation { get; init; }

    /// <summary>How far the matrix of sin(πτ/2), shrunk or not, was moved to be positive semi-definite; null when the correlation was given.</summary>
    public CorrelationRepair? Repair { get; init; }

    /// <summary>Shrinkage of the normal scores, applied to sin(πτ/2); null unless factors outnumber days.</summary>
    public LedoitWolfShrinkage? Shrinkage { get; init; }

    /// <summary>ν of the t copula, also when the Gaussian wins; NaN when the sample does not identify it.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>Standard error of ν, robust (sandwich of the profile's curvature and the days' scores, with the ranks' part for <see cref="OfRanks"/>), the correlation taken as known; NaN on a bound.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>Standard error of ν from the profile's curvature alone; NaN on a bound and for a composite likelihood.</summary>
    public double CurvatureStandardError { get; init; } = double.NaN;

    /// <summary>Log-likelihood at ν; a composite one is the sum over <see cref="Pairs"/> pairs.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>Log-likelihood of the Gaussian copula with the same correlation.</summary>
    public double GaussianLogLikelihood { get; init; }

    /// <summary>Pairs of a composite likelihood; 0 when the likelihood is that of all factors.</summary>
    public int Pairs { get; init; }

    /// <summary>What a user should know about the fit.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Fits ν and, unless given, the correlation to the ranks of a sample; the standard error of ν knows that the margins are estimated.</summary>
    /// <param name="sample">[day, factor], finite, on any scale.</param>
    /// <param name="correlation">Positive semi-definite with unit diagonal; by default sin(πτ/2), shrunk when factors outnumber days, repaired if need be.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="DaysAtLeast"/> days, no factor, a value that is not finite, or a constant factor.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static StudentTCopulaFit OfRanks(double[,] sample, double[,]? correlation = null, CancellationToken cancellation = default)
    {
        SampleCheck.Require(sample, DaysAtLeast);
        return Of(PseudoObservations.Of(sample), areRanks: true, correlation, cancellation);
    }

    /// <summary>Fits ν and, unless given, the correlation to uniforms of known margins.</summary>
    /// <param name="uniforms">[day, factor], in (0, 1): the probability transform of fitted margins, whose estimation error the standard error of ν leaves out.</param>
    /// <param name="correlation">Positive semi-definite with unit diagonal; by default sin(πτ/2) of the uniforms, shrunk when factors outnumber days, repaired if need be.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="DaysAtLeast"/> days, no factor, a value outside (0, 1), or a constant factor.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static StudentTCopulaFit Of(double[,] uniforms, double[,]? correlation = null, CancellationToken cancellation = default)
    {
        SampleCheck.Require(uniforms, DaysAtLeast);
        SampleCheck.RequireUniforms(uniforms);
        return Of(uniforms, areRanks: false, correlation, cancellation);
    }

    /// <summary>Fits ν to classes of ranks; every pair of factors has the correlation that fits it best.</summary>
    /// <param name="correlation">Near the best; it becomes <see cref="Correlation"/>.</param>
    /// <remarks>The standard error takes the classes' bounds as known.</remarks>
    internal static StudentTCopulaFit OfClasses(IReadOnlyList<RankClasses> classes, double[,] correlation, CancellationToken cancellation)
    {
        ClassDensity density = new(classes, correlation);
        return density.Pairs > 0 ? Fit(density, density.Pairs, null, correlation, cancellation) : Degenerate(correlation);
    }

    static StudentTCopulaFit Of(double[,] uniforms, bool areRanks, double[,]? correlation, CancellationToken cancellation)
    {
        double[][] scores = StudentTScores.NormalScores(uniforms);
        if (correlation is not null)
        {
            return OfCorrelation(scores, uniforms, areRanks, correlation, cancellation);
        }

        double[,] ofTau = KendallTau.ToCorrelation(KendallTau.Matrix(uniforms, cancellation));
        LedoitWolfShrinkage? shrinkage = uniforms.GetLength(1) > scores.Length ? LedoitWolfShrinkage.OfRows(scores) : null;
        CorrelationRepair repair = CorrelationRepair.Of(shrinkage?.Apply(ofTau) ?? ofTau, cancellation);
        return OfCorrelation(scores, uniforms, areRanks, repair.Matrix, cancellation) with { Repair = repair, Shrinkage = shrinkage };
    }

    static StudentTCopulaFit OfCorrelation(double[][] scores, double[,] uniforms, bool areRanks, double[,] correlation, CancellationToken cancellation)
    {
        int factors = correlation.GetLength(0);
        if (scores.Length >= (long)DaysPerFactor * factors && factors > 1 && CorrelationFactor.TryOf(correlation) is { } factor)
        {
            return Fit(new CopulaDensity(scores, factor), 0, areRanks ? uniforms : null, correlation, cancellation);
        }

        PairSet pairs = new(correlation);
        return pairs.Count > 0
            ? Fit(new PairCopulaDensity(scores, pairs), pairs.Count, areRanks ? uniforms : null, correlation, cancellation)
            : Degenerate(correlation);
    }

    static StudentTCopulaFit Degenerate(double[,] correlation) => new()
    {
        Family = CopulaFamily.Gaussian,
        Correlation = correlation,
        Warnings =
        [
            correlation.GetLength(0) == 1
                ? "One factor has no dependence: the copula is Gaussian."
                : "All factors are perfectly correlated, which every copula of the family fits alike: the copula is Gaussian.",
        ],
    };

    // ranks: the sample's, when the margins are estimated by them.
    static StudentTCopulaFit Fit(ICopulaDensity density, int pairs, double[,]? ranks, double[,] correlation, CancellationToken cancellation)
    {
        double LogLikelihood(double logNu)
        {
            cancellation.ThrowIfCancellationRequested();
            return density.Log(Math.Exp(logNu)).Sum();
        }

        (double low, double high) = (Math.Log(SmallestDegreesOfFreedom), Math.Log(LargestDegreesOfFreedom));
        double logNu = BrentMaximum.Of(LogLikelihood, low, high, Tolerance);
        double[] atMost = density.Log(Math.Exp(logNu));
        double[] gaussian = density.Log(double.PositiveInfinity);
        double gain = atMost.Sum() - gaussian.Sum();
        bool onBound = logNu - low < 2 * CurvatureStep || high - logNu < 2 * CurvatureStep;
        double[] influence = ranks is null ? new double[atMost.Length] : RankInfluence.Of(ranks, density, logNu, CurvatureStep);
        ProfileCurvature curvature = ProfileCurvature.Of(density, atMost, logNu, CurvatureStep, influence);

        // A composite likelihood's ratio is brought to the scale of a likelihood's (Chandler and Bate 2007).
        double scaledGain = pairs == 0 || onBound ? gain : gain * curvature.Information / curvature.ScoreVariance;
        bool studentT = 2 * scaledGain > Math.Log(atMost.Length);
        double nu = Math.Exp(logNu);
        return new StudentTCopulaFit
        {
            Family = studentT ? CopulaFamily.StudentT : CopulaFamily.Gaussian,
            Correlation = correlation,
            DegreesOfFreedom = nu,
            StandardError = onBound ? double.NaN : nu * curvature.RobustStandardError,
            CurvatureStandardError = onBound || pairs > 0 ? double.NaN : nu * curvature.StandardError,
            LogLikelihood = atMost.Sum(),
            GaussianLogLikelihood = gaussian.Sum(),
            Pairs = pairs,
            Warnings = studentT && onBound
                ? [FormattableString.Invariant($"The degrees of freedom of the t copula sit on a bound, {nu:G4}: no standard error.")]
                : [],
        };
    }
}
