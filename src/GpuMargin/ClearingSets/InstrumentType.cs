using GpuMargin.ClearingSets.InstrumentTypes;

namespace GpuMargin.ClearingSets;

/// <summary>A kind of instrument: its word and columns in instruments.csv, its value and its sensitivities.</summary>
/// <remarks>A new kind is a class beside the others and its line here; readers, writers, plans, the grid and liquidation costs ask the object.</remarks>
public abstract class InstrumentType
{
    private protected InstrumentType(string word, params InstrumentColumn[] columns)
    {
        Word = word;
        Columns = columns;
    }

    public static InstrumentType Spot { get; } = new SpotType();

    public static InstrumentType Future { get; } = new FutureType();

    public static InstrumentType Perpetual { get; } = new PerpetualType();

    public static InstrumentType Option { get; } = new VanillaOptionType();

    public static InstrumentType FutureOption { get; } = new FutureOptionType();

    public static InstrumentType InverseFuture { get; } = new InverseFutureType();

    public static InstrumentType InversePerpetual { get; } = new InversePerpetualType();

    public static InstrumentType InverseOption { get; } = new InverseOptionType();

    public static IReadOnlyList<InstrumentType> All { get; } =
        [Spot, Future, Perpetual, Option, InverseFuture, InversePerpetual, InverseOption, FutureOption];

    /// <summary>The type in instruments.csv.</summary>
    public string Word { get; }

    /// <summary>Columns with a meaning, beyond those of every instrument; ascending.</summary>
    internal IReadOnlyList<InstrumentColumn> Columns { get; }

    /// <summary>Coin-margined: P&amp;L arises in units of the underlying.</summary>
    internal virtual bool IsInverse => false;

    /// <summary>Whether it is paid for and worth something or nothing, never less: who has bought it loses at most its value.</summary>
    internal virtual bool IsHeld => false;

    /// <summary>Whether positions are rolled into the next expiry, at a cost that the grid's roll shock covers.</summary>
    internal virtual bool IsRolled => false;

    /// <summary>Whether the underlying is the price of a future: a rate moves the discounting alone, and there is neither yield nor dividend.</summary>
    internal virtual bool IsOnFuture => false;

    /// <summary>Whether the underlying may be an additive factor.</summary>
    internal virtual bool AllowsAdditive => false;

    /// <summary>Whether exercise may be American.</summary>
    internal virtual bool AllowsAmerican => false;

    internal bool Has(InstrumentColumn column) => Columns.Contains(column);

    /// <summary>Today's value per contract of what is held; zero of what is settled. Instrument's currency.</summary>
    internal abstract double HeldValue(Instrument instrument, RiskFactor underlying);

    /// <summary>Units of the underlying that a contract stands for under a small move, signed: m·∂F/∂S of a future, m/F of a coin-margined one, m·∂V/∂S of an option, coin-margined or not.</summary>
    /// <param name="years">To expiry at the revaluation date.</param>
    /// <param name="leastDeviation">Smallest σ√T of an option.</param>
    internal abstract double Delta(Instrument instrument, RiskFactor underlying, double years, double leastDeviation);

    public override string ToString() => Word;
}
