using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

static class RunReader
{
    public const string FileName = "run.json";

    public static readonly string[] Keys =
    [
        "asOf", "currency", "fx", "copula", "scenarios", "seed", "horizonDays", "confidence", "sampling", "importance", "precision", "fingerprint", "ageing", CalendarKey.Name, "arbitrage",
        "targetError", "maxScenarios", "maximumShock",
        "expiryTime", "timeZone",
    ];

    static readonly RunSettings s_defaults = new() { AsOf = default, Currency = "", Copula = default };

    public static RunDraft Read(SourceFile? file, RunOverrides overrides, FaultList faults)
    {
        OverrideCheck.Check(overrides, faults);
        LocatedJson? root = file is null ? null : LocatedJson.Parse(file, faults);
        if (root is not { Kind: JsonTokenType.StartObject })
        {
            if (root is not null)
            {
                faults.Add(FileName, root.Line, null, root.Text, "a JSON object in braces");
            }

            return new RunDraft { Settings = s_defaults };
        }

        JsonSection run = new(FileName, "", root, faults);
        run.CheckKeys(Keys);
        string? currency = run.Name("currency", "the run's currency, such as \"USD\"");
        (IReadOnlyList<FxEntry> fx, IReadOnlySet<string>? fxCurrencies) = FxReader.Read(run, currency, faults);
        return new RunDraft
        {
            AsOf = AsOf(run),
            Currency = currency,
            FxCurrencies = fxCurrencies,
            Fx = fx,
            Settings = Settings(run, overrides, faults),
        };
    }

    static RunSettings Settings(JsonSection run, RunOverrides overrides, FaultList faults)
    {
        decimal? scenarios = run.NumberOr(s_defaults.Scenarios, "scenarios", DecimalRule.Scenarios);
        decimal? seed = run.NumberOr(s_defaults.Seed, "seed", DecimalRule.Seed);
        decimal? horizonDays = run.NumberOr(s_defaults.HorizonDays, "horizonDays", DecimalRule.HorizonDays);
        decimal? confidence = run.NumberOr(s_defaults.Confidence, "confidence", DecimalRule.Confidence);
        Sampling? sampling = run.WordOr(s_defaults.Sampling, "sampling", Words.Samplings);
        Importance? importance = run.Find("importance") is null ? null : run.Word("importance", Words.Importances);
        Precision? precision = run.WordOr(s_defaults.Precision, "precision", Words.Precisions);
        decimal? fingerprint = run.NumberOr((int)s_defaults.Fingerprint, "fingerprint", DecimalRule.Fingerprint);
        Ageing? ageing = run.WordOr(s_defaults.Ageing, "ageing", Words.Ageings);
        BusinessCalendar? calendar = CalendarKey.Read(run);
        decimal? target = run.Find("targetError") is null ? null : run.NumberOr(default, "targetError", DecimalRule.TargetError);
        decimal? most = run.NumberOr(s_defaults.MaxScenarios, "maxScenarios", DecimalRule.Scenarios);
        OverrideCheck.CheckMost(overrides, run, target, scenarios, most, faults);
        OverrideCheck.CheckTail(overrides, scenarios, confidence, run.Find("scenarios")?.Line, run.Find("confidence")?.Line, faults);
        Copula copula = CopulaReader.Read(run, faults);
        Sampling drawn = overrides.Sampling ?? sampling ?? default;
        return s_defaults with
        {
            Copula = copula,
            Scenarios = overrides.Scenarios ?? (int)(scenarios ?? default),
            Seed = overrides.Seed ?? (ulong)(seed ?? default),
            HorizonDays = overrides.HorizonDays ?? (int)(horizonDays ?? default),
            Confidence = overrides.Confidence ?? confidence ?? default,
            Sampling = drawn,
            Importance = overrides.Importance ?? importance ?? RunSettings.ImportanceByDefault(drawn, copula.Family),
            TargetError = overrides.TargetError ?? target,
            MaxScenarios = overrides.MaxScenarios ?? (int)(most ?? default),
            Precision = overrides.Precision ?? precision ?? default,
            Fingerprint = overrides.Fingerprint ?? (Fingerprint)(fingerprint ?? default),
            Ageing = ageing ?? default,
            Arbitrage = run.WordOr(s_defaults.Arbitrage, "arbitrage", Words.ArbitrageRules) ?? default,
            Calendar = calendar ?? BusinessCalendar.All,
            ExpiryClock = ExpiryReader.Read(run),
            MaximumShock = run.NumberOr(s_defaults.MaximumShock, "maximumShock", NumberRule.MaximumShock),
        };
    }

    static DateTimeOffset? AsOf(JsonSection run)
    {
        if (run.Find("asOf", JsonTokenType.String, IsoTime.DateTimePhrase, required: true) is not { } value)
        {
            return null;
        }

        if (IsoTime.TryReadDateTime(value.Text, out DateTimeOffset time))
        {
            return time;
        }

        run.Refuse(value.Line, "asOf", value.Text, IsoTime.DateTimePhrase);
        return null;
    }
}
