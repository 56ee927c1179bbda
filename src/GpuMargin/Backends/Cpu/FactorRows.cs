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
    const int Growths = 4;

    readonly List<int> keys = []; // of row 1, 2, …
    int[] rows = []; // by key; 0: none yet

    public const int Ones = 0;

    public int Count => keys.Count + 1;

    public (int Factor, Growth Growth) this[int row] => (keys[row - 1] / Growths, (Growth)(keys[row - 1] % Growths));

    /// <summary>The row's number; a negative factor stays put, so its row is the ones.</summary>
    public int Row(int factor, Growth growth)
    {
        if (factor < 0)
        {
            return Ones;
        }

        int key = Growths * factor + (int)growth;
        if (key >= rows.Length)
        {
            Array.Resize(ref rows, Math.Max(key + 1, 2 * rows.Length));
        }

        if (rows[key] == Ones)
        {
            keys.Add(key);
            rows[key] = keys.Count;
        }

        return rows[key];
    }
}

/// <summary>The rows of a block of scenarios: [row, scenario].</summary>
sealed unsafe class FactorRows<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly FactorRowMap map;
    readonly int width;
    readonly LaneArray<T> values;

    public FactorRows(FactorRowMap map, int width)
    {
        this.map = map;
        this.width = width;
        values = new((long)map.Count * width);
        for (int s = 0; s < width; s += T.Width)
        {
            T.Store(T.Of(1), values.Pointer, s);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Row(int row) => values.At((long)row * width);

    public void Fill(LaneArray<T> shocks)
    {
        for (int row = FactorRowMap.Ones + 1; row < map.Count; row++)
        {
            (int factor, Growth growth) = map[row];
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
