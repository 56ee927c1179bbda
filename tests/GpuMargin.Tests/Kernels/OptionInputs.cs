namespace GpuMargin.Tests.Kernels;

/// <summary>Inputs of the option kernel that fit together: ln(A/B) is that of A and B, and a put's A, B and σ√T are negative.</summary>
static class OptionInputs
{
    /// <returns>[input][element], in the order of <see cref="OptionChangeFunction"/>; near and far from the money, σ√T from the least to 5.</returns>
    public static double[][] Random(bool single, int count, int seed)
    {
        Random random = new(seed);
        double[][] columns = [.. Enumerable.Range(0, 6).Select(_ => new double[count])];
        for (int i = 0; i < count; i++)
        {
            double deviation = (i % 4) switch
            {
                0 => GpuMargin.Kernels.OptionChange.LeastDeviation(single),
                1 => Math.Exp(-7 + (8 * random.NextDouble())),
                _ => Math.Exp(-4 + (3 * random.NextDouble())),
            };
            double strike = Math.Exp(10 * random.NextDouble());
            double moneyness = (i % 3 == 0 ? 8 * deviation : .5) * ((2 * random.NextDouble()) - 1);
            int right = random.Next(2) == 0 ? 1 : -1;
            (columns[0][i], columns[1][i], columns[2][i]) = (moneyness, right * strike * Math.Exp(moneyness), right * strike);
            (columns[3][i], columns[4][i], columns[5][i]) = (right * deviation / 2, right / deviation, strike * random.NextDouble());
        }
        return columns;
    }
}
