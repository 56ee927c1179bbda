using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation;
using GpuMargin.Tests.Backends;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Revaluation;

/// <summary>Options however deep in or out of the money: a mixed run against a run in double precision.</summary>
public sealed class DeepOptionTests(ITestOutputHelper output)
{
    // Of Σ|q|·max|P&L of the instrument|. Beyond ten times the forward, or below a tenth of it, every option; nearer by, where the P&L of single precision
    // is a difference of numbers of its own size, the rounding of a value against a move of 1 % a day.
    const double DeepTolerance = 1e-5;
    const double OrdinaryTolerance = 5e-5;

    // P&L below this share of the contract's size: single precision ends at 1e-38, and rounds the density more the less is left of it.
    const double DeepFloor = 1e-30;
    const double OrdinaryFloor = 1e-9;

    static readonly double[] s_moneyness =
        [1e-9, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, .01, .03, .1, .3, .5, .7, .8, .9, .95, .99, 1, 1.01, 1.05, 1.1, 1.3, 2, 4, 10, 30, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e9];

    public static TheoryData<double, double, double> Factors => new()
    {
        { 1e-4, 0.1, 1 }, { 100, 0.02, 1 }, { 100, 0.02, 1e9 }, { 3e4, 0.04, 1 }, { 1.1, 0.005, 1e5 }, { 1, 2e-4, 1 }, { 50, .01, 1 },
    };

    [Theory]
    [MemberData(nameof(Factors))]
    public void Mixed_precision_keeps_every_option_and_every_hedge_of_it(double level, double daily, double multiplier)
    {
        ClearingSet set = Grid(level, daily, multiplier);
        InstrumentPlan plan = Plan(set, Precision.Mixed).Instruments;
        double[,] exact = ProfitAndLoss(Plan(set, Precision.Double));
        double[] worst = Worst(set, ProfitAndLoss(Plan(set, Precision.Mixed)), exact);
        double[] single = Worst(set, ProfitAndLoss(Plan(set, Precision.Mixed) with { Instruments = plan with { InDouble = new bool[plan.Count] } }), exact);
        output.WriteLine(
            $"level {level}, {daily} a day: deep {worst[0]:E1}, ordinary {worst[1]:E1}; all in single precision {single[0]:E1}, {single[1]:E1}; {plan.InDouble.Count(inDouble => inDouble)} of {set.Instruments.Count - 2} in double");
        Assert.InRange(worst[0], 0, DeepTolerance);
        Assert.InRange(worst[1], 0, OrdinaryTolerance);
        Assert.True(single[0] > 100 * DeepTolerance, "Nothing was at stake.");
    }

    /// <summary>Largest error of the deep options and of the others, each alone and hedged.</summary>
    static double[] Worst(ClearingSet set, double[,] found, double[,] exact)
    {
        int options = set.Instruments.Count - 2;
        double[] size = [.. Enumerable.Range(0, set.Accounts.Count).Select(account => Largest(exact, account))];
        double[] worst = [0, 0];
        for (int account = 0; account < set.Accounts.Count; account++)
        {
            // Behind the options and the two underlyings stand the hedges, one unit of each.
            int option = account < options ? account : account - options - 2;
            if (option < 0)
            {
                continue;
            }

            Instrument instrument = set.Instruments[option];
            bool inCoin = instrument.Type == InstrumentType.InverseOption;
            double scale = size[option] + (account < options ? 0 : size[options + (inCoin ? 1 : 0)]);
            double level = set.Factors[0].Level;
            bool deep = Math.Abs(Math.Log(instrument.Strike / level)) > Math.Log(12);
            if (scale > (deep ? DeepFloor : OrdinaryFloor) * instrument.Multiplier * level)
            {
                ref double own = ref worst[deep ? 0 : 1];
                own = Math.Max(own, Enumerable.Range(0, set.Settings.Scenarios).Max(s => Math.Abs(found[s, account] - exact[s, account])) / scale);
            }
        }

        return worst;
    }

    [Theory]
    [InlineData(Precision.Mixed, true)]
    [InlineData(Precision.Double, false)]
    public void A_put_far_in_the_money_is_revalued_in_double_and_an_ordinary_one_is_not(Precision precision, bool deep)
    {
        ClearingSet set = Grid(1e-4, 0.1, 1);
        InstrumentPlan plan = Plan(set, precision).Instruments;
        Assert.Equal(deep, plan.InDouble[plan.PlaceOf[Place(set, "option put 100000 1 0.8")]]);
        Assert.False(plan.InDouble[plan.PlaceOf[Place(set, "option put 1.05 1 0.8")]]);
    }

