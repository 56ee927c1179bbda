using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Reference;

/// <summary>Distribution of one factor's standardised innovation.</summary>
/// <param name="Quantile">F⁻¹(p).</param>
/// <param name="UpperQuantile">The value exceeded with probability q, exact where 1 − q would round.</param>
/// <param name="Cdf">P(Z ≤ z).</param>
public sealed record ReferenceMarginal(
    Func<double, double> Quantile, Func<double, double> UpperQuantile, Func<double, double> Cdf)
{
    public static ReferenceMarginal Of(RiskFactor factor) => factor.Marginal switch
    {
        MarginalFamily.Normal => new(ReferenceNormal.Quantile, ReferenceNormal.UpperQuantile, ReferenceNormal.Cdf),
        MarginalFamily.StudentT => Of(new ReferenceSkewedT(factor.DegreesOfFreedom, 0)),
        MarginalFamily.SkewedT => Of(new ReferenceSkewedT(factor.DegreesOfFreedom, factor.Skew)),
        MarginalFamily.Empirical => Of(new ReferenceEmpirical(factor.Residuals)),
        _ => throw new ArgumentOutOfRangeException(nameof(factor), factor.Marginal, "No such marginal."),
    };

    /// <summary>F⁻¹(C(x)): the innovation that belongs to a variate x of the copula, taken from its nearer tail.</summary>
    /// <param name="copula">C is the standard normal or the plain t distribution function.</param>
    public double Innovation(Copula copula, double variate)
    {
        double tail = copula.Family == CopulaFamily.Gaussian
            ? ReferenceNormal.UpperTail(Math.Abs(variate))
            : ReferenceStudentT.UpperTail(Math.Abs(variate), copula.DegreesOfFreedom);
        return variate < 0 ? Quantile(tail) : UpperQuantile(tail);
    }

    static ReferenceMarginal Of(ReferenceSkewedT t) => new(t.Quantile, t.UpperQuantile, t.Cdf);

    static ReferenceMarginal Of(ReferenceEmpirical e) => new(e.Quantile, e.UpperQuantile, e.Cdf);
}
