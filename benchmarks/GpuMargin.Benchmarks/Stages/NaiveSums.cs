using GpuMargin.Aggregation;
using GpuMargin.Benchmarks.Inputs;

namespace GpuMargin.Benchmarks.Stages;

/// <summary>Position sums as the formula reads: account by account, scenario by scenario.</summary>
/// <param name="changes">[instrument, scenario].</param>
sealed class NaiveSums(PositionRows positions, double[] changes)
{
    /// <summary>Per unit of gross P&amp;L: <see cref="Kernels.PositionSum.RunLength"/> single-precision roundings of a run.</summary>
    public const double Tolerance = 2e-6;

    readonly float[] singles = Array.ConvertAll(changes, change => (float)change);
    readonly float[] quantity = Array.ConvertAll(positions.Quantity, q => (float)q);

    /// <summary>[account, scenario].</summary>
    public double[] ProfitAndLoss { get; } = new double[positions.Accounts * SetS.Tile];

    public void Aggregate()
    {
        for (int account = 0; account < positions.Accounts; account++)
        {
            for (int s = 0; s < SetS.Tile; s++)
            {
                float sum = 0;
                for (int k = positions.Start[account]; k < positions.Start[account + 1]; k++)
                {
                    sum += quantity[k] * singles[positions.Instrument[k] * SetS.Tile + s];
                }

                ProfitAndLoss[account * SetS.Tile + s] = sum;
            }
        }
    }

    /// <summary>The same in double precision, and the absolute tolerance per element.</summary>
    public (double[] ProfitAndLoss, double[] Tolerances) Exact()
    {
        double[] sums = new double[ProfitAndLoss.Length];
        double[] tolerances = new double[ProfitAndLoss.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            int account = i / SetS.Tile;
            for (int k = positions.Start[account]; k < positions.Start[account + 1]; k++)
            {
                double term = positions.Quantity[k] * changes[positions.Instrument[k] * SetS.Tile + i % SetS.Tile];
                sums[i] += term;
                tolerances[i] += Tolerance * Math.Abs(term);
            }
        }

        return (sums, tolerances);
    }
}
