using GpuMargin.ClearingSets;
using GpuMargin.Tests.Backends;

namespace GpuMargin.Tests.Revaluation.American;

/// <summary>American calls and puts on the stock of <see cref="DividendSet"/>, whose first ex-date passes before the horizon.</summary>
static class DividendOptionSet
{
    static readonly Instrument s_call = new()
    {
        Name = "call",
        Type = InstrumentType.Option,
        Underlying = 0,
        Currency = "USD",
        Multiplier = 10,
        YearsToExpiry = .4,
        Rate = .03,
        Dividends = DividendSet.Dividends,
        Strike = 80,
        Right = OptionRight.Call,
        Exercise = ExerciseStyle.American,
        Volatility = .3,
        VolatilityFactor = 1,
    };

    static readonly Instrument s_put = s_call with { Name = "put", Right = OptionRight.Put };

    internal static IReadOnlyList<Instrument> Varied { get; } =
    [
        s_call,
        s_call with { Name = "in the money", Strike = 60 },
        s_call with { Name = "out of the money", Strike = 110 },
        s_call with { Name = "in euro", Currency = "EUR", YearsToExpiry = 1.5, Strike = 70 },
        s_call with { Name = "constant volatility", VolatilityFactor = -1, Rate = .01 },
        s_call with { Name = "no rate", Rate = 0, YearsToExpiry = 131 / 365.0 },
        s_call with { Name = "curve", Rate = 0, Curve = new ZeroCurve("USD", [new CurveNode(10, .03), new CurveNode(400, .03)]) },
        s_call with { Name = "deep", Strike = 6 },
        s_call with { Name = "far out", Strike = 20_000 },
        s_call with { Name = "expires on the way", YearsToExpiry = 1.5 / 365 },
        s_put,
        s_put with { Name = "put in the money", Strike = 110, Rate = .05 },
        s_put with { Name = "put that can be exercised today", Strike = 90, Rate = .2, YearsToExpiry = 1.5 },
        s_put with { Name = "put in euro", Currency = "EUR", YearsToExpiry = 120 / 365.0, Strike = 70 },
        s_put with { Name = "put of constant volatility", VolatilityFactor = -1 },
        s_put with { Name = "put without interest", Rate = 0 },
        s_put with { Name = "put whose ex-date is its expiry", YearsToExpiry = 40 / 365.0 },
        s_put with { Name = "put that expires on the way", YearsToExpiry = 1.5 / 365 },
        s_call with { Name = "never early", YearsToExpiry = 3, Rate = .2 },
    ];

    internal static ClearingSet Of(Precision precision, Ageing ageing, int scenarios = 150, params Instrument[] instruments)
    {
        ClearingSet set = DividendSet.Of(precision, ageing, variance: .015, scenarios);
        Instrument[] options = instruments.Length == 0 ? [.. Varied] : instruments;
        int[] all = [.. Enumerable.Range(0, options.Length)];
        return set with
        {
            Settings = set.Settings with { HorizonDays = 2 },
            Factors = [.. set.Factors.Select(factor => factor.Name == "VOL" ? factor with { Variance = .03 } : factor)],
            Instruments = options,
            Accounts = [.. options.Select(option => option.Name)],
            Positions = new PositionTable(all, all, [.. all.Select(_ => 1.0)]),
        };
    }
}