    static int Place(ClearingSet set, string name) => set.Instruments.TakeWhile(instrument => instrument.Name != name).Count();

    static ValuationRun Plan(ClearingSet set, Precision precision) => MarginCalculator.Plan(set with { Settings = set.Settings with { Precision = precision } });

    static double[,] ProfitAndLoss(ValuationRun run) => Visited.ProfitAndLoss(new CpuBackend(), run);

    static double Largest(double[,] profitAndLoss, int account)
    {
        double largest = 0;
        for (int s = 0; s < profitAndLoss.GetLength(0); s++)
        {
            largest = Math.Max(largest, Math.Abs(profitAndLoss[s, account]));
        }

        return largest;
    }

    static ClearingSet Grid(double level, double daily, double multiplier)
    {
        List<Instrument> instruments = [];
        foreach (InstrumentType type in (InstrumentType[])[InstrumentType.Option, InstrumentType.InverseOption])
        {
            // A coin-margined option in its coin, and in a currency whose rate does not move with the coin.
            foreach (string currency in type == InstrumentType.Option ? (string[])["USD"] : ["COIN", "EUR"])
            {
                foreach (double years in (double[])[1 / 365.0, 42 / 365.0, 1, 5])
                {
                    foreach (double volatility in (double[])[.05, .8, 2.5])
                    {
                        foreach (double moneyness in s_moneyness)
                        {
                            foreach (OptionRight right in (OptionRight[])[OptionRight.Call, OptionRight.Put])
                            {
                                instruments.Add(new Instrument
                                {
                                    Name = FormattableString.Invariant($"{type}{(currency == "EUR" ? " EUR" : "")} {(right == OptionRight.Call ? "call" : "put")} {moneyness} {Math.Round(years * 365) / 365} {volatility}"),
                                    Type = type,
                                    Underlying = 0,
                                    Currency = currency,
                                    Multiplier = multiplier,
                                    Strike = level * moneyness,
                                    YearsToExpiry = years,
                                    Right = right,
                                    Volatility = volatility,
                                    Rate = .03,
                                    DividendYield = .01,
                                });
                            }
                        }
                    }
                }
            }
        }

        int options = instruments.Count;
        instruments.Add(new Instrument { Name = "spot", Type = InstrumentType.Spot, Underlying = 0, Currency = "USD", Multiplier = multiplier });
        instruments.Add(new Instrument { Name = "perpetual", Type = InstrumentType.InversePerpetual, Underlying = 0, Currency = "COIN", Multiplier = multiplier * level });
        int[] alone = [.. Enumerable.Range(0, instruments.Count)];
        int[] hedged = [.. Enumerable.Range(0, options)];
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2022, 5, 13, 8, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = VariedSet.Gaussian,
                Fx = new Dictionary<string, FxRate> { ["COIN"] = new("X", false), ["EUR"] = new("EURUSD", false) },
                Scenarios = 1024,
                Seed = 7,
                HorizonDays = 1,
            },
            Factors =
            [
                new RiskFactor { Name = "X", Kind = RiskFactorKind.Price, Level = level, Variance = daily * daily },
                new RiskFactor { Name = "EURUSD", Kind = RiskFactorKind.Price, Level = 1.1, Variance = 4e-5 },
            ],
            Correlation = new double[,] { { 1, 0 }, { 0, 1 } },
            Instruments = instruments,
            Accounts = [.. instruments.Select(instrument => instrument.Name), .. hedged.Select(i => "hedged " + instruments[i].Name)],
            Positions = new PositionTable(
                [.. alone, .. hedged.Select(i => instruments.Count + i), .. hedged.Select(i => instruments.Count + i)],
                [.. alone, .. hedged, .. hedged.Select(i => instruments[i].Type == InstrumentType.Option ? options : options + 1)],
                [.. alone.Select(_ => 1.0), .. hedged.Select(_ => 1.0), .. hedged.Select(i => instruments[i].Right == OptionRight.Put ? 1.0 : -1.0)]),
        };
    }
}
