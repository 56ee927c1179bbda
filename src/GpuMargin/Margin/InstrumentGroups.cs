using GpuMargin.ClearingSets;

namespace GpuMargin.Margin;

/// <summary>The product classes and underlyings that instruments fall into.</summary>
/// <param name="Class">Per instrument a number of its product class.</param>
/// <param name="Underlying">Per instrument its price factor.</param>
sealed record InstrumentGroups(int[] Class, int Classes, int[] Underlying, int Factors)
{
    public static InstrumentGroups Of(ClearingSet set)
    {
        Dictionary<string, int> classes = [];
        int[] own = new int[set.Instruments.Count], underlying = new int[own.Length];
        for (int i = 0; i < own.Length; i++)
        {
            if (!classes.TryGetValue(set.Instruments[i].ProductClass, out own[i]))
            {
                own[i] = classes[set.Instruments[i].ProductClass] = classes.Count;
            }

            underlying[i] = set.Instruments[i].Underlying;
        }

        return new InstrumentGroups(own, classes.Count, underlying, set.Factors.Count);
    }
}
