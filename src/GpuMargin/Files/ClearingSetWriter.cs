using System.Globalization;
using System.Text.Json;
using CsvHelper;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Files;

/// <summary>Writes a clearing set as the folder that is read back to the same set (docs/files.md).</summary>
static class ClearingSetWriter
{
    internal const string RunFile = "run.json";
    internal const string FactorsFile = "factors.csv";
    internal const string CorrelationFile = "correlation.csv";
    internal const string ResidualsFile = "residuals.csv";

    static readonly CsvWriterOptions s_csv = CsvWriterOptions.Default with { NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture };

    static readonly string[] s_none = [];

    static readonly JsonWriterOptions s_json = new() { Indented = true, NewLine = "\n" };

    const string DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>All files or none: they are written to a folder beside the target, which then takes its name.</summary>
    /// <param name="set">Numbers are written with the digits that read back to the same bits; expiries as AsOf + years · 365 days, rounded to whole seconds after AsOf.</param>
    /// <param name="folder">Does not exist yet, or is empty.</param>
    /// <param name="sections">Those that policy.json may have.</param>
    /// <exception cref="RefusedInputException">The folder holds something, or a file has its name.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is left.</exception>
    public static void Write(ClearingSet set, string folder, PolicySections sections, CancellationToken cancellation = default)
    {
        using NewFolder made = new(folder);
        WriteFiles(set, made.Path, sections, cancellation);
        cancellation.ThrowIfCancellationRequested();
        made.Commit();
    }

    static void WriteFiles(ClearingSet set, string folder, PolicySections sections, CancellationToken cancellation)
    {
        Stream Create(string name) => File.Create(Path.Combine(folder, name));
        using (Stream run = Create(RunFile))
        {
            WriteRun(set.Settings, run);
        }

        WriteModel(set.Factors, set.Correlation, Create, cancellation);
        ZeroCurve[] curves = [.. set.Instruments.Select(instrument => instrument.Curve).OfType<ZeroCurve>().Distinct()];
        if (curves.Length > 0)
        {
            WriteTable(Create(CurveReader.FileName), csv => WriteCurves(csv, curves, set.Factors));
        }

        if (set.Instruments.Any(instrument => instrument.Surface is not null))
        {
            SurfaceWriter.Write(set, (name, write) => WriteTable(Create(name), write));
        }

        WriteTable(Create("instruments.csv"), csv => WriteInstruments(csv, set));
        if (set.Instruments.Any(instrument => instrument.Dividends.Count > 0))
        {
            WriteTable(Create(DividendRows.FileName), csv => WriteDividends(csv, set));
        }

        WriteTable(Create("positions.csv"), csv => WritePositions(csv, set, cancellation));
        WritePolicyFiles(set, folder, sections, Create, cancellation);
    }

    /// <summary>The files that the set has something to say in.</summary>
    static void WritePolicyFiles(ClearingSet set, string folder, PolicySections sections, Func<string, Stream> create, CancellationToken cancellation)
    {
        if (set.Policy is not null)
        {
            using Stream policy = create("policy.json");
            PolicyWriter.Write(set.Policy, sections, set.Factors, policy);
        }

        if (set.AccountTerms.Count > 0)
        {
            WriteTable(create("accounts.csv"), csv => PolicyTables.WriteAccounts(csv, set));
        }

        if (set.Collateral.Count > 0)
        {
            WriteTable(create("collateral.csv"), csv => PolicyTables.WriteCollateral(csv, set));
        }

        if (set.Liquidity.Rows.Count > 0)
        {
            WriteTable(create("liquidity.csv"), csv => PolicyTables.WriteLiquidity(csv, set));
        }

        if (set.Limits.Count > 0)
        {
            WriteTable(create(LimitReader.FileName), csv => PolicyTables.WriteLimits(csv, set));
        }

        if (set.Stress.Moves.Count > 0)
        {
            WriteTable(create("stress.csv"), csv => PolicyTables.WriteStressMoves(csv, set));
        }

        if (set.Stress.Model is { } model)
        {
            Directory.CreateDirectory(Path.Combine(folder, "stress"));
            WriteModel(model.Factors, model.Correlation, name => create(Path.Combine("stress", name)), cancellation);
            using Stream run = create(Path.Combine("stress", RunFile));
            using var json = new Utf8JsonWriter(run, s_json);
            json.WriteStartObject();
            WriteCopula(json, model.Copula);
            json.WriteEndObject();
        }
    }

    /// <summary>factors.csv, and correlation.csv and residuals.csv where the factors call for them.</summary>
    /// <param name="create">Gives the stream of a file by its name; each is closed when it is written.</param>
    internal static void WriteModel(IReadOnlyList<RiskFactor> factors, double[,] correlation, Func<string, Stream> create, CancellationToken cancellation = default)
    {
        WriteTable(create(FactorsFile), csv => WriteFactors(csv, factors));
        if (factors.Count >= 2)
        {
            WriteTable(create(CorrelationFile), csv => WriteCorrelation(csv, factors, correlation, cancellation));
        }

        var empirical = factors.Where(factor => factor.Marginal == MarginalFamily.Empirical).ToList();
        if (empirical.Count > 0)
        {
            WriteTable(create(ResidualsFile), csv => WriteResiduals(csv, empirical));
        }
    }

