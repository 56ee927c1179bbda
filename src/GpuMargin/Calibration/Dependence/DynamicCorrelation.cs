using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Dynamic conditional correlation of de-volatilised returns, with correlation targeting.</summary>
/// <remarks>
/// Q' = (1 − a − b)·S + a·z·zᵀ + b·Q, R = diag(Q)^(−½)·Q·diag(Q)^(−½), a, b ≥ 0, a + b &lt; 1 (Engle 2002, J. Bus. Econ. Statist. 20, 339–350).
/// S is the sample's correlation matrix and Q of the first day; a and b maximise the Gaussian quasi-likelihood, of all factors up to
/// <see cref="FactorsForFullLikelihood"/> and the composite one of neighbouring pairs beyond, or when S is singular.
/// </remarks>
public sealed record DynamicCorrelation
{
    public const int FactorsForFullLikelihood = PairSet.FactorsForAllPairs;

    /// <summary>Fewest days that are fitted.</summary>
    public const int DaysAtLeast = 20;

    /// <summary>Largest a + b.</summary>
    public const double LargestPersistence = 0.9999;

    /// <summary>Gain of the log-likelihood over the static model below which a is taken as 0: rounding of a sum over the days.</summary>
    const double SmallestGain = 1e-6;

    /// <summary>Nearer to a bound than this a parameter sits on it.</summary>
    const double BoundTolerance = 1e-5;

    const int EvaluationsAtMost = 500;

    /// <summary>Spread of the objective, per day and pair, at which the simplex stops.</summary>
    const double Tolerance = 1e-11;

    static readonly (double A, double B)[] s_starts = [(0.02, 0.95), (0.05, 0.85), (0.01, 0.985), (0.1, 0.5), (0.005, 0.9)];

    /// <summary>Weight of the last day's products.</summary>
    public required double A { get; init; }

    /// <summary>Weight of the last day's matrix.</summary>
    public required double B { get; init; }

    /// <summary>Robust (sandwich), S taken as known; NaN on a bound.</summary>
    public double StandardErrorA { get; init; } = double.NaN;

    /// <inheritdoc cref="StandardErrorA"/>
    public double StandardErrorB { get; init; } = double.NaN;

    /// <summary>Log-likelihood of the correlations alone, the margins' taken off; a composite one is the sum over <see cref="Pairs"/> pairs.</summary>
    public double LogLikelihood { get; init; }

    /// <summary>Log-likelihood at a = b = 0: constant correlation S.</summary>
    public double StaticLogLikelihood { get; init; }

    /// <summary>Pairs of a composite likelihood; 0 when the likelihood is that of all factors.</summary>
    public int Pairs { get; init; }

    /// <summary>S, [factor, factor].</summary>
    public required double[,] Target { get; init; }

    /// <summary>Correlation of the day after the sample, [factor, factor]; positive semi-definite.</summary>
    public required double[,] Forecast { get; init; }

    /// <summary>Whether a, b or a + b sits on a bound.</summary>
    public bool IsOnBound { get; init; }

    /// <summary>What a user should know about the fit.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <param name="residuals">[day, factor], in units of their conditional standard deviation, mean zero.</param>
    /// <exception cref="ArgumentException">Fewer than <see cref="DaysAtLeast"/> days, no factor, a value that is not finite, or a constant factor.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static DynamicCorrelation Fit(double[,] residuals, CancellationToken cancellation = default)
    {
        SampleCheck.Require(residuals, DaysAtLeast);
        double[,] scaled = SampleCorrelation.UnitMeanSquare(residuals);
        double[,] target = SampleCorrelation.OfScaled(scaled);
        int days = scaled.GetLength(0);
        int factors = scaled.GetLength(1);
        if (factors <= FactorsForFullLikelihood && factors > 1 && CorrelationFactor.TryOf(target) is not null)
        {
            DynamicCorrelationDensity density = new(Rows(scaled, factors), Rows(target, factors));
            return Fit(density.Log, 0, scaled, target, cancellation);
        }

        PairSet pairs = new(target);
        if (pairs.Count == 0)
        {
            string reason = factors == 1 ? "One factor has no correlation" : "All factors are perfectly correlated";
            return new DynamicCorrelation { A = 0, B = 0, Target = target, Forecast = target, IsOnBound = true, Warnings = [$"{reason}: nothing is dynamic."] };
        }

        double[] padded = new double[days * pairs.PaddedLength];
        for (int day = 0; day < days; day++)
        {
            for (int factor = 0; factor < factors; factor++)
            {
                padded[day * pairs.PaddedLength + factor] = scaled[day, factor];
            }
        }

        return Fit(new PairDynamicCorrelationDensity(padded, days, pairs).Log, pairs.Count, scaled, target, cancellation);
    }

