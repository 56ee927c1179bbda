using System.Text.Json;

namespace GpuMargin.ClearingSets.Reading;

static class RunReader
{
    public const string FileName = "run.json";

    static readonly string[] Keys =
    [
        "asOf", "currency", "fx", "copula", "scenarios", "seed", "horizonDays", "confidence", "sampling", "precision", "ageing",
    ];

    static readonly RunSettings Defaults = new() { AsOf = default, Currency = "", Copula = default };

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

            return new RunDraft { Settings = Defaults };
        }

        JsonSection run = new(FileName, "", root, faults);
        run.CheckKeys(Keys);
        string? currency = Name(run, "currency", "the run's currency, such as \"USD\"");
        (IReadOnlyList<FxEntry> fx, IReadOnlySet<string>? fxCurrencies) = Fx(run, currency, faults);
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
        decimal? scenarios = run.NumberOr(Defaults.Scenarios, "scenarios", DecimalRule.Scenarios);
        decimal? seed = run.NumberOr(Defaults.Seed, "seed", DecimalRule.Seed);
        decimal? horizonDays = run.NumberOr(Defaults.HorizonDays, "horizonDays", DecimalRule.HorizonDays);
        decimal? confidence = run.NumberOr(Defaults.Confidence, "confidence", DecimalRule.Confidence);
        Sampling? sampling = run.WordOr(Defaults.Sampling, "sampling", Words.Samplings);
        Precision? precision = run.WordOr(Defaults.Precision, "precision", Words.Precisions);
        Ageing? ageing = run.WordOr(Defaults.Ageing, "ageing", Words.Ageings);
        OverrideCheck.CheckTail(overrides, scenarios, confidence, run.Find("scenarios")?.Line, run.Find("confidence")?.Line, faults);
        return Defaults with
        {
            Copula = Copula(run, faults),
            Scenarios = overrides.Scenarios ?? (int)(scenarios ?? default),
            Seed = overrides.Seed ?? (ulong)(seed ?? default),
            HorizonDays = overrides.HorizonDays ?? (int)(horizonDays ?? default),
            Confidence = overrides.Confidence ?? confidence ?? default,
            Sampling = overrides.Sampling ?? sampling ?? default,
            Precision = overrides.Precision ?? precision ?? default,
            Ageing = ageing ?? default,
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

    static Copula Copula(JsonSection run, FaultList faults)
    {
        const string Phrase = "the copula, such as {\"family\": \"student-t\", \"nu\": 6.5}";
        if (run.Find("copula", JsonTokenType.StartObject, Phrase, required: true) is not { } value)
        {
            return default;
        }

        JsonSection copula = new(FileName, "copula.", value, faults);
        copula.CheckKeys(["family", "nu"]);
        CopulaFamily? family = copula.Word("family", Words.CopulaFamilies);
        LocatedJson? nu = copula.Find("nu");
        if (family is CopulaFamily.StudentT)
        {
            return new Copula(CopulaFamily.StudentT, DegreesOfFreedom(copula));
        }

        if (family is CopulaFamily.Gaussian && nu is not null)
        {
            copula.Refuse(nu.Line, "nu", nu.Text, "no such key, because copula.family is 'gaussian'");
        }

        return new Copula(CopulaFamily.Gaussian, double.PositiveInfinity);
    }

    static double DegreesOfFreedom(JsonSection copula)
    {
        NumberRule rule = NumberRule.DegreesOfFreedom;
        if (copula.Find("nu", JsonTokenType.Number, rule.Phrase, required: true) is not { } value)
        {
            return double.NaN;
        }

        if (NumberText.TryRead(System.Text.Encoding.UTF8.GetBytes(value.Text), out double nu) && rule.Holds(nu))
        {
            return nu;
        }

        copula.Refuse(value.Line, "nu", value.Text, rule.Phrase);
        return double.NaN;
    }

    static (IReadOnlyList<FxEntry> Entries, IReadOnlySet<string>? Currencies) Fx(JsonSection run, string? currency, FaultList faults)
    {
        const string Phrase = "an object such as {\"EUR\": \"EURUSD\"}";
        if (run.Find("fx") is null)
        {
            return ([], new HashSet<string>());
        }

        if (run.Find("fx", JsonTokenType.StartObject, Phrase, required: true) is not { } value)
        {
            return ([], null);
        }

        JsonSection fx = new(FileName, "fx.", value, faults);
        fx.CheckKeys(null);
        List<FxEntry> entries = [];
        foreach ((string foreign, LocatedJson factor) in fx.Members)
        {
            if (NameRule.Breach(foreign) is not null)
            {
                fx.Refuse(factor.Line, foreign, $"\"{foreign}\"", "a currency without blanks around it");
            }
            else if (foreign == currency)
            {
                fx.Refuse(factor.Line, foreign, factor.Text, $"foreign currencies only: '{currency}' is the run's own");
            }
            else if (Name(fx, foreign, "a price factor or its reciprocal, such as \"EURUSD\" or \"1/BTCUSD\"") is { } name)
            {
                bool reciprocal = name.StartsWith(FxEntry.ReciprocalPrefix, StringComparison.Ordinal);
                string factorName = reciprocal ? name[FxEntry.ReciprocalPrefix.Length..] : name;
                entries.Add(new FxEntry(foreign, new FxRate(factorName, reciprocal), factor.Line));
            }
        }

        return (entries, fx.Members.Select(member => member.Key).ToHashSet());
    }

    static string? Name(JsonSection section, string key, string phrase)
    {
        if (section.Find(key, JsonTokenType.String, phrase, required: true) is not { } value)
        {
            return null;
        }

        if (NameRule.Breach(value.Text) is not { } breach)
        {
            return value.Text;
        }

        section.Refuse(value.Line, key, value.Text, $"{phrase}: {breach}");
        return null;
    }
}