    /// <param name="stream">Left open.</param>
    internal static void WriteRun(RunSettings settings, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, s_json);
        json.WriteStartObject();
        json.WriteString("asOf", DateTimeText(settings.AsOf));
        json.WriteString("currency", settings.Currency);
        if (settings.Fx.Count > 0)
        {
            json.WriteStartObject("fx");
            foreach (var (currency, rate) in settings.Fx.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(currency, rate.Reciprocal ? "1/" + rate.Factor : rate.Factor);
            }

            json.WriteEndObject();
        }
        WriteCopula(json, settings.Copula);
        json.WriteNumber("scenarios", settings.Scenarios);
        json.WriteNumber("seed", settings.Seed);
        json.WriteNumber("horizonDays", settings.HorizonDays);
        json.WriteNumber("confidence", settings.Confidence);
        json.WriteString("sampling", Words.Samplings.WordOf(settings.Sampling));
        if (settings.Importance != RunSettings.ImportanceByDefault(settings.Sampling, settings.Copula.Family))
        {
            json.WriteString("importance", Words.Importances.WordOf(settings.Importance));
        }

        json.WriteString("precision", Words.Precisions.WordOf(settings.Precision));
        if (settings.Fingerprint != Fingerprint.XxhLeaves)
        {
            json.WriteNumber("fingerprint", (int)settings.Fingerprint);
        }

        json.WriteString("ageing", Words.Ageings.WordOf(settings.Ageing));
        if (settings.Arbitrage != ArbitrageRule.Warn)
        {
            json.WriteString("arbitrage", Words.ArbitrageRules.WordOf(settings.Arbitrage));
        }

        if (CalendarKey.Node(settings.Calendar) is { } calendar)
        {
            json.WritePropertyName(CalendarKey.Name);
            calendar.WriteTo(json);
        }

        if (settings.TargetError is { } target)
        {
            json.WriteNumber("targetError", target);
        }

        if (settings.MaxScenarios != RunSettings.DefaultMaxScenarios)
        {
            json.WriteNumber("maxScenarios", settings.MaxScenarios);
        }

        if (settings.ExpiryClock != ExpiryClock.Default)
        {
            json.WriteString("expiryTime", settings.ExpiryClock.TimeText);
            if (settings.ExpiryClock.TimeZone is { } zone)
            {
                json.WriteString("timeZone", zone);
            }
        }

        if (settings.MaximumShock != RunSettings.LargestMaximumShock)
        {
            json.WriteNumber("maximumShock", settings.MaximumShock);
        }

        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    static void WriteCopula(Utf8JsonWriter json, Copula copula)
    {
        json.WriteStartObject("copula");
        json.WriteString("family", Words.CopulaFamilies.WordOf(copula.Family));
        if (copula.Family == CopulaFamily.StudentT)
        {
            json.WriteNumber("nu", copula.DegreesOfFreedom);
        }

        json.WriteEndObject();
    }

    static void WriteFactors(CsvWriter csv, IReadOnlyList<RiskFactor> factors)
    {
        bool longRun = factors.Any(factor => !double.IsNaN(factor.GivenLongRunVariance));
        csv.WriteRecord(["factor", "kind", "level", "process", "mean", "variance", "omega", "alpha", "gamma", "beta", "marginal", "nu", "skew", .. longRun ? ["long_run_variance"] : s_none]);
        foreach (var factor in factors)
        {
            bool moves = factor.Process != VolatilityProcess.Constant;
            csv.WriteRecord([
                factor.Name,
                Words.Kinds.WordOf(factor.Kind),
                Text(factor.Level),
                Words.Processes.WordOf(factor.Process),
                Text(factor.Mean),
                Text(factor.Variance),
                moves ? Text(factor.Omega) : "",
                moves ? Text(factor.Alpha) : "",
                factor.Process == VolatilityProcess.Gjr ? Text(factor.Gamma) : "",
                moves ? Text(factor.Beta) : "",
                Words.Marginals.WordOf(factor.Marginal),
                factor.Marginal is MarginalFamily.StudentT or MarginalFamily.SkewedT ? Text(factor.DegreesOfFreedom) : "",
                factor.Marginal == MarginalFamily.SkewedT ? Text(factor.Skew) : "",
                .. !longRun ? s_none : [double.IsNaN(factor.GivenLongRunVariance) ? "" : Text(factor.GivenLongRunVariance)],
            ]);
        }
    }

