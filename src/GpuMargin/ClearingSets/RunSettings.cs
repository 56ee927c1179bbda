using GpuMargin.Kernels;

namespace GpuMargin.ClearingSets;

/// <summary>What run.json says, after command-line overrides (docs/files.md).</summary>
public sealed record RunSettings
{
    public const int DefaultMaxScenarios = 1 << 20;

    /// <summary>A factor of 2.6e10 in price; beyond it prices would not stay finite in single precision.</summary>
    public const double LargestMaximumShock = GarchStep.ShockBound;

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Currency of every amount that is reported.</summary>
    public required string Currency { get; init; }

    public required Copula Copula { get; init; }

    /// <summary>Per foreign currency, the price factor that gives run currency per unit of it.</summary>
    public IReadOnlyDictionary<string, FxRate> Fx { get; init; } = new Dictionary<string, FxRate>();

    public int Scenarios { get; init; } = 10_000;

    public ulong Seed { get; init; } = 20010102;

    /// <summary>Margin period of risk in days, one GARCH step each.</summary>
    public int HorizonDays { get; init; } = 2;

    /// <summary>Confidence level, 0.5 ≤ α &lt; 1; decimal, because n·(1 − α) is counted exactly.</summary>
    public decimal Confidence { get; init; } = 0.99m;

    public Sampling Sampling { get; init; } = Sampling.Philox;

    /// <summary>Importance sampling of the t copula's chi-square; without effect on a Gaussian copula, which has none.</summary>
    public Importance Importance { get; init; } = Importance.Off;

    /// <summary>Half-width of the 95 % interval of expected shortfall, relative to it, that every account is to reach; <see langword="null"/>: <see cref="Scenarios"/> are computed and no more.</summary>
    public decimal? TargetError { get; init; }

    /// <summary>Scenarios at which a run with <see cref="TargetError"/> gives up.</summary>
    public int MaxScenarios { get; init; } = DefaultMaxScenarios;

    /// <summary>Time of expiries that were given as dates; instruments have their years to expiry, so it counts where files are read.</summary>
    public ExpiryClock ExpiryClock { get; init; } = ExpiryClock.Default;

    /// <summary>Log-returns of prices and volatilities, and changes of rates, are clamped to ± this at the end of every day; above 0, at most <see cref="LargestMaximumShock"/>.</summary>
    /// <remarks>Short positions under Student t log-returns have no finite expected shortfall without it; see the model document.</remarks>
    public double MaximumShock { get; init; } = LargestMaximumShock;

    public Precision Precision { get; init; } = Precision.Mixed;

    public Fingerprint Fingerprint { get; init; } = Fingerprint.XxhLeaves;

    public Ageing Ageing { get; init; } = Ageing.None;

    /// <summary>What is done about surfaces that have arbitrage today.</summary>
    public ArbitrageRule Arbitrage { get; init; } = ArbitrageRule.Warn;

    /// <summary>Which days after <see cref="AsOf"/> are days of a path.</summary>
    public BusinessCalendar Calendar { get; init; } = BusinessCalendar.All;

    /// <summary>Years from <see cref="AsOf"/> to the end of each day of a path, ACT/365; element 0 is 0.</summary>
    internal double[] YearsToDays(int days)
    {
        int[] calendarDays = Calendar.CalendarDays(DateOnly.FromDateTime(AsOf.Date), days);
        double[] years = new double[calendarDays.Length];
        for (int day = 0; day < years.Length; day++)
        {
            years[day] = calendarDays[day] / DaysPerYear;
        }

        return years;
    }

    const double DaysPerYear = 365;

    /// <summary>What run.json means when it does not say: on with Sobol points of a t copula, where it was measured to multiply the gain.</summary>
    public static Importance ImportanceByDefault(Sampling sampling, CopulaFamily family) =>
        sampling == Sampling.Sobol && family == CopulaFamily.StudentT ? Importance.On : Importance.Off;
}

/// <summary>Dependence between the factors' innovations.</summary>
/// <param name="DegreesOfFreedom">ν &gt; 2 of the Student t copula; +∞ for the Gaussian copula.</param>
public readonly record struct Copula(CopulaFamily Family, double DegreesOfFreedom);

public enum CopulaFamily
{
    Gaussian,
    StudentT,
}

/// <summary>Exchange rate in run currency per unit: a price factor or its reciprocal.</summary>
public readonly record struct FxRate(string Factor, bool Reciprocal);

public enum Sampling
{
    /// <summary>Independent scenarios.</summary>
    Philox,

    /// <summary>Scrambled Sobol points in independent randomisations.</summary>
    Sobol,
}

public enum Importance
{
    Off,
    On,
}

public enum Precision
{
    /// <summary>Draws and repricing in single precision, account totals in double precision.</summary>
    Mixed,

    /// <summary>Double precision throughout.</summary>
    Double,
}

/// <summary>Definition of the hash over the P&amp;L that a run record has; its number is that of run.json.</summary>
public enum Fingerprint
{
    /// <summary>SHA-256 of leaves of 64 scenarios by 64 accounts, and SHA-256 of their digests.</summary>
    Sha256Leaves = 1,

    /// <summary>XXH3-128 of the leaves, SHA-256 of the digests of 64 scenarios, and SHA-256 of these.</summary>
    XxhLeaves = 2,
}

public enum ArbitrageRule
{
    /// <summary>A warning names surface, expiry and strikes.</summary>
    Warn,

    /// <summary>The set is refused.</summary>
    Refuse,
}

public enum Ageing
{
    /// <summary>Instruments keep their time to expiry.</summary>
    None,

    /// <summary>Instruments are revalued as much later as the days of the path take; what expires on the way settles at the price of its day.</summary>
    Horizon,
}
