using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>The plan under another correlation of the copula, on the same random numbers.</summary>
static class Correlations
{
    /// <summary>Every correlation 1: all factors follow the first normal. A t copula keeps its mixing variable.</summary>
    public static ScenarioPlan Perfect(ScenarioPlan plan) => With(plan, (_, component) => component == 0 ? 1 : 0);

    /// <summary>Every correlation 0: each factor follows its own normal. The factors of a t copula still share its mixing variable.</summary>
    public static ScenarioPlan Zero(ScenarioPlan plan) => With(plan, (factor, component) => component == factor ? 1 : 0);

    static ScenarioPlan With(ScenarioPlan plan, Func<int, int, double> element)
    {
        int n = plan.Factors;
        return plan.Sobol is { } sobol
            ? plan with { Sobol = sobol with { Loadings = [.. Enumerable.Range(0, n * n).Select(i => element(i / n, i % n))] } }
            : plan with { CorrelationFactor = [.. Enumerable.Range(0, n).SelectMany(factor => Enumerable.Range(0, factor + 1).Select(component => element(factor, component)))] };
    }
}
