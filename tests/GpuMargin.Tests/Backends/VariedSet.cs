using System.Globalization;
using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.Backends;

/// <summary>The shape of a clearing set in memory that holds something of everything: every instrument type, currency, process and marginal in turn.</summary>
sealed record VariedSet
{
    static readonly string[] s_currencies = ["USD", "EUR", "JPY", "COIN"];

    static readonly double[] s_years = [30 / 365.0, 1.5, 0.5 / 365, 91 / 365.0, 2 / 365.0, 5 / 365.0];

    static readonly double[] s_moneyness = [1, 0.9, 1.1, 0.5, 2];

    static readonly double[] s_multipliers = [1, 100, 0.5, 10];

    internal int Factors { get; init; } = 5;

    internal int Instruments { get; init; } = 40;

    /// <summary>What strikes of puts are multiplied by and those of calls divided.</summary>
    internal double Depth { get; init; } = 1;

    /// <summary>The fourth factor is additive, and the underlying of every second spot, future, perpetual and option.</summary>
    internal bool Additive { get; init; }

    /// <summary>Two of three dated instruments have a curve, whose nodes are moved by the rate factors in turn and some by none.</summary>
    internal bool Curves { get; init; }

    /// <summary>Options that may be are American, at rates above zero.</summary>
    internal bool American { get; init; }

    /// <summary>Options on futures are among the kinds of instruments.</summary>
    internal bool OnFutures { get; init; }

    /// <summary>Options have surfaces in place of volatility factors: of every coordinate and stickiness, by days or by a power of them.</summary>
    internal bool Surfaces { get; init; }

    internal int Accounts { get; init; } = 7;

    /// <summary>Rows per account before merging.</summary>
    internal int Positions { get; init; } = 20;

    internal int Scenarios { get; init; } = 300;

    internal int Horizon { get; init; } = 2;

    internal Copula Copula { get; init; } = new(CopulaFamily.StudentT, 5);

    internal Ageing Ageing { get; init; }

    internal Sampling Sampling { get; init; }

    internal Importance Importance { get; init; }

    internal decimal? TargetError { get; init; }

    internal int MaxScenarios { get; init; } = 1 << 20;

    internal ulong Seed { get; init; } = 1;

    internal static Copula Gaussian { get; } = new(CopulaFamily.Gaussian, double.PositiveInfinity);