    static void WriteCorrelation(CsvWriter csv, IReadOnlyList<RiskFactor> factors, double[,] correlation, CancellationToken cancellation)
    {
        int count = factors.Count;
        string[] row = new string[count + 1];
        csv.WriteRecord(["factor", .. factors.Select(factor => factor.Name)]);
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            row[0] = factors[i].Name;
            for (int j = 0; j < count; j++)
            {
                row[j + 1] = Text(correlation[i, j]);
            }

            csv.WriteRecord(row);
        }
    }

    static void WriteResiduals(CsvWriter csv, List<RiskFactor> empirical)
    {
        csv.WriteRecord([.. empirical.Select(factor => factor.Name)]);
        for (int day = 0; day < empirical[0].Residuals.Count; day++)
        {
            csv.WriteRecord([.. empirical.Select(factor => Text(factor.Residuals[day]))]);
        }
    }

    static void WriteCurves(CsvWriter csv, ZeroCurve[] curves, IReadOnlyList<RiskFactor> factors)
    {
        csv.WriteRecord(["curve", "days", "rate", "factor"]);
        foreach (ZeroCurve curve in curves)
        {
            foreach (CurveNode node in curve.Nodes)
            {
                csv.WriteRecord([curve.Name, Text(node.Days), Text(node.Rate), node.RateFactor < 0 ? "" : factors[node.RateFactor].Name]);
            }
        }
    }

    static void WriteInstruments(CsvWriter csv, ClearingSet set)
    {
        bool classes = set.Instruments.Any(instrument => instrument.ProductClass != BaseMargin.DefaultClass);
        bool american = set.Instruments.Any(instrument => instrument.Exercise == ExerciseStyle.American);
        bool curves = set.Instruments.Any(instrument => instrument.Curve is not null);
        bool surfaces = set.Instruments.Any(instrument => instrument.Surface is not null);
        csv.WriteRecord(["instrument", "type", "underlying", "currency", "multiplier", "strike", "expiry", "right", .. american ? ["exercise"] : s_none,
            "volatility", "volatility_factor", .. surfaces ? [InstrumentWords.Columns[(int)InstrumentColumn.VolatilitySurface]] : s_none, "rate", "dividend_yield", "rate_factor", .. curves ? ["curve"] : s_none, .. classes ? ["product_class"] : s_none]);
        foreach (var instrument in set.Instruments)
        {
            InstrumentType type = instrument.Type;
            csv.WriteRecord([
                instrument.Name,
                type.Word,
                set.Factors[instrument.Underlying].Name,
                instrument.Currency,
                Text(instrument.Multiplier),
                type.Has(InstrumentColumn.Strike) ? Text(instrument.Strike) : "",
                type.Has(InstrumentColumn.Expiry) ? ExpiryText(set, instrument.YearsToExpiry) : "",
                type.Has(InstrumentColumn.Right) ? Words.Rights.WordOf(instrument.Right) : "",
                .. american ? [type.Has(InstrumentColumn.Exercise) ? Words.Exercises.WordOf(instrument.Exercise) : ""] : s_none,
                type.Has(InstrumentColumn.Volatility) ? Text(instrument.Volatility) : "",
                instrument.VolatilityFactor < 0 ? "" : set.Factors[instrument.VolatilityFactor].Name,
                .. surfaces ? [instrument.Surface?.Name ?? ""] : s_none,
                instrument.Curve is null ? Text(instrument.Rate) : "",
                type.IsOnFuture ? "" : Text(instrument.DividendYield),
                instrument.RateFactor < 0 ? "" : set.Factors[instrument.RateFactor].Name,
                .. curves ? [instrument.Curve?.Name ?? ""] : s_none,
                .. classes ? [instrument.ProductClass] : s_none,
            ]);
        }
    }

    static void WriteDividends(CsvWriter csv, ClearingSet set)
    {
        const double DaysPerYear = 365;
        var today = DateOnly.FromDateTime(set.Settings.AsOf.Date);
        csv.WriteRecord("underlying", "ex_date", "amount");
        foreach (Instrument first in set.Instruments.DistinctBy(instrument => instrument.Underlying))
        {
            foreach (CashDividend dividend in first.Dividends)
            {
                DateOnly date = today.AddDays((int)Math.Round(dividend.Years * DaysPerYear));
                csv.WriteRecord(set.Factors[first.Underlying].Name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Text(dividend.Amount));
            }
        }
    }

    static void WritePositions(CsvWriter csv, ClearingSet set, CancellationToken cancellation)
    {
        csv.WriteRecord("account", "instrument", "quantity");
        var positions = set.Positions;
        for (int row = 0; row < positions.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            csv.WriteField(set.Accounts[positions.Account[row]]);
            csv.WriteField(set.Instruments[positions.Instrument[row]].Name);
            csv.WriteField(positions.Quantity[row]);
            csv.EndRecord();
        }
    }

    static void WriteTable(Stream stream, Action<CsvWriter> write)
    {
        using var csv = CsvWriter.Create(stream, s_csv);
        write(csv);
    }

    internal static string DateTimeText(DateTimeOffset time) => time.UtcDateTime.ToString(DateTimeFormat, CultureInfo.InvariantCulture);

    internal static string ExpiryText(ClearingSet set, double years) => DateTimeText(set.Settings.AsOf.AddSeconds(Math.Round(years * (365 * 86_400))));

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
