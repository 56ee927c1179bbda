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
        List<ExDatePiece<T>> exDates = [];
        for (int i = 0; i < plan.American.Length; i++)
        {
            if (held[i] && plan.American[i] is { } option)
            {
                first[i] = option.ExDates.Count == 0 ? pieces.Count : exDates.Count;
                pieces.AddRange(option.Pieces<T>(plan.Premiums.Numbers));
                exDates.AddRange(option.ExDatePieces<T>(plan.Premiums));
            }
        }

        Values = [.. pieces];
        ExDates = [.. exDates];
    }

    public PremiumPiece<T>[] Values { get; }

    public ExDatePiece<T>[] ExDates { get; }

    /// <summary>Place of an option's first piece, in the array that it uses.</summary>
    public int FirstOf(int place) => first[place];
}
