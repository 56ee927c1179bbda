namespace GpuMargin.Studies;

/// <summary>One account, or all together, over the days of a roll; arrays by day, run currency, loss &gt; 0 except in <see cref="ProfitAndLoss"/>.</summary>
public sealed record RollPath
{
    /// <summary>Empty for all accounts together.</summary>
    public required string Account { get; init; }

    public required double[] Value { get; init; }

    public required double[] ValueAtRisk { get; init; }

    public required double[] ExpectedShortfall { get; init; }

    /// <summary>The calculated margin.</summary>
    public required double[] Margin { get; init; }

    /// <summary>The margin with the volatilities of the worst period known.</summary>
    public required double[] Stressed { get; init; }

    /// <summary>The margin with the volatilities of the long look-back.</summary>
    public required double[] LongRun { get; init; }

    /// <summary>[option]: <see cref="Margin"/> and what each measure makes of it; see <see cref="Requirement"/> for the policy's.</summary>
    public required double[][] Requirements { get; init; }

    /// <summary>P&amp;L of the margin period that ends on the day, by the book at its beginning; gain &gt; 0, NaN where it began before the roll.</summary>
    public required double[] ProfitAndLoss { get; init; }

    /// <summary>Market of the price factors that are held.</summary>
    public required RealizedMarket[] Market { get; init; }

    /// <summary>Policy's path of the netting set whose first account this is; <see langword="null"/> for its others, and without a policy.</summary>
    public PolicyPath? Policy { get; init; }

    /// <summary>Days of a margin period.</summary>
    public required int HorizonDays { get; init; }

    public int Days => Margin.Length;

    /// <summary>Requirement by day.</summary>
    /// <exception cref="InvalidOperationException">The policy's where <see cref="Policy"/> is <see langword="null"/>.</exception>
    public double[] Requirement(RollOption option) =>
        option != RollOption.Policy ? Requirements[(int)option]
        : Policy is { } policy ? policy.Required
        : throw new InvalidOperationException($"Account '{Account}' has no requirement of its own.");

    /// <summary>Those there is a requirement for.</summary>
    public IEnumerable<RollOption> Options => Enum.GetValues<RollOption>().Where(Has);

    public bool Has(RollOption option) => option != RollOption.Policy || Policy is not null;

    /// <summary>Whether the loss of the period that ends on a day is greater than what was required when it began; <see langword="null"/> where that is not known.</summary>
    public bool? Exceeds(RollOption option, int day) =>
        Exceeds(option == RollOption.Policy ? Policy!.ProfitAndLoss : ProfitAndLoss, Requirement(option), day);

    /// <summary>Periods with an exceedance of the requirement.</summary>
    public int Exceedances(RollOption option) => Enumerable.Range(0, Days).Count(day => Exceeds(option, day) == true);

    /// <summary>Margin periods inside the roll.</summary>
    public int Periods => ProfitAndLoss.Count(pnl => !double.IsNaN(pnl));

    /// <summary>Periods whose loss was greater than value at risk.</summary>
    public int ValueAtRiskExceedances => Enumerable.Range(0, Days).Count(day => Exceeds(ProfitAndLoss, ValueAtRisk, day) == true);

    /// <summary>Whether value at risk was exceeded as often as it says.</summary>
    /// <param name="probability">One minus the confidence.</param>
    /// <remarks>
    /// Only periods that do not overlap count: the test takes exceedances as independent. It is made of value at risk, because an expected
    /// shortfall is exceeded less often by construction.
    /// </remarks>
    public ProportionOfFailures Test(double probability)
    {
        int[] ends = [.. Enumerable.Range(0, Days).Where(day => day >= HorizonDays && (day - HorizonDays) % Math.Max(1, HorizonDays) == 0)];
        return ProportionOfFailures.Of(ends.Length, ends.Count(day => Exceeds(ProfitAndLoss, ValueAtRisk, day) == true), probability);
    }

    bool? Exceeds(double[] profitAndLoss, double[] requirement, int day) =>
        double.IsNaN(profitAndLoss[day]) ? null : -profitAndLoss[day] > requirement[day - HorizonDays];

    /// <summary>The requirement without and with each measure against procyclicality.</summary>
    public static double[][] Of(double[] margin, double[] stressed, double[] longRun) =>
    [
        margin,
        Antiprocyclicality.WithBuffer(margin),
        [.. margin.Zip(stressed, Antiprocyclicality.WithStress)],
        [.. margin.Zip(longRun, Antiprocyclicality.WithFloor)],
    ];

    /// <summary>The sum of all accounts; its measures are the sums of the accounts' own.</summary>
    /// <param name="market">Of all factors that are held by anybody, by day.</param>
    internal static RollPath Sum(IReadOnlyList<RollPath> paths, RealizedMarket[] market, int horizonDays)
    {
        PolicyPath[] policies = [.. paths.Where(path => path.Policy is not null).Select(path => path.Policy!)];
        double[] profitAndLoss = Add(path => path.ProfitAndLoss);
        return new RollPath
        {
            Account = "",
            Value = Add(path => path.Value),
            ValueAtRisk = Add(path => path.ValueAtRisk),
            ExpectedShortfall = Add(path => path.ExpectedShortfall),
            Margin = Add(path => path.Margin),
            Stressed = Add(path => path.Stressed),
            LongRun = Add(path => path.LongRun),
            Requirements = [.. Enumerable.Range(0, paths[0].Requirements.Length).Select(option => Add(path => path.Requirements[option]))],
            ProfitAndLoss = profitAndLoss,
            Policy = policies.Length == 0 ? null : PolicyPath.Sum(policies, profitAndLoss),
            Market = market,
            HorizonDays = horizonDays,
        };

        double[] Add(Func<RollPath, double[]> of)
        {
            double[] sum = new double[market.Length];
            foreach (RollPath path in paths)
            {
                double[] values = of(path);
                for (int day = 0; day < sum.Length; day++)
                {
                    sum[day] += values[day];
                }
            }

            return sum;
        }
    }
}
