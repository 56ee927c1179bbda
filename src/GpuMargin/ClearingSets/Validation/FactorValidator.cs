using GpuMargin.Numerics;

namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of factors and their correlation.</summary>
static class FactorValidator
{
    /// <param name="list">Name of the list in faults.</param>
    public static void Check(IReadOnlyList<RiskFactor> factors, string list, PropertyFaults at)
    {
        if (factors.Count == 0)
        {
            at.Add(list, null, "at least one factor");
        }

        at.Names(list, [.. factors.Select(factor => factor.Name)]);
        for (int i = 0; i < factors.Count; i++)
        {
            Check(factors[i], FormattableString.Invariant($"{list}[{i}]"), at);
        }

        int days = factors.Select(factor => factor.Residuals.Count).FirstOrDefault(count => count > 0);
        if (factors.Any(factor => factor.Residuals.Count is var count && count > 0 && count != days))
        {
            at.Add(list, null, "residuals of one length, the same days for all factors");
        }
    }

    public static void CheckCorrelation(double[,] correlation, int factors, string property, PropertyFaults at, CancellationToken cancellation)
    {
        if (correlation.GetLength(0) != factors || correlation.GetLength(1) != factors)
        {
            at.Add(property, FormattableString.Invariant($"{correlation.GetLength(0)} × {correlation.GetLength(1)}"), FormattableString.Invariant($"a row and a column for each of {factors} factors"));
            return;
        }

        for (int i = 0; i < factors; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = correlation[i, j];
                string? expected =
                    !double.IsFinite(value) || !NumberRule.Correlation.Holds(value) ? NumberRule.Correlation.Phrase
                    : i == j && Math.Abs(value - 1) > CorrelationRule.SymmetryTolerance ? "1 on the diagonal"
                    : !(Math.Abs(value - correlation[j, i]) <= CorrelationRule.SymmetryTolerance) ? FormattableString.Invariant($"a symmetric matrix: [{j}, {i}] is {correlation[j, i]}")
                    : null;
                if (expected is not null)
                {
                    at.Add(FormattableString.Invariant($"{property}[{i}, {j}]"), FormattableString.Invariant($"{value}"), expected);
                    return;
                }
            }
        }

        if (!SemiDefiniteness.Holds(correlation, out double smallest, null, cancellation))
        {
            at.Add(property, FormattableString.Invariant($"smallest eigenvalue {smallest:G6}"), "a positive semi-definite matrix");
        }
    }

    static void Check(RiskFactor factor, string property, PropertyFaults at)
    {
        if (FactorRule.Reserved(factor.Name) is { } reserved)
        {
            at.Add($"{property}.Name", factor.Name, reserved);
        }

        at.Word($"{property}.Kind", factor.Kind, Words.Kinds);
        at.Word($"{property}.Process", factor.Process, Words.Processes);
        at.Word($"{property}.Marginal", factor.Marginal, Words.Marginals);
        at.Number($"{property}.Level", factor.Level, FactorRule.Level(factor.Kind));
        at.Number($"{property}.Mean", factor.Mean, NumberRule.Finite);
        at.Number($"{property}.Variance", factor.Variance, FactorRule.Variance(factor.Process));
        if (!double.IsNaN(factor.GivenLongRunVariance))
        {
            at.Number($"{property}.GivenLongRunVariance", factor.GivenLongRunVariance, NumberRule.Positive);
        }

        if (factor.Process != VolatilityProcess.Constant)
        {
            CheckProcess(factor, property, at);
        }

        CheckMarginal(factor, property, at);
    }

    static void CheckProcess(RiskFactor factor, string property, PropertyFaults at)
    {
        at.Number($"{property}.Omega", factor.Omega, NumberRule.NotNegative);
        at.Number($"{property}.Alpha", factor.Alpha, NumberRule.NotNegative);
        at.Number($"{property}.Gamma", factor.Gamma, NumberRule.Finite);
        at.Number($"{property}.Beta", factor.Beta, NumberRule.NotNegative);
        bool finite = double.IsFinite(factor.Omega) && double.IsFinite(factor.Alpha) && double.IsFinite(factor.Gamma) && double.IsFinite(factor.Beta);
        if (finite && FactorRule.Garch(factor.Omega, factor.Alpha, factor.Gamma, factor.Beta, FormattableString.Invariant($"{factor.Alpha}")) is { } breach)
        {
            (string name, double value) = breach.Column switch
            {
                "gamma" => (nameof(factor.Gamma), factor.Gamma),
                "omega" => (nameof(factor.Omega), factor.Omega),
                _ => (nameof(factor.Beta), factor.Beta),
            };
            at.Add($"{property}.{name}", FormattableString.Invariant($"{value}"), breach.Expected);
        }
    }

    static void CheckMarginal(RiskFactor factor, string property, PropertyFaults at)
    {
        if (factor.Marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT)
        {
            at.Number($"{property}.DegreesOfFreedom", factor.DegreesOfFreedom, NumberRule.DegreesOfFreedom);
        }

        if (factor.Marginal == MarginalFamily.SkewedT)
        {
            at.Number($"{property}.Skew", factor.Skew, NumberRule.Skew);
        }

        if (factor.Marginal != MarginalFamily.Empirical)
        {
            return;
        }

        if (factor.Residuals.Count < FactorRule.FewestResiduals)
        {
            at.Add($"{property}.Residuals", FormattableString.Invariant($"{factor.Residuals.Count}"), "at least 2 residuals (days)");
        }
        else if (!FactorRule.Vary(factor.Residuals))
        {
            at.Add($"{property}.Residuals", null, "values with a finite variance greater than 0");
        }
    }
}
