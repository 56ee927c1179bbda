using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Accuracy;

/// <summary>Small books on one stock at 100: linear ones, and options sold at growing distances from the money, whose losses are ever rarer.</summary>
static class OptionBooks
{
    const double Week = 7 / 365.0, Month = 30 / 365.0;

    static readonly (string Name, (double Quantity, string Instrument)[] Holds)[] s_books =
    [
        ("stock", [(1, "stock")]),
        ("short future", [(-1, "future")]),
        ("long put 95", [(1, "put 95 month")]),
        ("long straddle", [(1, "put 100 month"), (1, "call 100 month")]),
        ("short put 95", [(-1, "put 95 month")]),
        ("short put 90", [(-1, "put 90 month")]),
        ("short put 85", [(-1, "put 85 month")]),
        ("short put 80", [(-1, "put 80 month")]),
        ("short put 70", [(-1, "put 70 month")]),
        ("short put 95, week", [(-1, "put 95 week")]),
        ("short put 90, week", [(-1, "put 90 week")]),
        ("short put 85, week", [(-1, "put 85 week")]),
        ("short put spread 90-85, week", [(-1, "put 90 week"), (1, "put 85 week")]),
        ("short strangle 90-110", [(-1, "put 90 month"), (-1, "call 110 month")]),
        ("short strangle 80-120", [(-1, "put 80 month"), (-1, "call 120 month")]),
    ];

    // Close to each other, so that some have tails at the limit of trust, whatever the limit.
    static readonly (string Name, (double Quantity, string Instrument)[] Holds)[] s_strikes =
    [
        .. Enumerable.Range(0, 14).Select(i => 70 + 2 * i).Select(k => Short($"put {k}", $"put {k} month")),
        .. Enumerable.Range(0, 5).Select(i => 90 + 2 * i).Select(k => Short($"put {k}, week", $"put {k} week")),
        .. Enumerable.Range(0, 6).Select(i => 26 - 3 * i).Select(d => Short($"strangle {100 - d}-{100 + d}", $"put {100 - d} month", $"call {100 + d} month")),
    ];

    /// <param name="nu">Of innovations and copula; +∞: normal.</param>
    /// <param name="strikes">Options sold at strikes close to each other instead.</param>
    public static ClearingSet Set(double nu, decimal confidence, bool strikes = false)
    {
        bool normal = double.IsInfinity(nu);
        (string Name, (double Quantity, string Instrument)[] Holds)[] books = strikes ? s_strikes : s_books;
        string[] names = [.. books.SelectMany(book => book.Holds).Select(held => held.Instrument).Distinct()];
        (int Book, int Instrument, double Quantity)[] rows =
            [.. books.SelectMany((book, b) => book.Holds.Select(held => (b, Array.IndexOf(names, held.Instrument), held.Quantity)))];
        return new ClearingSet
        {
            Settings = new RunSettings
            {
                AsOf = new DateTimeOffset(2026, 1, 2, 16, 0, 0, TimeSpan.Zero),
                Currency = "USD",
                Copula = normal ? new Copula(CopulaFamily.Gaussian, double.NaN) : new Copula(CopulaFamily.StudentT, nu),
                Scenarios = 1000,
                HorizonDays = 1,
                Confidence = confidence,
                Precision = Precision.Double,
            },
            Factors =
            [
                new RiskFactor
                {
                    Name = "S", Kind = RiskFactorKind.Price, Level = 100, Variance = 0.012 * 0.012,
                    Marginal = normal ? MarginalFamily.Normal : MarginalFamily.StudentT, DegreesOfFreedom = nu,
                },
            ],
            Correlation = new double[,] { { 1 } },
            Instruments = [.. names.Select(Instrument)],
            Accounts = [.. books.Select(book => book.Name)],
            Positions = new PositionTable([.. rows.Select(row => row.Book)], [.. rows.Select(row => row.Instrument)], [.. rows.Select(row => row.Quantity)]),
        };
    }

    static (string, (double, string)[]) Short(string name, params string[] options) => ($"short {name}", [.. options.Select(option => (-1.0, option))]);

    static Instrument Instrument(string name)
    {
        string[] words = name.Split(' ');
        Instrument plain = new() { Name = name, Type = InstrumentType.Spot, Underlying = 0, Currency = "USD", ProductClass = "equity" };
        return words[0] switch
        {
            "stock" => plain,
            "future" => plain with { Type = InstrumentType.Future, YearsToExpiry = Month },
            string right => plain with
            {
                Type = InstrumentType.Option,
                Right = right == "put" ? OptionRight.Put : OptionRight.Call,
                Strike = double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture),
                YearsToExpiry = words[2] == "week" ? Week : Month,
                Volatility = 0.2,
            },
        };
    }
}
