using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Reference;
using Xunit;
using Xunit.Abstractions;

namespace GpuMargin.Tests.Margin;

/// <summary>Every component of every netting set against plain loops over the engine's own shocks.</summary>
public sealed class RequirementOracleTests(ITestOutputHelper output)
{
    // Of the book's base plus grid: as for the P&L in double precision, 1e-12 of gross notional, which exceeds both by less than a thousand times.
    const double Tolerance = 1e-9;

    [Theory]
    [InlineData(CollateralValuation.Haircut, Ageing.None, RiskMeasure.ExpectedShortfall, false, "slow 5", false)]
    [InlineData(CollateralValuation.Simulated, Ageing.Horizon, RiskMeasure.ExpectedShortfall, false, "slow 5", false)]
    [InlineData(CollateralValuation.Haircut, Ageing.None, RiskMeasure.ValueAtRisk, true, "slow 5", false)]
    [InlineData(CollateralValuation.Simulated, Ageing.Horizon, RiskMeasure.ExpectedShortfall, true, "slow 1 fast 4 default 3", false)]
    [InlineData(CollateralValuation.Simulated, Ageing.None, RiskMeasure.ExpectedShortfall, false, "default 1", true)]
    [InlineData(CollateralValuation.Haircut, Ageing.Horizon, RiskMeasure.ExpectedShortfall, false, "", false)]
    [InlineData(CollateralValuation.Simulated, Ageing.Horizon, RiskMeasure.ExpectedShortfall, false, "default 6 fast 2", true)]
    public void Components_agree(CollateralValuation valuation, Ageing ageing, RiskMeasure measure, bool model, string periods, bool inAll)
    {
        string[] words = periods.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Dictionary<string, int> days = words.Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
        MarginPolicy policy = PolicySet.EveryComponent with
        {
            Base = new BaseMargin { Measure = measure, MarginPeriodOfRisk = days },
            Collateral = new CollateralTerms { Valuation = valuation, InAllComponents = inAll },
            Depegs = [new DepegJump(0, 0.02, 0.3), new DepegJump(3, 0.01, 0.1)],
        };
        int longest = Math.Max(2, days.Values.DefaultIfEmpty().Max());
        policy = policy.With(new SamplingError { Confidence = 0.9m });
        if (inAll)
        {
            policy = policy.With(policy.Terms<LiquidityCost>()! with { VolatilityPower = 1.5 });
        }

        double buffer = policy.Terms<ProcyclicalityBuffer>()!.Rate;
        ClearingSet set = PolicySet.Build(policy, new VariedSet { Factors = 10, Ageing = ageing });
        RiskFactor[] stressed = [.. set.Factors.Select(f => f with { Variance = 3 * f.Variance })];
        if (model)
        {
            set = set with { Stress = new StressSet { Model = new StressModel(stressed, Constant(set, 0.5), set.Settings.Copula) } };
        }

        ClearingSet joined = SimulatedCollateral.Join(set);
        ReferenceModels models = new(
            Shocks(set, longest),
            Shocks(set with { Correlation = Constant(set, 1) }, longest),
            Shocks(set with { Correlation = Reversed(set) }, longest),
            Shocks(set with { Correlation = Constant(set, 0) }, longest),
            Shocks(set with { Factors = stressed, Correlation = Constant(set, 0.5) }, longest),
            Shocks(set with { Factors = [.. set.Factors.Select(f => f with { Variance = Math.Max(f.Variance, f.LongRunVariance) })] }, longest));
        MarginReport report = MarginCalculator.Calculate(set, new CpuBackend());
        int compared = 0;
        double largest = 0;
        foreach (Requirement found in report.Accounts.Select(a => a.Requirement).OfType<Requirement>())
        {
            ReferenceBook[] books = [.. Books(joined, set.Instruments.Count, found.NettingSet).Select(quantity => new ReferenceBook(joined, models, quantity))];
            ComponentAmounts parts = found.Components;
            double scale = books.Sum(b => b.Base + b.Grid);
            Compare(parts.Base, books.Sum(b => b.Base));
            Compare(parts["stressed"], books.Sum(b => b.Stressed));
            Compare(parts["floor"], books.Sum(b => b.Floor));
            Compare(parts["buffer"], books.Sum(b => buffer * b.Base));
            Compare(parts["offset"], books.Sum(b => b.Offset));
            Compare(parts["dependence"], books.Sum(b => b.Dependence));
            Compare(parts["concentration"], books.Sum(b => b.Concentration));
            Compare(parts.Stress, books.Sum(b => Math.Max(b.Dependence, b.Concentration)));
            Compare(parts["liquidity"], books.Sum(b => b.Liquidity));
            Compare(parts["sampling_error"], books.Sum(b => b.SamplingError));
            Compare(parts["grid"], books.Sum(b => b.Grid));
            Compare(parts["short_option_minimum"], books.Sum(b => b.ShortOptionMinimum));
            Compare(parts.Calculated, books.Sum(b => Math.Max(Math.Max(Model(b), b.Grid), b.ShortOptionMinimum)));

            void Compare(decimal amount, double expected)
            {
                compared++;
                double error = Math.Abs((double)amount - expected);
                largest = Math.Max(largest, scale == 0 ? 0 : error / scale);
                Assert.True(error <= Tolerance * scale, $"{found.NettingSet}: {amount} is not {expected:R}");
            }
        }

        output.WriteLine($"{compared} amounts, largest difference {largest:E2} of base and grid");
        Assert.Equal(13 * 6, compared); // seven accounts, two of which share a netting set

        double Model(ReferenceBook b) =>
            b.Base + b.Stressed + b.Floor + buffer * b.Base + b.Offset + Math.Max(b.Dependence, b.Concentration) + b.Liquidity + b.SamplingError;
    }

