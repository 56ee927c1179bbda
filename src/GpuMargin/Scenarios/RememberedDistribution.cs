using System.Collections.Concurrent;

namespace GpuMargin.Scenarios;

/// <summary>A distribution that remembers what was asked: tables of many marginals ask the copula's at the same points.</summary>
sealed class RememberedDistribution(ISymmetricDistribution distribution) : ISymmetricDistribution
{
    readonly ConcurrentDictionary<double, double> tails = new();
    readonly ConcurrentDictionary<double, double> densities = new();

    public double UpperTail(double x) => tails.GetOrAdd(x, static (at, d) => d.UpperTail(at), distribution);

    public double Density(double x) => densities.GetOrAdd(x, static (at, d) => d.Density(at), distribution);

    public double LogDensitySlope(double x) => distribution.LogDensitySlope(x);
}
