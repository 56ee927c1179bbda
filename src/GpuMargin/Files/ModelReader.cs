using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>The files beside factors.csv that make a parameter set: correlation.csv and residuals.csv.</summary>
static class ModelReader
{
    /// <param name="folder">Empty, or the part of the file's name before <c>correlation.csv</c>.</param>
    /// <param name="progress">Told the share of each factorisation that is done, from any thread.</param>
    /// <returns><see langword="null"/> after a fault.</returns>
    public static double[,]? Correlation(
        ClearingSetFolder files, string folder, FactorTable factors, bool repair, List<string> warnings, FaultList faults, IProgress<double>? progress,
        CancellationToken cancellation)
    {
        string name = folder + "correlation.csv";
        int count = factors.Names.Names.Count;
        if (count <= 1 && !files.Has(name))
        {
            return new double[,] { { 1 } };
        }

        SourceFile? file = files.Open(name, FormattableString.Invariant($"the correlation matrix of the {count} factors"), faults);
        return file is not null && count > 0 && CorrelationReader.Read(file, factors, faults) is { } matrix
            ? CorrelationCheck.Check(file.Name, matrix, repair, warnings, faults, progress, cancellation)
            : null;
    }

    /// <summary>Gives factors with an empirical marginal their residuals.</summary>
    /// <param name="folder">Empty, or the part of the file's name before <c>residuals.csv</c>.</param>
    public static void Residuals(ClearingSetFolder files, string folder, FactorTable factors, FaultList faults)
    {
        string name = folder + "residuals.csv";
        RiskFactor? empirical = factors.Factors.FirstOrDefault(factor => factor.Marginal == MarginalFamily.Empirical);
        if (empirical is null && !files.Has(name))
        {
            return;
        }

        string purpose = empirical is null ? "residuals" : $"the residuals of '{empirical.Name}' and every other factor with an empirical marginal";
        if (files.Open(name, purpose, faults) is { } file)
        {
            double[][] residuals = ResidualReader.Read(file, factors, faults);
            for (int factor = 0; faults.Count == 0 && factor < factors.Factors.Count; factor++)
            {
                if (factors.Factors[factor].Marginal == MarginalFamily.Empirical)
                {
                    factors.Factors[factor] = factors.Factors[factor] with { Residuals = residuals[factor] };
                }
            }
        }
    }
}