    static double[][,] Shocks(ClearingSet set, int days)
    {
        double[][,] paths = Visited.Paths(new CpuBackend(), set, days);
        ReferenceJumps.Add(set, paths);
        return paths;
    }

    // The first factor is a price, so that prices follow the first normal and volatilities its negative.
    static double[,] Reversed(ClearingSet set)
    {
        Assert.Equal(RiskFactorKind.Price, set.Factors[0].Kind);
        double[,] matrix = Constant(set, 1);
        for (int i = 0; i < set.Factors.Count; i++)
        {
            for (int j = 0; j < set.Factors.Count; j++)
            {
                matrix[i, j] = (set.Factors[i].Kind == RiskFactorKind.Volatility) == (set.Factors[j].Kind == RiskFactorKind.Volatility) ? 1 : -1;
            }
        }

        return matrix;
    }

    static double[,] Constant(ClearingSet set, double correlation)
    {
        int n = set.Factors.Count;
        double[,] matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = i == j ? 1 : correlation;
            }
        }

        return matrix;
    }

    // Cross accounts and all simulated collateral together, every instrument of an isolated account alone.
    static IEnumerable<double[]> Books(ClearingSet set, int collateralFrom, string nettingSet)
    {
        double[] cross = new double[set.Instruments.Count];
        for (int account = 0; account < set.Accounts.Count; account++)
        {
            if (set.AccountTerms[account].NettingSet != nettingSet)
            {
                continue;
            }

            double[] own = new double[set.Instruments.Count];
            for (int p = 0; p < set.Positions.Count; p++)
            {
                if (set.Positions.Account[p] == account)
                {
                    own[set.Positions.Instrument[p]] += set.Positions.Quantity[p];
                }
            }

            for (int i = 0; i < own.Length; i++)
            {
                if (set.AccountTerms[account].Mode == MarginMode.Cross || i >= collateralFrom)
                {
                    cross[i] += own[i];
                    continue;
                }

                double[] alone = new double[own.Length];
                alone[i] = own[i];
                yield return alone;
            }
        }

        yield return cross;
    }
}
