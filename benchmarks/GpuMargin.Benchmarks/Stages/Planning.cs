using BenchmarkDotNet.Attributes;
using GpuMargin.Aggregation;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Numerics;
using GpuMargin.Revaluation;
using GpuMargin.Scenarios;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Planning of job S; marginal tables and rows use all processors.</summary>
[WarmupCount(1)]
[IterationCount(3)]
public class Planning
{
    // The tables' own error is below 1e-9 of the innovation; the tail probability magnifies it by the hazard, at most 10 here.
    const double RelativeTolerance = 1e-8;

    // 500 roundings of terms below 1.
    const double CorrelationTolerance = 1e-13;

    readonly ClearingSet set = SetS.Set();

    double[,] correlation = new double[0, 0];

    InstrumentPlan instruments = null!;

    [GlobalSetup]
    public void Prove()
    {
        correlation = set.Correlation;
        instruments = InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);
        ScenarioPlan plan = (ScenarioPlan)Scenarios();
        ProveTables(plan);
        ProveTriangle(Triangle());
        ProvePositions(Positions());
    }

    [Benchmark]
    [Work(Unit.Factors, SetS.Factors)]
    public object Scenarios() => ScenarioPlanner.Plan(set.Settings, set.Factors, set.Correlation);

    [Benchmark]
    [Work(Unit.MultiplyAdds, (double)SetS.Factors * SetS.Factors * SetS.Factors / 6)]
    public double[] Triangle() => TriangularFactor.Of(correlation);

    [Benchmark]
    public InstrumentPlan Instruments() => InstrumentPlanner.Plan(set.Settings, set.Factors, set.Instruments);

    [Benchmark]
    [Work(Unit.Rows, SetS.Positions)]
    public PositionRows Positions() => PositionRows.From(set.Positions, [.. set.Accounts.Select(RowKey.Account)], instruments);

    [Benchmark]
    public ValuationRun Whole() => MarginCalculator.Plan(set);

    // P(innovation > table(x)) = P(variate > x).
    void ProveTables(ScenarioPlan plan)
    {
        ISymmetricDistribution copula = StudentT.Create(set.Settings.Copula.DegreesOfFreedom);
        for (int factor = 0; factor < plan.Factors; factor++)
        {
            double nu = set.Factors[factor].DegreesOfFreedom;
            ISymmetricDistribution marginal = StudentT.Create(nu);
            MonotoneTable table = plan.Marginals[plan.Marginal[factor]];
            foreach (double x in (ReadOnlySpan<double>)[0.1, 0.7, 1.9, 4.3, 11.7])
            {
                double z = MarginalTable.Evaluate(
                    Float64.Of(x), new ArrayTable(table), Float64.Of(table.Bound), table.Resolution, table.Cells).Value;
                double tail = copula.UpperTail(x);
                Parity.RequireClose([tail], [marginal.UpperTail(z * Math.Sqrt(nu / (nu - 2)))], [RelativeTolerance * tail], "marginal table");
            }
        }
    }

    void ProveTriangle(double[] rows)
    {
        for (int i = 0; i < SetS.Factors; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = 0;
                for (int k = 0; k <= j; k++)
                {
                    product += rows[i * (i + 1) / 2 + k] * rows[j * (j + 1) / 2 + k];
                }

                Parity.RequireClose([correlation[i, j]], [product], [CorrelationTolerance], "triangular factor");
            }
        }
    }

    // An account's instruments are distinct in this set, so nothing merges and the quantities are whole numbers.
    void ProvePositions(PositionRows rows)
    {
        double[] held = new double[SetS.Accounts];
        double[] expected = new double[SetS.Accounts];
        for (int row = 0; row < set.Positions.Count; row++)
        {
            expected[set.Positions.Account[row]] += set.Positions.Quantity[row] * instruments.PlaceOf[set.Positions.Instrument[row]];
        }

        for (int account = 0; account < held.Length; account++)
        {
            for (int k = rows.Start[account]; k < rows.Start[account + 1]; k++)
            {
                held[account] += rows.Quantity[k] * rows.Instrument[k];
            }
        }

        Parity.RequireEqualBits(expected, held, "positions");
    }

    readonly struct ArrayTable(MonotoneTable table) : ITable<Float64>
    {
        public Float64 Coefficient(int power, Float64 cellBits) =>
            Float64.Of(table.Values[power * 2 * table.Cells + (int)BitConverter.DoubleToInt64Bits(cellBits.Value)]);
    }
}
