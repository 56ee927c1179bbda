using System.Text.Json;
using GpuMargin.ClearingSets.Reading;

namespace GpuMargin.ClearingSets.Policy.Reading;

/// <summary>stress.csv, or the parameter set of the folder stress/.</summary>
static class StressReader
{
    public const string MovesFile = "stress.csv";

    public const string ModelFolder = "stress";

    static readonly string[] Required = ["scenario", "factor", "shock"];

    public static bool IsThere(ClearingSetFolder files) => files.Has(MovesFile) || files.HasFolder(ModelFolder);

    public static StressSet Read(
        ClearingSetFolder files, FactorTable factors, Copula copula, bool repair, List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        if (files.Has(MovesFile) && files.HasFolder(ModelFolder))
        {
            faults.Add(MovesFile, null, null, null, $"this file or the folder {ModelFolder}, not both");
        }

        return new StressSet
        {
            Moves = files.Has(MovesFile) && files.Open(MovesFile, "the stressed moves") is { } file ? Moves(file, factors, faults) : [],
            Model = files.HasFolder(ModelFolder) ? Model(files, factors, copula, repair, warnings, faults, cancellation) : null,
        };
    }

    static StressMove[] Moves(SourceFile file, FactorTable factors, FaultList faults)
    {
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, Required, [], faults) is not { } columns)
        {
            return [];
        }

        CsvCells cells = new(csv, columns, faults);
        NameTable names = new();
        List<List<FactorShock>> shocks = [];
        while (csv.Next())
        {
            if (!csv.IsSound)
            {
                continue;
            }

            if (names.Add(cells.Bytes("scenario"), out int move))
            {
                shocks.Add([]);
                if (NameRule.Breach(names.Names[move]) is { } breach)
                {
                    cells.Refuse("scenario", cells.IsEmpty("scenario") ? null : cells.Text("scenario"), breach);
                }
            }

            double shock = cells.Number("shock", NumberRule.Finite) ?? default;
            if (Factor(cells, factors) is var factor and >= 0)
            {
                if (shocks[move].Any(earlier => earlier.Factor == factor))
                {
                    cells.Refuse("factor", cells.Text("factor"), "a factor that no row above has in the same scenario");
                }

                shocks[move].Add(new FactorShock(factor, shock));
            }
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one move below the header");
        }

        return [.. shocks.Select((ofMove, move) => new StressMove(names.Names[move], ofMove))];
    }

    static int Factor(CsvCells cells, FactorTable factors)
    {
        string name = cells.Text("factor");
        int factor = factors.Names.IndexOf(cells.Bytes("factor"));
        if (name.Length == 0)
        {
            cells.RefuseMissing("factor", $"a factor of {factors.File}", null);
        }
        else if (factor < 0 && factors.Names.IsComplete)
        {
            cells.Refuse("factor", name, $"a factor of {factors.File}{factors.Names.DidYouMean(name, cells.Faults)}");
        }

        return factor;
    }

    static StressModel? Model(
        ClearingSetFolder files, FactorTable factors, Copula copula, bool repair, List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        const string Folder = ModelFolder + "/";
        FaultList found = new();
        Copula dependence = files.Has(Folder + RunReader.FileName) && files.Open(Folder + RunReader.FileName, "a copula", found) is { } run ? Copula(run, found) : copula;
        FactorTable? stressed = FactorReader.Read(files.Open(Folder + "factors.csv", "the stressed parameters of the risk factors", found), found);
        StressModel? model = null;
        if (stressed is not null)
        {
            ModelReader.Residuals(files, Folder, stressed, found);
            double[,]? correlation = ModelReader.Correlation(files, Folder, stressed, repair, warnings, found, cancellation);
            CheckSameFactors(factors, stressed, found);
            if (found.Count == 0 && factors.Factors.Count == factors.Names.Names.Count && factors.Names.Names.Count == stressed.Names.Names.Count)
            {
                model = InOrder(factors, stressed, correlation!, dependence);
            }
        }

        faults.Add(found);
        return model;
    }

    /// <summary>Of a run.json as calibrate writes it only the copula is used; the run's own settings hold for everything else.</summary>
    static Copula Copula(SourceFile file, FaultList faults)
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
                faults.Add(stressed.File, stressed.Lines[i], "kind", kind.ToString().ToLowerInvariant(), $"'{expected.ToString().ToLowerInvariant()}', as in {factors.File}, line {factors.Lines[factor]}");
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
