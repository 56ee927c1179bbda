using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Inputs;

/// <summary>Normal P&amp;L, the same for everybody.</summary>
static class NormalSample
{
    public static double[] Draw(int count, ulong seed)
    {
        SyntheticRandom random = new(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            // Box and Muller; 1 − u is never zero.
            values[i] = 1e4 * Math.Sqrt(-2 * Math.Log(1 - random.NextUniform())) * Math.Cos(2 * Math.PI * random.NextUniform());
        }

        return values;
    }
}
