using GpuMargin.Backtesting;

namespace GpuMargin.Reporting;

/// <summary>How a requirement of a roll is called in columns and rows.</summary>
public static class RollOptionWord
{
    public static IReadOnlyList<RollOption> All { get; } = Enum.GetValues<RollOption>();

    /// <summary>A column of roll.csv.</summary>
    public static string Of(RollOption option) => option switch
    {
        RollOption.Buffer => "margin_buffer",
        RollOption.Stress => "margin_stress",
        RollOption.Floor => "margin_floor",
        _ => "margin",
    };
}