    internal ClearingSet Build(Precision precision)
    {
        Random random = new((int)Seed);
        RiskFactor[] factors = [.. Enumerable.Range(0, Factors).Select(i => Factor(i, random))];
        int[] prices = Of(factors, RiskFactorKind.Price);
        string fx = factors[prices[^1]].Name;
        Instrument[] instruments = [.. Enumerable.Range(0, Instruments).Select(i => Contract(i, factors))];
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2001, 1, 2, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = Copula,
                Fx = new Dictionary<string, FxRate> { ["EUR"] = new(fx, false), ["JPY"] = new(fx, true), ["COIN"] = new(factors[0].Name, false) },
                Scenarios = Scenarios,
                Seed = Seed,
                HorizonDays = Horizon,
                Confidence = 0.95m,
                Sampling = Sampling,
                Importance = Importance,
                TargetError = TargetError,
                MaxScenarios = MaxScenarios,
                Precision = precision,
                Ageing = Ageing,
            },
            Factors = factors,
            Correlation = OneFactorModel(random),
            Instruments = instruments,
            Accounts = [.. Enumerable.Range(0, Accounts).Select(i => $"A{i}")],
            Positions = Rows(random),
        };
    }

    static int[] Of(RiskFactor[] factors, RiskFactorKind kind) =>
        [.. Enumerable.Range(0, factors.Length).Where(i => factors[i].Kind == kind)];

    RiskFactor Factor(int i, Random random)
    {
        RiskFactorKind kind = (i % 5) switch { 1 => RiskFactorKind.Volatility, 2 => RiskFactorKind.Rate, _ => Additive && i == 3 ? RiskFactorKind.Additive : RiskFactorKind.Price };
        double daily = kind switch { RiskFactorKind.Price => 0.02, RiskFactorKind.Volatility => 0.05, RiskFactorKind.Additive => 3, _ => 0.0005 };
        VolatilityProcess process = (VolatilityProcess)(i % 3);
        double variance = daily * daily;
        return new RiskFactor
        {
            Name = "F" + i.ToString(CultureInfo.InvariantCulture),
            Kind = kind,
            Level = kind switch { RiskFactorKind.Price => i % 2 == 0 ? 60 : 1.25, RiskFactorKind.Volatility => 1, RiskFactorKind.Additive => -37.63, _ => 0.05 },
            Process = process,
            Mean = kind == RiskFactorKind.Price ? 0.0003 : 0,
            Variance = variance * (0.5 + random.NextDouble()),
            Omega = process == VolatilityProcess.Constant ? 0 : 0.05 * variance,
            Alpha = process == VolatilityProcess.Constant ? 0 : 0.06,
            Gamma = process == VolatilityProcess.Gjr ? 0.08 : 0,
            Beta = process == VolatilityProcess.Constant ? 0 : 0.85,
            Marginal = (MarginalFamily)((i + 1) % 4),
            DegreesOfFreedom = 3.5 + i,
            Skew = (i + 1) % 4 == (int)MarginalFamily.SkewedT ? -0.2 : 0,
            Residuals = (i + 1) % 4 == (int)MarginalFamily.Empirical ? [.. Enumerable.Range(0, 250).Select(_ => random.NextDouble() + random.NextDouble() - random.NextDouble())] : [],
        };
    }

    // Expiries lie before, between and behind the nodes.
    static ZeroCurve Curve(RiskFactor[] factors)
    {
        int[] rates = Of(factors, RiskFactorKind.Rate);
        return new ZeroCurve("USD", [.. ((double[])[1, 3, 30, 60, 120, 400]).Select((days, k) =>
            new CurveNode(days, 0.01 * (k + 1), k % 4 == 3 || rates.Length == 0 ? -1 : rates[k / 2 % rates.Length]))]);
    }

    // Six, of which one has no pivots; on an additive price without smiles, so that the forward moves nothing.
    static VolatilitySurface Surface(int i, RiskFactor[] factors, bool additive)
    {
        int[] volatilities = Of(factors, RiskFactorKind.Volatility);
        SurfaceCoordinate coordinate = i % 2 == 0 ? SurfaceCoordinate.Delta : SurfaceCoordinate.Moneyness;
        double[] places = coordinate == SurfaceCoordinate.Delta ? [.2, .5, .9] : [-1.5, 0, 1];
        double[] days = i == 4 ? [30] : [7, 60, 400];
        SurfacePivot[] pivots = i == 5 || volatilities.Length == 0
            ? []
            : [.. days.SelectMany((day, row) => places.Select((place, column) => new SurfacePivot(volatilities[(row + column) % volatilities.Length], day, place)))];
        Smile[] smiles = [new(10 / 365.0, new(.0005, .02, -.5, .01, .1)), new(90 / 365.0, new(.004, .06, -.4, 0, .2)), new(1, new(.02, .12, -.3, -.02, .3))];
        return new VolatilitySurface(
            $"surface {i}{(additive ? " of units" : "")}", additive ? 0 : i % 3 / 2.0, coordinate, additive ? [] : smiles, pivots, i == 4 ? .5 : null);
    }

    // Every third instrument has a rate factor, every second option a volatility factor, where the set has one.
    Instrument Contract(int i, RiskFactor[] factors)
    {
        InstrumentType[] types = [.. InstrumentType.All.Where(type => OnFutures || type != InstrumentType.FutureOption)];
        InstrumentType type = types[i % types.Length];
        bool option = type.Word is "option" or "future-option" or "inverse-option";
        bool dated = option || type.Word is "future" or "inverse-future";
        int[] prices = Of(factors, RiskFactorKind.Price), volatilities = Of(factors, RiskFactorKind.Volatility), rates = Of(factors, RiskFactorKind.Rate);
        int underlying = Additive && type.AllowsAdditive && i % 2 == 0 ? 3 : prices[i % prices.Length];
        bool curve = Curves && dated && i % 3 != 1;
        bool american = American && type.AllowsAmerican && factors[underlying].Kind == RiskFactorKind.Price;
        return new Instrument
        {
            Name = $"I{i}",
            Type = type,
            Underlying = underlying,
            Currency = s_currencies[i / 7 % s_currencies.Length],
            Multiplier = s_multipliers[i % s_multipliers.Length],
            Strike = option ? factors[underlying].Level * s_moneyness[i % s_moneyness.Length] * (i % 2 == 0 ? 1 / Depth : Depth) : double.NaN,
            YearsToExpiry = dated ? s_years[i % s_years.Length] : 0,
            Right = i % 2 == 0 ? OptionRight.Call : OptionRight.Put,
            Volatility = option ? (0.1 + 0.05 * (i % 20)) * (factors[underlying].Kind == RiskFactorKind.Additive ? Math.Abs(factors[underlying].Level) : 1) : 0,
            VolatilityFactor = option && !Surfaces && i % 2 == 0 && volatilities.Length > 0 ? volatilities[i % volatilities.Length] : -1,
            Surface = option && Surfaces ? Surface(i / 2 % 6, factors, factors[underlying].Kind == RiskFactorKind.Additive) : null,
            Curve = curve ? Curve(factors) : null,
            Exercise = american ? ExerciseStyle.American : ExerciseStyle.European,
            Rate = dated && !curve ? (american ? 0.06 : 0.04) - 0.01 * (i % 6) : 0,
            DividendYield = dated && type.Word != "future-option" ? 0.01 * (i % 3) : 0,
            RateFactor = dated && !curve && i % 3 == 0 && rates.Length > 0 ? rates[i % rates.Length] : -1,
        };
    }

    double[,] OneFactorModel(Random random)
    {
        double[] loading = [.. Enumerable.Range(0, Factors).Select(_ => 1.6 * random.NextDouble() - 0.8)];
        double[,] correlation = new double[Factors, Factors];
        for (int i = 0; i < Factors; i++)
        {
            for (int j = 0; j < Factors; j++)
            {
                correlation[i, j] = i == j ? 1 : loading[i] * loading[j];
            }
        }

        return correlation;
    }

    // Duplicates and zeros among them; every seventh account holds nothing but a zero.
    PositionTable Rows(Random random)
    {
        List<int> account = [], instrument = [];
        List<double> quantity = [];
        for (int a = 0; a < Accounts; a++)
        {
            bool empty = a % 7 == 5;
            for (int k = 0; k < (empty ? 1 : Positions); k++)
            {
                account.Add(a);
                instrument.Add(random.Next(Instruments));
                quantity.Add(empty ? 0 : random.Next(-40, 41) / 8.0);
            }
        }

        return new PositionTable([.. account], [.. instrument], [.. quantity]);
    }
}
