using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;

namespace GpuMargin.Backends.Cpu;

/// <summary>Growth rows in a tile of scenarios: [row, scenario].</summary>
sealed unsafe class GrowthTile<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly GrowthRows rows;
    readonly int width;
    readonly LaneArray<T> values;

    public GrowthTile(GrowthRows rows, int width)
    {
        this.rows = rows;
        this.width = width;
        values = new((long)rows.Count * width);
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(T.Of(1), values.Pointer, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Row(int row) => values.At((long)row * width);

    public double At(int row, int scenario) => values[(long)row * width + scenario];

    /// <param name="shocks">[shock, scenario].</param>
    public void Fill(LaneArray<T> shocks)
    {
        for (int row = GrowthRows.Ones + 1; row < rows.Count; row++)
        {
            GrowthRow growth = rows[row];
            byte* source = shocks.At((long)growth.Shock * width);
            byte* target = Row(row);
            if (growth.Growth == Growth.Blend)
            {
                Blend(growth, source, growth.Second < 0 ? null : shocks.At((long)growth.Second * width), target);
                continue;
            }

            if (growth.IsEscrowed)
            {
                FillEscrowed(growth, T.Of(rows.Gearing(row)), source, target);
                continue;
            }

            for (int s = 0; s < width; s += T.Width)
            {
                T.Store(growth.Of(T.Load(source, s)), target, s);
            }
        }
    }

    void Blend(GrowthRow growth, byte* first, byte* second, byte* target)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(growth.Blend(T.Load(first, s), second == null ? T.Of(0) : T.Load(second, s)), target, s);
        }
    }

    // Apart, so that the loop of all other rows stays small.
    void FillEscrowed(GrowthRow growth, T gearing, byte* source, byte* target)
    {
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(growth.Escrowed(T.Load(source, s), gearing), target, s);
        }
    }

    public void Dispose() => values.Dispose();
}
