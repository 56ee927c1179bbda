namespace GpuMargin.Studies;

/// <summary>Volatility and correlation of a group of price factors on a day.</summary>
/// <param name="Volatility">Realised over the last <see cref="VolatilityDays"/> days, per √year, mean over the factors.</param>
/// <param name="ForecastVolatility">√(h·days per year) of the day's model for the next day, mean over the factors.</param>
/// <param name="Correlation">Realised over the last <see cref="CorrelationDays"/> days, mean over the pairs; NaN for fewer than two factors.</param>
/// <param name="ModelCorrelation">Of the day's copula, mean over the pairs; NaN for fewer than two factors.</param>
public readonly record struct RealizedMarket(double Volatility, double ForecastVolatility, double Correlation, double ModelCorrelation)
{
    /// <summary>A month.</summary>
    public const int VolatilityDays = 21;

    /// <summary>A quarter: a correlation of fewer days is mostly noise.</summary>
    public const int CorrelationDays = 63;

    internal static RealizedMarket NotDefined { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Root mean square of the last returns, per √year.</summary>
    /// <param name="returns">[day, factor].</param>
    public static double VolatilityOf(double[,] returns, int day, int factor, double daysPerYear)
    {
        ArgumentNullException.ThrowIfNull(returns);
        int days = Math.Min(VolatilityDays, day + 1);
        double sum = 0;
        for (int t = day + 1 - days; t <= day; t++)
        {
            sum += returns[t, factor] * returns[t, factor];
        }

        return Math.Sqrt(daysPerYear * sum / days);
    }

    /// <summary>Correlation about zero, Σ xy/√(Σx²·Σy²), of the last returns; [factor, factor], NaN where a factor did not move.</summary>
    public static double[,] CorrelationOf(double[,] returns, int day)
    {
        ArgumentNullException.ThrowIfNull(returns);
        int factors = returns.GetLength(1);
        double[,] products = new double[factors, factors];
        for (int t = Math.Max(0, day + 1 - CorrelationDays); t <= day; t++)
        {
            for (int i = 0; i < factors; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    products[i, j] += returns[t, i] * returns[t, j];
                }
            }
        }

        double[,] correlation = new double[factors, factors];
        for (int i = 0; i < factors; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double size = Math.Sqrt(products[i, i] * products[j, j]);
                correlation[i, j] = correlation[j, i] = size > 0 ? products[i, j] / size : double.NaN;
            }
        }

        return correlation;
    }

    /// <param name="factors">Ascending.</param>
    /// <param name="realized">By factor, per √year.</param>
    /// <param name="forecast">By factor, variance per day.</param>
    internal static RealizedMarket Of(
        IReadOnlyList<int> factors, IReadOnlyList<double> realized, IReadOnlyList<double> forecast, double daysPerYear, double[,] correlation, double[,] model)
    {
        if (factors.Count == 0)
        {
            return NotDefined;
        }

        return new RealizedMarket(
            factors.Average(factor => realized[factor]),
            factors.Average(factor => Math.Sqrt(daysPerYear * forecast[factor])),
            MeanOfPairs(factors, correlation),
            MeanOfPairs(factors, model));
    }

    static double MeanOfPairs(IReadOnlyList<int> factors, double[,] matrix)
    {
        double sum = 0;
        for (int i = 1; i < factors.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += matrix[factors[i], factors[j]];
            }
        }

        return sum / (factors.Count * (factors.Count - 1) / 2.0);
    }
}
