using System.Globalization;
using System.Text.Json.Nodes;
using GpuMargin.ClearingSets;
using GpuMargin.Files;

namespace GpuMargin.Reporting;

/// <summary>The settings of a run in the keys, words and units of run.json: the object is a valid run.json.</summary>
sealed record RecordedSettings
{
    public required DateTimeOffset AsOf { get; init; }

    public required string Currency { get; init; }

    /// <summary>Per currency the price factor, or <c>1/</c> and the factor for its reciprocal.</summary>
    public required IReadOnlyDictionary<string, string> Fx { get; init; }

    public required RecordedCopula Copula { get; init; }

    public required int Scenarios { get; init; }

    public required ulong Seed { get; init; }

    public required int HorizonDays { get; init; }

    public required decimal Confidence { get; init; }

    public required string Sampling { get; init; }

    /// <summary>Absent in records of versions without the setting: off.</summary>
    public string? Importance { get; init; }

    public required string Precision { get; init; }

    /// <summary>Absent in records of versions without the setting: 1.</summary>
    public int? Fingerprint { get; init; }

    public required string Ageing { get; init; }

    /// <summary>Absent where arbitrage is warned of.</summary>
    public string? Arbitrage { get; init; }

    /// <summary>Absent where every day counts.</summary>
    public JsonNode? Calendar { get; init; }

    /// <summary>Absent when <see cref="Scenarios"/> were computed and no more.</summary>
    public decimal? TargetError { get; init; }

    /// <summary>Present with <see cref="TargetError"/>.</summary>
    public int? MaxScenarios { get; init; }

    /// <summary>Absent in records of versions without the setting: its default.</summary>
    public string? ExpiryTime { get; init; }

    /// <summary>Absent where times of expiry are UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Absent in records of versions without the setting: its default.</summary>
    public double? MaximumShock { get; init; }

    public static RecordedSettings Of(RunSettings settings) => new()
    {
        AsOf = settings.AsOf,
        Currency = settings.Currency,
        Fx = settings.Fx.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Reciprocal ? $"1/{pair.Value.Factor}" : pair.Value.Factor),
        Copula = RecordedCopula.Of(settings.Copula),
        Scenarios = settings.Scenarios,
        Seed = settings.Seed,
        HorizonDays = settings.HorizonDays,
        Confidence = settings.Confidence,
        Sampling = Words.Samplings.WordOf(settings.Sampling),
        Importance = Words.Importances.WordOf(settings.Importance),
        Precision = Words.Precisions.WordOf(settings.Precision),
        Fingerprint = (int)settings.Fingerprint,
        Ageing = Words.Ageings.WordOf(settings.Ageing),
        Arbitrage = settings.Arbitrage == ArbitrageRule.Warn ? null : Words.ArbitrageRules.WordOf(settings.Arbitrage),
        Calendar = CalendarKey.Node(settings.Calendar),
        TargetError = settings.TargetError,
        MaxScenarios = settings.TargetError is null ? null : settings.MaxScenarios,
        ExpiryTime = settings.ExpiryClock.TimeText,
        TimeZone = settings.ExpiryClock.TimeZone,
        MaximumShock = settings.MaximumShock,
    };

    /// <summary>What must be laid over run.json to get these settings again.</summary>
    /// <exception cref="System.Text.Json.JsonException">A word that run.json does not know.</exception>
    public RunOverrides ToOverrides(bool repairCorrelation) => new()
    {
        Scenarios = Scenarios,
        Seed = Seed,
        Confidence = Confidence,
        HorizonDays = HorizonDays,
        Precision = Value(Precision, Words.Precisions),
        Sampling = Value(Sampling, Words.Samplings),
        Importance = Importance is null ? ClearingSets.Importance.Off : Value(Importance, Words.Importances),
        Fingerprint = Value((Fingerprint ?? (int)ClearingSets.Fingerprint.Sha256Leaves).ToString(CultureInfo.InvariantCulture), Words.Fingerprints),
        TargetError = TargetError,
        MaxScenarios = MaxScenarios,
        RepairCorrelation = repairCorrelation,
    };

    static T Value<T>(string word, Vocabulary<T> words)
        where T : struct =>
        words.Find(word) ?? throw new System.Text.Json.JsonException($"'{word}' is not a known {typeof(T).Name.ToLowerInvariant()}");
}

/// <param name="Nu">Degrees of freedom of the Student t copula; absent for the Gaussian.</param>
sealed record RecordedCopula(string Family, double? Nu = null)
{
    internal static RecordedCopula Of(Copula copula) =>
        new(Words.CopulaFamilies.WordOf(copula.Family), copula.Family == CopulaFamily.StudentT ? copula.DegreesOfFreedom : null);
}
