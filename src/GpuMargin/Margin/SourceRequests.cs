using GpuMargin.RiskMeasures;
using GpuMargin.Scenarios;

namespace GpuMargin.Margin;

/// <summary>What is measured of one source's run.</summary>
/// <param name="scenarios">Of the run.</param>
sealed class SourceRequests(ScenarioSource source, int scenarios)
{
    readonly List<(int Index, MeasureRequest Request, QuantileRanks Ranks)> requests = [];

    public ScenarioSource Source => source;

    public int Scenarios => scenarios;

    /// <summary>Each with its place among all requests and the order statistics that it reads. Those of one part stand together, so that each tail is read once.</summary>
    public IReadOnlyList<(int Index, MeasureRequest Request, QuantileRanks Ranks)> Requests => requests;

    /// <summary>Whether the run needs rows for parts of books.</summary>
    public bool NeedsParts => requests.Exists(asked => asked.Request.Part != BookPart.Whole);

    /// <summary>Worst losses that are read of a row.</summary>
    public int TailLength
    {
        get
        {
            ScenarioWeights weights = source.Weights();
            return requests.Max(asked => asked.Request.Interval is not null
                ? RiskMeasures.TailLength.Required(asked.Ranks, weights)
                : TailMeasures.Length(weights, asked.Ranks));
        }
    }

    public void Add(int index, MeasureRequest request, QuantileRanks ranks)
    {
        int place = requests.Count;
        while (place > 0 && requests[place - 1].Request.Part > request.Part)
        {
            place--;
        }

        requests.Insert(place, (index, request, ranks));
    }
}
