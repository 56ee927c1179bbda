using GpuMargin.Kernels.Lanes;
using GpuMargin.Revaluation;
using GpuMargin.Revaluation.Surfaces;

namespace GpuMargin.Backends.Cpu;

/// <summary>What surfaces move options by, in the working precision and side by side, because repricing reads all of one option and then the next.</summary>
sealed unsafe class SurfaceMemory<T> : IDisposable
    where T : unmanaged, IHostLane<T>
{
    readonly List<SurfaceTerms> options = [];
    readonly int[] placeOf; // by instrument; −1 of the others
    readonly LaneArray<T> terms;

    /// <param name="held">Per instrument, whether a position needs it.</param>
    public SurfaceMemory(InstrumentPlan plan, bool[] held)
    {
        placeOf = new int[plan.Count];
        Array.Fill(placeOf, -1);
        for (int i = 0; i < plan.Count; i++)
        {
            if (held[i] && plan.Surfaces[i] is { } surface)
            {
                placeOf[i] = options.Count;
                options.Add(surface);
            }
        }

        terms = new LaneArray<T>((long)SurfacePlaces.Count * options.Count);
        for (int option = 0; option < options.Count; option++)
        {
            SetTerms(option);
        }
    }

    /// <summary>Number of options.</summary>
    public int Count => options.Count;

    /// <summary>Place of an instrument among the options here; −1: no surface moves it.</summary>
    public int PlaceOf(int instrument) => placeOf[instrument];

    /// <summary>The terms of <see cref="SurfacePlaces"/>.</summary>
    public byte* Terms(int option) => terms.At((long)SurfacePlaces.Count * option);

    /// <summary>Rows of shocks.</summary>
    public int[] Pivots(int option) => options[option].Shocks;

    public int Slices(int option) => options[option].Smiles.Length;

    void SetTerms(int option)
    {
        SurfaceTerms surface = options[option];
        long first = (long)SurfacePlaces.Count * option;
        for (int j = 0; j < surface.Loadings.Length; j++)
        {
            terms.Set(first + j, surface.Loadings[j]);
        }

        terms.Set(first + SurfacePlaces.Stickiness, surface.Stickiness);
        for (int k = 0; k < surface.Smiles.Length; k++)
        {
            SmileTerms smile = surface.Smiles[k];
            double[] values = [smile.Slope, smile.Wing, smile.Distance, smile.Radius, smile.Width];
            for (int j = 0; j < values.Length; j++)
            {
                terms.Set(first + (k == 0 ? SurfacePlaces.Before : SurfacePlaces.After) + j, values[j]);
            }
        }
    }

    public void Dispose() => terms.Dispose();
}

/// <summary>Places of an option's loadings, from 0, stickiness and slices.</summary>
static class SurfacePlaces
{
    public const int Stickiness = 4;
    public const int Before = 5;
    public const int After = 10;

    /// <summary>A cache line of single precision.</summary>
    public const int Count = 16;
}
