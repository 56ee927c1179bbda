using GpuMargin.Kernels;

namespace GpuMargin.Revaluation;

/// <summary>The growth rows that an instrument reads; an option that is revalued in double precision reads that of the rate alone, and where a surface moves its volatility its log-return.</summary>
/// <param name="LogReturn">Log-return of the underlying less its dividends; <see cref="Shock"/>: the underlying's shock is the log-return.</param>
/// <param name="Rate">With the change of the rate; not read where nothing moves it.</param>
readonly record struct InstrumentRows(
    int LogReturn, int Forward, int Asset, int Strike, int VolatilityUp, int VolatilityDown, int Fx, int FxLessOne, int Rate)
{
    /// <summary>Shock of the volatility that a surface moves, where a backend keeps it in a row; <see cref="Shock"/>: a factor's shock is it.</summary>
    public int Volatility { get; init; }

    /// <summary>No row.</summary>
    public const int Shock = 0;

    public static InstrumentRows Of(InstrumentPlan plan, int i, GrowthRows rows)
    {
        int rate = rows.Row(plan.RateMove(i));
        if (plan.InDouble[i])
        {
            return default(InstrumentRows) with
            {
                LogReturn = plan.Surfaces[i] is not null && plan.Gearing[i] != 1 ? rows.Row(plan.UnderlyingShock[i], Growth.EscrowedLog, plan.Gearing[i]) : Shock,
                Rate = rate,
            };
        }

        bool inverse = plan.Inverse[i];
        int underlying = plan.UnderlyingShock[i];
        int fx = plan.FxShock[i];
        bool reciprocal = plan.FxReciprocal[i];
        bool option = plan.IsOption[i];
        bool legs = option && !plan.Additive[i];

        double gearing = plan.Gearing[i];

        // With a rate factor the forward's growth is the instrument's own and is computed in place.
        bool shared = plan.RateShock[i] < 0;
        return new InstrumentRows(
            LogReturn: gearing != 1 && (option || !shared) ? rows.Row(underlying, Growth.EscrowedLog, gearing) : Shock,
            Forward: option || !shared ? 0 : rows.Row(underlying, plan.Additive[i] ? Growth.Move : inverse ? Growth.DownLessOne : Growth.UpLessOne),
            Asset: legs && !inverse ? gearing != 1 ? rows.Row(underlying, Growth.Escrowed, gearing) : rows.Row(underlying, Growth.Up) : GrowthRows.Ones,
            Strike: option && inverse && shared ? rows.Row(underlying, Growth.Down) : GrowthRows.Ones,
            VolatilityUp: option ? rows.Row(plan.VolatilityShock[i], Growth.Up) : 0,
            VolatilityDown: legs ? rows.Row(plan.VolatilityShock[i], Growth.Down) : 0,
            Fx: rows.Row(fx, reciprocal ? Growth.Down : Growth.Up),
            FxLessOne: fx < 0 ? 0 : rows.Row(fx, reciprocal ? Growth.DownLessOne : Growth.UpLessOne),
            Rate: rate);
    }
}
