using System.Text.Json;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The parameter set of the folder stress/: factors.csv and correlation.csv, residuals.csv where a marginal is empirical, run.json for another copula.</summary>
static class StressModelReader
{
    const string Folder = StressReader.ModelFolder + "/";

    /// <param name="copula">Of the run, for a folder without run.json.</param>
    /// <returns><see langword="null"/> after a fault.</returns>
    public static StressModel? Read(
        ClearingSetFolder files, FactorTable factors, Copula copula, bool repair, List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        FaultList found = new();
        Copula dependence = files.Has(Folder + RunReader.FileName) && files.Open(Folder + RunReader.FileName, "a copula", found) is { } run ? ReadCopula(run, found) : copula;
        FactorTable? stressed = FactorReader.Read(files.Open(Folder + "factors.csv", "the stressed parameters of the risk factors", found), found);
        StressModel? model = null;
        if (stressed is not null)
        {
            ModelReader.Residuals(files, Folder, stressed, found);
            double[,]? correlation = ModelReader.Correlation(files, Folder, stressed, repair, warnings, found, null, cancellation);
            CheckSameFactors(factors, stressed, found);
            if (found.Count == 0 && factors.Factors.Count == factors.Names.Names.Count && factors.Names.Names.Count == stressed.Names.Names.Count)
            {
                model = InOrder(factors, stressed, correlation!, dependence);
            }
        }

        faults.Add(found);
        return model;
    }

    /// <summary>The copula of a run.json as calibrate writes it; the run's own settings hold for everything else.</summary>
    static Copula ReadCopula(SourceFile file, FaultList faults)
    {
        if (LocatedJson.Parse(file, faults) is not { } root)
        {
            return default;
        }

        if (root.Kind != JsonTokenType.StartObject)
        {
            faults.Add(file.Name, root.Line, null, root.Text, "a JSON object in braces");
            return default;
        }

        JsonSection run = new(file.Name, "", root, faults);
        run.CheckKeys(RunReader.Keys);
        return CopulaReader.Read(run, faults);
    }

    static void CheckSameFactors(FactorTable factors, FactorTable stressed, FaultList faults)
    {
        if (!factors.Names.IsComplete || !stressed.Names.IsComplete)
        {
            return;
        }

        List<string> unknown = [];
        for (int i = 0; i < stressed.Names.Names.Count; i++)
        {
            string name = stressed.Names.Names[i];
            int factor = factors.Names.IndexOf(name);
            if (factor < 0)
            {
                unknown.Add(name);
                faults.Add(stressed.File, stressed.Lines[i], "factor", name, $"a factor of {factors.File}{factors.Names.DidYouMean(name, faults)}");
            }
            else if (stressed.Kinds[i] is { } kind && factors.Kinds[factor] is { } expected && kind != expected)
            {
                faults.Add(stressed.File, stressed.Lines[i], "kind", Words.Kinds.WordOf(kind), $"'{Words.Kinds.WordOf(expected)}', as in {factors.File}, line {factors.Lines[factor]}");
            }
        }

        foreach (string name in factors.Names.Names.Where(name => stressed.Names.IndexOf(name) < 0 && !unknown.Any(other => NearestName.IsNear(other, name))))
        {
            faults.Add(stressed.File, null, "factor", null, $"a row for factor '{name}' of {factors.File}");
        }
    }

    static StressModel InOrder(FactorTable factors, FactorTable stressed, double[,] correlation, Copula copula)
    {
        int count = factors.Factors.Count;
        int[] at = [.. factors.Names.Names.Select(stressed.Names.IndexOf)];
        double[,] permuted = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                permuted[i, j] = correlation[at[i], at[j]];
            }
        }

        return new StressModel([.. factors.Factors.Select((factor, i) => stressed.Factors[at[i]] with { Level = factor.Level })], permuted, copula);
    }
}
