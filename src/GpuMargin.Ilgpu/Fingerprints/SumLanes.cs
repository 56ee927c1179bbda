using GpuMargin.Ilgpu.Kernels;
using ILGPU;

namespace GpuMargin.Ilgpu.Fingerprints;

/// <summary>The sum of one lane of XXH3 over a leaf; see <see cref="Xxh3"/>. Eight threads share a leaf, so that few leaves keep a device busy.</summary>
readonly struct SumLanes : IKernel
{
    const int LogLeaf = 6;
    const int Leaf = 1 << LogLeaf;
    const int StripesOfRow = Leaf >> Xxh3.LogLanes;

    /// <summary>[account, scenario of the slice], IEEE 754 binary64, gain &gt; 0.</summary>
    public required ArrayView<ulong> ProfitAndLossBits { get; init; }

    /// <summary>Elements from one account to the next, less than 2³¹ in a leaf.</summary>
    public required int RowStride { get; init; }

    /// <summary>Rows of the slice.</summary>
    public required int Accounts { get; init; }

    /// <summary>Scenarios of the slice.</summary>
    public required int Count { get; init; }

    /// <summary>Words of <see cref="Xxh3Table"/>.</summary>
    public required ArrayView<ulong> Table { get; init; }

    /// <summary>[scenario block of the slice, account block, lane].</summary>
    public required ArrayView<ulong> Sums { get; init; }

    public void Run(int index)
    {
        int lane = index & (Xxh3.Lanes - 1);
        int leaf = index >> Xxh3.LogLanes;
        int scenarioBlocks = (Count + Leaf - 1) >> LogLeaf;
        int accountBlocks = (Accounts + Leaf - 1) >> LogLeaf;

        // Neighbouring leaves of threads are neighbours in memory.
        int accountBlock = (int)((uint)leaf / (uint)scenarioBlocks);
        int scenarioBlock = leaf - accountBlock * scenarioBlocks;
        int account = accountBlock << LogLeaf;
        int scenario = scenarioBlock << LogLeaf;
        int rows = IntrinsicMath.Min(Leaf, Accounts - account);
        int columns = IntrinsicMath.Min(Leaf, Count - scenario);
        ArrayView<ulong> values = ProfitAndLossBits.SubView(account * (long)RowStride + scenario, (rows - 1) * (long)RowStride + columns);

        ulong sum = Table[Xxh3Table.Start + lane];
        int lastStripe = rows * StripesOfRow - 1;
        for (int row = 0; row < rows; row++)
        {
            int first = row * RowStride;
            for (int stripe = 0; stripe < StripesOfRow; stripe++)
            {
                int column = (stripe << Xxh3.LogLanes) + lane;
                int ofBlock = ((row & 1) * StripesOfRow) + stripe;
                bool last = row * StripesOfRow + stripe == lastStripe;
                ulong secret = Table[(last ? Xxh3Table.LastStripe : Xxh3Table.Secret + ofBlock) + lane];
                sum = Xxh3.Accumulate(sum, Bits(values, first, column, columns), Bits(values, first, column ^ 1, columns), secret);
                if (ofBlock == (1 << Xxh3.LogStripesOfBlock) - 1 && !last)
                {
                    sum = Xxh3.Scramble(sum, Table[Xxh3Table.Scrambling + lane]);
                }
            }
        }

        Sums[(((long)scenarioBlock * accountBlocks + accountBlock) << Xxh3.LogLanes) + lane] = sum;
    }

    // Scenarios that do not exist have all bits set.
    static ulong Bits(ArrayView<ulong> values, int first, int column, int columns)
    {
        ulong bits = values[first + (column < columns ? column : 0)];
        return column < columns ? bits : ulong.MaxValue;
    }
}
