using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>The words of instruments.csv.</summary>
static class InstrumentWords
{
    /// <summary>Places in <see cref="InstrumentType.All"/>.</summary>
    public static readonly Vocabulary<int> Types = new([.. InstrumentType.All.Select((type, place) => (type.Word, place))]);

    /// <summary>Header by <see cref="InstrumentColumn"/>.</summary>
    public static readonly string[] Columns = ["strike", "expiry", "right", "exercise", "volatility", "volatility_factor", "volatility_surface"];
}
