using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>The two tests of the stress component in OCC's System for Theoretical Analysis and Numerical Simulations (STANS).</summary>
/// <remarks>OCC Margin Methodology as published in its rule filings: weights of 0.25, expected shortfall at 99.5 % and 99 %; the stress component is the larger test.</remarks>
static class StressAddOns
{
    /// <summary>w·max(0, max(ES′ estimated, ES′ perfect, ES′ zero) − ES): ES′ at the extreme confidence under three correlations, from the same random numbers.</summary>
    /// <returns>Run currency, 0 or more.</returns>
    public static double Dependence(DependenceAddOn terms, double estimated, double perfect, double zero, double shortfall) =>
        terms.Weight * Math.Max(0, Math.Max(Math.Max(estimated, perfect), zero) - shortfall);

    /// <summary>w·max(0, ES′ worst + ES′ second + ES rest − ES): the two worst single-factor sub-books at the extreme confidence, each alone, the rest and the whole at the confidence.</summary>
    /// <returns>Run currency, 0 or more.</returns>
    /// <remarks>The sub-books' shortfalls are added: they are taken to fall together. A sub-book or a rest that is empty has a shortfall of 0.</remarks>
    public static double Concentration(ConcentrationAddOn terms, double worst, double second, double rest, double shortfall) =>
        terms.Weight * Math.Max(0, worst + second + rest - shortfall);
}
