using System.Collections.Concurrent;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;

namespace GpuMargin.Calibration;

/// <summary>From a history to the model part of a clearing set.</summary>
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
        FactorCalibration[] factors = Factors(history, options.Volatility, factorsDone, cancellation);
        DependenceCalibration dependence = DependenceCalibration.Calibrate(Residuals(factors), options, cancellation);
        return new CalibrationResult
        {
            Options = options,
            Factors = factors,
            Dependence = dependence,
            Warnings =
            [
                .. dependence.Warnings,
                .. MovingAverages(factors),
                .. factors.SelectMany(factor => factor.Volatility.Warnings.Select(warning => $"{factor.Factor.Name}: {warning}")),
                .. history.Warnings.Select(warning => warning.ToString()),
            ],
        };
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
        ReturnHistory history, VolatilityOptions options, IProgress<long>? factorsDone, CancellationToken cancellation)
    {
        int count = history.Factors.Count;
        FactorCalibration[] factors = new FactorCalibration[count];
        ConcurrentDictionary<int, Fault> faults = [];
        long done = 0;
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, factor =>
        {
            double level = history.LastLevels.Count > 0 ? history.LastLevels[factor] : double.NaN;
            try
            {
                factors[factor] = FactorCalibration.Of(history.Factors[factor], double.IsNaN(level) ? 1 : level, Column(history.Returns, factor), options);
            }
            catch (ArgumentException unfit)
            {
                faults[factor] = new Fault(history.Input.Name, null, history.Factors[factor], null, $"returns that the model can be fitted to ({Reason(unfit)})");
            }

            factorsDone?.Report(Interlocked.Increment(ref done));
        });
        return faults.IsEmpty ? factors : throw new RefusedInputException([.. faults.OrderBy(fault => fault.Key).Select(fault => fault.Value)]);
    }

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
