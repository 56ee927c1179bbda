using GpuMargin.Aggregation;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin.Attribution;

/// <summary>The set's instruments by their places in a plan that reads each of them once.</summary>
sealed class PlacedInstruments
{
    readonly int[] ofPlace;

    public PlacedInstruments(InstrumentPlan plan, int instruments)
    {
        ofPlace = new int[plan.Count];
        for (int i = 0; i < instruments; i++)
        {
            ofPlace[plan.PlaceOf[i]] = i;
        }
    }

    /// <summary>What a row holds, instruments in file order.</summary>
    public (int[] Instruments, double[] Quantities) Positions(PositionRows rows, int row)
    {
        int first = rows.Start[row], count = rows.Count(row);
        int[] instruments = new int[count];
        for (int k = 0; k < count; k++)
        {
            instruments[k] = ofPlace[rows.Instrument[first + k]];
        }

        double[] quantities = rows.Quantity[first..(first + count)];
        Array.Sort(instruments, quantities);
        return (instruments, quantities);
    }
}
