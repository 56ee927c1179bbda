namespace GpuMargin.Tests.Reference;

/// <summary>Probability that one variate is extreme given that the other is.</summary>
public static class TailDependence
{
    /// <summary>Limit of P(U &lt; q | V &lt; q) for q → 0 of the t copula: 2·t_{ν+1}(−√((ν + 1)(1 − ρ)/(1 + ρ))) (Demarta and McNeil 2005). The Gaussian copula's is 0 for ρ &lt; 1.</summary>
    public static double OfStudentTCopula(double nu, double correlation) =>
        2 * ReferenceStudentT.UpperTail(Math.Sqrt((nu + 1) * (1 - correlation) / (1 + correlation)), nu + 1);

    /// <summary>P(U &lt; q, V &lt; q)/q of a sample, ranks as uniforms.</summary>
    public static double OfSample(IReadOnlyList<double> x, IReadOnlyList<double> y, double q)
    {
        int count = (int)Math.Floor(q * x.Count);
        double boundX = x.Order().ElementAt(count);
        double boundY = y.Order().ElementAt(count);
        return (double)x.Zip(y).Count(pair => pair.First < boundX && pair.Second < boundY) / count;
    }
}
