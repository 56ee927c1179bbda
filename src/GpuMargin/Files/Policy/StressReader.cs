using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files.Policy;

/// <summary>stress.csv, or the folder stress/.</summary>
static class StressReader
{
    public const string MovesFile = "stress.csv";

    public const string ModelFolder = "stress";

    static readonly string[] s_required = ["scenario", "factor", "shock"];

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
            Model = files.HasFolder(ModelFolder) ? StressModelReader.Read(files, factors, copula, repair, warnings, faults, cancellation) : null,
        };
    }

    static StressMove[] Moves(SourceFile file, FactorTable factors, FaultList faults)
    {
        using CsvTable? csv = CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, [], faults) is not { } columns)
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

            RiskFactorKind? kind = factors.Names.IndexOf(cells.Bytes("factor")) is var named and >= 0 ? factors.Kinds[named] : null;
            double shock = cells.Number("shock", FactorRule.Shock(kind)) ?? default;
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
}
