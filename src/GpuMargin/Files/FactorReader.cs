using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

static class FactorReader
{
    static readonly string[] s_required = ["factor", "kind", "level", "process", "variance", "marginal"];

    static readonly string[] s_optional = ["mean", "omega", "alpha", "gamma", "beta", "nu", "skew", "long_run_variance"];

    /// <returns><see langword="null"/> when the factors' names are not known.</returns>
    public static FactorTable? Read(SourceFile? file, FaultList faults)
    {
        using CsvTable? csv = file is null ? null : CsvTable.Open(file, faults);
        if (csv is null || CsvColumns.Find(csv, s_required, s_optional, faults) is not { } columns)
        {
            return null;
        }

        FactorTable table = new(csv.File);
        CsvCells cells = new(csv, columns, faults);
        while (csv.Next())
        {
            bool readOn = cells.Register("factor", table.Names, out int index);
            while (table.Kinds.Count < table.Names.Names.Count)
            {
                table.Kinds.Add(null);
                table.Lines.Add(csv.Line);
            }

            if (readOn)
            {
                RiskFactor factor = Row(cells, table.Names, table.Names.Names[index], out RiskFactorKind? kind);
                table.Kinds[index] = kind;
                table.Factors.Add(factor);
            }
        }

        if (csv.Rows == 0)
        {
            faults.Add(csv.File, csv.HeaderLine, null, null, "at least one factor below the header");
            return null;
        }

        return table;
    }

    static RiskFactor Row(CsvCells cells, NameTable names, string name, out RiskFactorKind? kind)
    {
        if (FactorRule.Reserved(name) is { } reserved)
        {
            cells.Refuse("factor", name, reserved);
            names.LoseName();
        }

        kind = cells.Word("kind", Words.Kinds);
        NumberRule levelRule = FactorRule.Level(kind);
        double? level = kind == RiskFactorKind.Volatility ? cells.NumberOr(1, "level", levelRule) : cells.Number("level", levelRule);
        VolatilityProcess? process = cells.Word("process", Words.Processes);
        double? mean = cells.NumberOr(0, "mean", NumberRule.Finite);
        double? variance = cells.Number("variance", FactorRule.Variance(process));
        GarchParameters garch = process is { } ofProcess ? GarchParameters.Read(cells, ofProcess) : default;
        MarginalFamily? marginal = cells.Word("marginal", Words.Marginals);
        double degreesOfFreedom = double.NaN;
        double skew = 0;
        switch (marginal)
        {
            case MarginalFamily.StudentT:
                degreesOfFreedom = cells.Number("nu", NumberRule.DegreesOfFreedom, "marginal is 'student-t'") ?? double.NaN;
                cells.MustBeEmpty("marginal is 'student-t'", "skew");
                break;
            case MarginalFamily.SkewedT:
                degreesOfFreedom = cells.Number("nu", NumberRule.DegreesOfFreedom, "marginal is 'skewed-t'") ?? double.NaN;
                skew = cells.Number("skew", NumberRule.Skew, "marginal is 'skewed-t'") ?? 0;
                break;
            case MarginalFamily.Normal:
                cells.MustBeEmpty("marginal is 'normal'", "nu", "skew");
                break;
            case MarginalFamily.Empirical:
                cells.MustBeEmpty("marginal is 'empirical'", "nu", "skew");
                break;
        }

        double? longRunVariance = cells.NumberOr(double.NaN, "long_run_variance", NumberRule.Positive);
        return new RiskFactor
        {
            Name = name,
            Kind = kind ?? default,
            Level = level ?? default,
            Process = process ?? default,
            Mean = mean ?? default,
            Variance = variance ?? default,
            GivenLongRunVariance = longRunVariance ?? double.NaN,
            Omega = garch.Omega,
            Alpha = garch.Alpha,
            Gamma = garch.Gamma,
            Beta = garch.Beta,
            Marginal = marginal ?? default,
            DegreesOfFreedom = degreesOfFreedom,
            Skew = skew,
        };
    }
}
