using System.Collections.Concurrent;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using GpuMargin.Numerics;

namespace GpuMargin.Calibration;

/// <summary>Calibration of the model part of a clearing set to a history.</summary>
public static class HistoryCalibration
{
    /// <summary>Fits every factor's volatility and marginal, then the dependence of what they leave over.</summary>
    /// <param name="history">Returns per day as decimals; a factor without a last price gets the level 1.</param>
    /// <param name="factorsDone">Told, from any thread, how many factors are finished.</param>
    /// <exception cref="RefusedInputException">A factor has too few, constant or not finite returns; lists every such factor.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the history's parts are of different sizes.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static CalibrationResult Calibrate(
        ReturnHistory history, CalibrationOptions? options = null, IProgress<long>? factorsDone = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        options ??= new CalibrationOptions();
        options.Volatility.Check();
        CheckSizes(history);
        FactorCalibration[] factors = Factors(history, options, factorsDone, cancellation);
        DependenceCalibration dependence = Dependence(history, factors, options, cancellation);
        return new CalibrationResult
        {
            Options = options,
            Factors = factors,
            DaysPerYear = options.DaysPerYear ?? HistorySpacing.DaysPerYear(history.Dates),
            Dependence = dependence,
            Warnings =
            [
                .. dependence.Warnings,
                .. TieWarnings.Of(dependence, [.. factors.Select(factor => factor.Factor.Name)]),
                .. WithoutEffect(options, dependence),
                .. MovingAverages(factors),
                .. factors.SelectMany(factor => factor.Volatility.Warnings.Select(warning => $"{factor.Factor.Name}: {warning}")),
                .. history.Warnings.Select(warning => warning.ToString()),
            ],
        };
    }

    static DependenceCalibration Dependence(ReturnHistory history, FactorCalibration[] factors, CalibrationOptions options, CancellationToken cancellation)
    {
        double[,] residuals = Residuals(factors), observed = ObservedMoves.Of(history), moves = (double[,])residuals.Clone();
        for (int day = 0; day < observed.GetLength(0); day++)
        {
            for (int factor = 0; factor < observed.GetLength(1); factor++)
            {
                moves[day, factor] = observed[day, factor];
            }
        }

        DependenceCalibration estimated = DependenceCalibration.Calibrate(residuals, moves, options, cancellation);
        (int Price, int Proxy)[] pairs = [.. Proxied(history, options).Select((price, i) => (price, history.Factors.Count + i))];
        if (options.Leverage is not { } kind || pairs.Length == 0)
        {
            return estimated;
        }

        (AssumedLeverage leverage, double[,] correlation) = AssumedLeverage.Apply(kind, estimated.Correlation, pairs);
        return estimated with { Leverage = leverage, Correlation = correlation };
    }

    static int[] Proxied(ReturnHistory history, CalibrationOptions options) => options.VolatilityFactors ? HistoryKinds.WithoutVolatility(history) : [];

    static IEnumerable<string> WithoutEffect(CalibrationOptions options, DependenceCalibration dependence)
    {
        if (options.Leverage is { } kind && dependence.Leverage is null)
        {
            yield return $"The leverage of '{CalibrationWords.Leverages.WordOf(kind)}' replaces nothing: no volatility factor is a proxy{(options.VolatilityFactors ? "" : " (--volatility-factors adds proxies)")}.";
        }
    }

    static IEnumerable<string> MovingAverages(FactorCalibration[] factors)
    {
        int count = factors.Count(factor => factor.Volatility.Fit.Model == VolatilityModel.Ewma);
        if (count > 0)
        {
            yield return FormattableString.Invariant(
                $"{count} EWMA {(count == 1 ? "variance enters" : "variances enter")} factors.csv as a constant process: without a long-run level the expected variance is the same on every day ahead.");
        }
    }

    static FactorCalibration[] Factors(
        ReturnHistory history, CalibrationOptions options, IProgress<long>? factorsDone, CancellationToken cancellation)
    {
        int count = history.Factors.Count;
        RiskFactorKind[] kinds = history.KindOfEach();
        int[] proxied = Proxied(history, options);
        FactorCalibration[] factors = new FactorCalibration[count + proxied.Length];
        ConcurrentDictionary<int, Fault> faults = [];
        long done = 0;
        SideBySide.For(count, factor =>
        {
            double level = history.LastLevels.Count > 0 ? history.LastLevels[factor] : double.NaN;
            double[] returns = Column(history.Returns, factor);
            try
            {
                factors[factor] = FactorCalibration.Of(history.Factors[factor], kinds[factor], double.IsNaN(level) ? 1 : level, returns, options.Volatility);
                if (Array.IndexOf(proxied, factor) is var place and >= 0)
                {
                    factors[count + place] = Proxy(factors[factor], VolatilityProxy.Fit(factors[factor], returns, options.Volatility), options.Volatility);
                }
            }
            catch (ArgumentException unfit)
            {
                faults[factor] = new Fault(history.Input.Name, null, history.Factors[factor], null, $"returns that the model can be fitted to ({Reason(unfit)})");
            }

            factorsDone?.Report(Interlocked.Increment(ref done));
        }, cancellation: cancellation);
        return faults.IsEmpty ? factors : throw new RefusedInputException([.. faults.OrderBy(fault => fault.Key).Select(fault => fault.Value)]);
    }

    // The proxy's changes are made of a fitted recursion: a volatility of their own would model the model. They jump up and decay
    // slowly, which no t fits (its degrees of freedom end at 2), so their own distribution is kept.
    static FactorCalibration Proxy(FactorCalibration price, VolatilityFit fit, VolatilityOptions options) => FactorCalibration.Of(
        price.Factor.Name + HistoryKinds.VolatilitySuffix, RiskFactorKind.Volatility, 1, VolatilityProxy.Changes(fit),
        options with { Model = VolatilityModel.Constant, Marginal = MarginalFamily.Empirical, FloorAtLongRun = false }) with
    { ProxyFit = fit };

    static void CheckSizes(ReturnHistory history)
    {
        int factors = history.Factors.Count;
        if (factors == 0 || history.Returns.GetLength(1) != factors || (history.LastLevels.Count != 0 && history.LastLevels.Count != factors))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{factors} factors, {history.Returns.GetLength(1)} columns of returns and {history.LastLevels.Count} levels do not go together."), nameof(history));
        }
    }

    /// <summary>The message without the name of a parameter that the user does not know.</summary>
    static string Reason(ArgumentException unfit) =>
        unfit.ParamName is null ? unfit.Message : unfit.Message.Replace($" (Parameter '{unfit.ParamName}')", "", StringComparison.Ordinal);

    /// <summary>[day, factor].</summary>
    static double[,] Residuals(FactorCalibration[] factors)
    {
        int days = factors[0].Volatility.Fit.Observations;
        double[,] residuals = new double[days, factors.Length];
        for (int factor = 0; factor < factors.Length; factor++)
        {
            IReadOnlyList<double> column = factors[factor].Volatility.Fit.StandardizedResiduals;
            for (int day = 0; day < days; day++)
            {
                residuals[day, factor] = column[day];
            }
        }

        return residuals;
    }

    static double[] Column(double[,] returns, int factor)
    {
        double[] column = new double[returns.GetLength(0)];
        for (int day = 0; day < column.Length; day++)
        {
            column[day] = returns[day, factor];
        }

        return column;
    }
}
