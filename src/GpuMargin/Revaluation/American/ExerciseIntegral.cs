using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;

namespace GpuMargin.Revaluation.American;

/// <summary>What exercise of a put of strike one adds to the European value, ∫ r·e^(−rs)·Φ(−d2(S*/B(s), s)) ds, as a sum over points of the periods of exercise.</summary>
sealed unsafe class ExerciseIntegral(double rate)
{
    readonly List<double> times = [], weights = []; // years, and r·e^(−rs) ds
    readonly List<double[]> boundaries = []; // [point][volatility], ln B

    /// <summary>Adds a period's point at the angle of a rule, sin² of which is its place.</summary>
    public void Add(ExercisePeriod period, QuadratureRule rule, int k, double[] boundary)
    {
        double sine = rule.Sines[k], time = period.Start + period.Length * sine * sine;
        times.Add(time);
        weights.Add(rate * HostMath.Exp(-rate * time) * rule.Weights[k] * 2 * period.Length * sine * rule.Cosines[k]);
        boundaries.Add(boundary);
    }

    /// <summary>√ of the years from a time to the points.</summary>
    public double[] RootsFrom(double time) => [.. times.Select(point => Math.Sqrt(point - time))];

    /// <summary>The sum at a time before all points, and its slope in ln S*.</summary>
    /// <param name="roots"><see cref="RootsFrom"/> the time.</param>
    /// <param name="lane">Place of the first of the lane's volatilities.</param>
    public T At<T>(T logPrice, T sigma, double time, double[] roots, int lane, out T slope)
        where T : unmanaged, IHostLane<T>
    {
        T sum = T.Of(0), inverse = T.Of(1) / sigma, drift = T.Fma(T.Of(-0.5), sigma, T.Of(rate) * inverse);
        slope = sum;
        double growth = HostMath.Exp(rate * time);
        for (int k = 0; k < roots.Length; k++)
        {
            fixed (double* boundary = boundaries[k])
            {
                T inverseDeviation = inverse * T.Of(1 / roots[k]), weight = T.Of(weights[k] * growth);
                T down = T.Fma(logPrice - T.Load(boundary, lane), inverseDeviation, drift * T.Of(roots[k]));
                sum = T.Fma(weight, NormalDistribution.Cumulative(-down), sum);
                slope = T.Fnma(weight * inverseDeviation, NormalDistribution.Density(down), slope);
            }
        }

        return sum;
    }
}
