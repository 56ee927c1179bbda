using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation.American;

/// <summary>The pieces of all American options of a plan, one option after the other.</summary>
sealed class AmericanPieces<T>
    where T : unmanaged, ILane<T>
{
    readonly int[] first; // by place in the plan

    /// <param name="held">Per instrument, whether a position needs it.</param>
    public AmericanPieces(InstrumentPlan plan, bool[] held)
    {
        first = new int[plan.Count];
        List<PremiumPiece<T>> pieces = [];
        for (int i = 0; i < plan.American.Length; i++)
        {
            first[i] = pieces.Count;
            if (held[i] && plan.American[i] is { } option)
            {
                pieces.AddRange(option.Pieces<T>(plan.Premiums.Numbers));
            }
        }

        Values = [.. pieces];
    }

    public PremiumPiece<T>[] Values { get; }

    /// <summary>Place of an option's first piece.</summary>
    public int FirstOf(int place) => first[place];
}
