using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Black and Scholes as the textbook writes it, price by price with the C library's functions in single precision.</summary>
sealed class NaiveOptions
{
    /// <summary>
    /// Per unit of S + K: some ten roundings of 6e-8, a cancellation of the value today, and the error 7.5e-8 of the
    /// normal distribution.
    /// </summary>
    public const double Tolerance = 2e-6;

    readonly Instrument[] instruments;
    readonly float[] levels;
    readonly float[] valuesToday;
    readonly float[] shocks;

    /// <param name="shocks">[factor, scenario].</param>
    public NaiveOptions(ClearingSet set, InstrumentPlan plan, double[] shocks)
    {
        instruments = new Instrument[plan.Count];
        for (int i = 0; i < plan.Count; i++)
        {
            instruments[plan.PlaceOf[i]] = set.Instruments[i];
        }

        levels = [.. set.Factors.Select(factor => (float)factor.Level)];
        valuesToday = Array.ConvertAll(plan.OptionValue, value => (float)value);
        this.shocks = Array.ConvertAll(shocks, shock => (float)shock);
        Changes = new float[plan.Count * SetS.Tile];
    }

    /// <summary>[instrument, scenario], in the plan's order.</summary>
    public float[] Changes { get; }

    public void Revalue()
    {
        for (int i = 0; i < instruments.Length; i++)
        {
            Instrument option = instruments[i];
            for (int s = 0; s < SetS.Tile; s++)
            {
                float volatility = (float)option.Volatility * MathF.Exp(shocks[option.VolatilityFactor * SetS.Tile + s]);
                Changes[i * SetS.Tile + s] = (float)option.Multiplier * Price(option, Spot(option, s), volatility) - valuesToday[i];
            }
        }
    }

    /// <summary>Absolute tolerance per element of <see cref="Changes"/>.</summary>
    public double[] Tolerances()
    {
        double[] tolerances = new double[Changes.Length];
        for (int i = 0; i < tolerances.Length; i++)
        {
            Instrument option = instruments[i / SetS.Tile];
            tolerances[i] = Tolerance * option.Multiplier * (Spot(option, i % SetS.Tile) + option.Strike);
        }

        return tolerances;
    }

    float Spot(Instrument option, int s) => levels[option.Underlying] * MathF.Exp(shocks[option.Underlying * SetS.Tile + s]);

    static float Price(Instrument option, float spot, float volatility)
    {
        float years = (float)option.YearsToExpiry;
        float strike = (float)option.Strike;
        float rate = (float)option.Rate;
        float dividend = (float)option.DividendYield;
        float deviation = volatility * MathF.Sqrt(years);
        float d1 = (MathF.Log(spot / strike) + (rate - dividend) * years) / deviation + deviation / 2;
        float d2 = d1 - deviation;
        float asset = spot * MathF.Exp(-dividend * years);
        float discounted = strike * MathF.Exp(-rate * years);
        return option.Right == OptionRight.Call
            ? asset * Cumulative(d1) - discounted * Cumulative(d2)
            : discounted * Cumulative(-d2) - asset * Cumulative(-d1);
    }

    // Abramowitz and Stegun 26.2.17.
    static float Cumulative(float x)
    {
        float t = 1 / (1 + 0.2316419f * MathF.Abs(x));
        float density = 0.39894228f * MathF.Exp(-x * x / 2);
        float tail = density * t * (0.319381530f + t * (-0.356563782f + t * (1.781477937f + t * (-1.821255978f + t * 1.330274429f))));
        return x > 0 ? 1 - tail : tail;
    }
}
