using System.Runtime.CompilerServices;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Backends.Cpu;

/// <summary>What instruments read of a factor's shock x.</summary>
enum Growth
{
    /// <summary>e^x.</summary>
    Up,

    /// <summary>e^−x.</summary>
    Down,

    /// <summary>e^x − 1.</summary>
    UpLessOne,

    /// <summary>e^−x − 1.</summary>
    DownLessOne,
}

/// <summary>Which rows a plan's instruments need, numbered; row 0 holds ones.</summary>
sealed class FactorRowMap
{
    readonly Dictionary<(int Factor, Growth Growth), int> rows = [];

    public const int Ones = 0;

    public int Count => rows.Count + 1;

    public IEnumerable<(int Row, int Factor, Growth Growth)> Rows => rows.Select(pair => (pair.Value, pair.Key.Factor, pair.Key.Growth));

    /// <summary>The row's number; a negative factor stays put, so its row is the ones.</summary>
    public int Row(int factor, Growth growth)
    {
        if (factor < 0)
        {
            return Ones;
        }

        if (!rows.TryGetValue((factor, growth), out int row))
        {
            row = rows[(factor, growth)] = Count;
        }

        return row;
    }
}

/// <summary>The rows of a block of scenarios: [row, scenario].</summary>
sealed unsafe class FactorRows<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly (int Row, int Factor, Growth Growth)[] rows;
    readonly int width;
    readonly LaneArray<T> values;

    public FactorRows(FactorRowMap map, int width)
    {
        rows = [.. map.Rows];
        this.width = width;
        values = new((long)map.Count * width);
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(T.Of(1), values.Pointer, s);
        }
    }

    public byte* Row(int row) => values.At((long)row * width);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(LaneArray<T> shocks)
    {
        foreach ((int row, int factor, Growth growth) in rows)
        {
            byte* source = shocks.At((long)factor * width);
            byte* target = Row(row);
            bool negate = growth is Growth.Down or Growth.DownLessOne;
            bool lessOne = growth is Growth.UpLessOne or Growth.DownLessOne;
            for (int s = 0; s < width; s += T.Width)
            {
                T x = T.Load(source, s);
                x = negate ? -x : x;
                T.Store(lessOne ? Elementary.Expm1(x) : Elementary.Exp(x), target, s);
            }
        }
    }

    public void Dispose() => values.Dispose();
}