    static DynamicCorrelation Fit(
        Func<double, double, double[]> logDensities, int pairs, double[,] scaled, double[,] target, CancellationToken cancellation)
    {
        int days = scaled.GetLength(0);
        double scale = days * Math.Max(1, pairs);
        double still = logDensities(0, 0).Sum();
        double Objective(Vector<double> point)
        {
            cancellation.ThrowIfCancellationRequested();
            return IsAllowed(point[0], point[1]) && logDensities(point[0], point[1]).Sum() is var sum && double.IsFinite(sum)
                ? (still - sum) / scale
                : 1; // worse than any start by orders
        }

        Vector<double> best = s_starts
            .Select(start => Vector<double>.Build.Dense([start.A, start.B]))
            .MinBy(Objective)!;
        bool converged = true;
        IObjectiveFunction objective = ObjectiveFunction.Value(Objective);
        foreach (double size in (ReadOnlySpan<double>)[0.25, 0.02])
        {
            Vector<double> perturbation = Vector<double>.Build.Dense([size * best[0], -size * (1 - best[1])]);
            try
            {
                best = NelderMeadSimplex.Minimum(objective, best, perturbation, Tolerance, EvaluationsAtMost).MinimizingPoint;
            }
            catch (MaximumIterationsException)
            {
                converged = false;
            }
        }

        double[] atBest = logDensities(best[0], best[1]);
        DynamicCorrelation fit = new()
        {
            A = best[0],
            B = best[1],
            LogLikelihood = atBest.Sum(),
            StaticLogLikelihood = still,
            Pairs = pairs,
            Target = target,
            Forecast = target,
        };
        if (best[0] < BoundTolerance || fit.LogLikelihood - still < SmallestGain * Math.Max(1, pairs))
        {
            return fit with
            {
                A = 0,
                B = 0,
                LogLikelihood = still,
                IsOnBound = true,
                Warnings = ["The correlations do not move: a sits on its bound 0, b has no meaning, and the forecast is the sample's correlation matrix."],
            };
        }

        fit = fit with { Forecast = SampleCorrelation.Forecast(scaled, target, fit.A, fit.B) };
        List<string> warnings = converged ? [] : ["The fit of the dynamic correlation did not converge; its likelihood is still above the static one's."];
        if (pairs == 0 && fit.LogLikelihood - still < Math.Log(days))
        {
            warnings.Add("The static correlation wins by BIC: the gain of the two dynamic parameters is what chance gives.");
        }

        if (best[1] < BoundTolerance || best[0] + best[1] > LargestPersistence - BoundTolerance)
        {
            string bound = best[1] < BoundTolerance ? "b sits on its bound 0" : FormattableString.Invariant($"a + b sits on its bound {LargestPersistence}");
            return fit with { IsOnBound = true, Warnings = [.. warnings, $"{bound}: no standard errors."] };
        }

        (double errorA, double errorB) = SandwichErrors.Of(logDensities, atBest, best[0], best[1]);
        return fit with { StandardErrorA = errorA, StandardErrorB = errorB, Warnings = warnings };
    }

    static bool IsAllowed(double a, double b) => a >= 0 && b >= 0 && a + b <= LargestPersistence;

    static double[][] Rows(double[,] matrix, int columns) =>
        [.. Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, columns).Select(j => matrix[i, j]).ToArray())];
}
