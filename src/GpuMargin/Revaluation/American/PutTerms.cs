using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What puts of one rate, yield and time to expiry have in common, whatever their volatility.</summary>
sealed class PutTerms
{
    /// <param name="rate">r, continuous; with <paramref name="yield"/> it must be <see cref="ClearingSets.EarlyExercise.OneBoundary"/>.</param>
    /// <param name="yield">q, continuous.</param>
    /// <param name="years">Longest time to expiry, above zero.</param>
    /// <param name="accuracy">Points of the boundary's polynomial and of the integrals.</param>
    public PutTerms(double rate, double yield, double years, BoundaryAccuracy accuracy)
    {
        (Rate, Yield, Years, Accuracy) = (rate, yield, years, accuracy);
        AtExpiry = yield > 0 && rate < yield ? rate / yield : 1;
        LogAtExpiry = HostMath.Log(AtExpiry);
        (QuadratureRule rule, BoundaryPoints points) = (accuracy.Rule, accuracy.Points);
        int width = points.Width;
        Drifts = new double[rule.Weights.Length * width];
        Interests = new double[Drifts.Length];
        Incomes = new double[Drifts.Length];
        for (int k = 0; k < rule.Weights.Length; k++)
        {
            double cosine = rule.Cosines[k], sine = rule.Sines[k], weight = rule.Weights[k] * cosine;
            for (int i = 0; i < width; i++)
            {
                double time = Time(i), left = time * cosine * cosine;
                Drifts[k * width + i] = (rate - yield) * time * sine * sine;
                Interests[k * width + i] = weight * HostMath.Exp(rate * left);
                Incomes[k * width + i] = weight * HostMath.Exp(yield * left);
            }
        }

        QuadratureRule prices = accuracy.PriceRule;
        PriceDrifts = new double[prices.Weights.Length];
        PriceInterests = new double[prices.Weights.Length];
        PriceIncomes = new double[prices.Weights.Length];
        for (int k = 0; k < prices.Weights.Length; k++)
        {
            double sine = prices.Sines[k], passed = years * sine * sine, weight = prices.Weights[k] * 2 * years * sine * prices.Cosines[k];
            PriceDrifts[k] = (rate - yield) * passed;
            PriceInterests[k] = weight * rate * HostMath.Exp(-rate * passed);
            PriceIncomes[k] = weight * yield * HostMath.Exp(-yield * passed);
        }
    }

    public double Rate { get; }

    public double Yield { get; }

    public double Years { get; }

    public BoundaryAccuracy Accuracy { get; }

    /// <summary>X, the limit of the critical price as the time to expiry goes to zero.</summary>
    public double AtExpiry { get; }

    public double LogAtExpiry { get; }

    /// <summary>(r − q)·(τ − u) of the fixed point's integrals, [angle][point].</summary>
    public double[] Drifts { get; }

    /// <summary>Weight of the angle, times e^(ru).</summary>
    public double[] Interests { get; }

    /// <summary>Weight of the angle, times e^(qu).</summary>
    public double[] Incomes { get; }

    /// <summary>(r − q)·s of the premium's integral, [angle].</summary>
    public double[] PriceDrifts { get; }

    /// <summary>r·e^(−rs) ds.</summary>
    public double[] PriceInterests { get; }

    /// <summary>q·e^(−qs) ds.</summary>
    public double[] PriceIncomes { get; }

    /// <summary>τ of a point of the polynomial.</summary>
    public double Time(int point)
    {
        double share = Accuracy.Points.RootShares[point];
        return Years * share * share;
    }
}
