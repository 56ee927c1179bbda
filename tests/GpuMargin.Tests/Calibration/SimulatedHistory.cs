using GpuMargin.Calibration.History;

namespace GpuMargin.Tests.Calibration;

/// <summary>Histories with known dependence: GARCH(1,1) returns of t innovations that share a factor.</summary>
static class SimulatedHistory
{
    internal static ReturnHistory Of(int factors, int days, int seed = 1) => Of(Returns(factors, days, seed));

    internal static ReturnHistory Of(double[,] returns) => new()
    {
        Factors = [.. Enumerable.Range(0, returns.GetLength(1)).Select(i => $"F{i}")],
        Returns = returns,
    };

    /// <returns>[day, factor], decimals.</returns>
    internal static double[,] Returns(int factors, int days, int seed = 1)
    {
        const double Nu = 6, Load = 0.6, Omega = 2e-6, Alpha = 0.06, Beta = 0.92;
        var random = new Random(seed);
        double[,] returns = new double[days, factors];
        double[] variance = [.. Enumerable.Repeat(Omega / (1 - Alpha - Beta), factors)];
        for (int day = 0; day < days; day++)
        {
            double common = Normal(random);
            double mixing = Enumerable.Range(0, (int)Nu).Sum(_ => Math.Pow(Normal(random), 2));
            double scale = Math.Sqrt((Nu - 2) / mixing);
            for (int factor = 0; factor < factors; factor++)
            {
                double e = Math.Sqrt(variance[factor]) * scale * (Load * common + Math.Sqrt(1 - Load * Load) * Normal(random));
                variance[factor] = Omega + Alpha * e * e + Beta * variance[factor];
                returns[day, factor] = e;
            }
        }

        return returns;
    }

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
