using GpuMargin.Studies;

namespace GpuMargin.Reporting;

/// <summary>How a requirement of a roll is called in columns and rows.</summary>
static class RollOptionWord
{
    /// <summary>The margin without and with each measure against procyclicality; columns of roll.csv with or without a policy.</summary>
    public static IReadOnlyList<RollOption> All { get; } = [RollOption.None, RollOption.Buffer, RollOption.Stress, RollOption.Floor];

    /// <summary>A column of roll.csv.</summary>
    public static string Of(RollOption option) => option switch
    {
        RollOption.Buffer => "margin_buffer",
        RollOption.Stress => "margin_stress",
        RollOption.Floor => "margin_floor",
        RollOption.Policy => "requirement",
        _ => "margin",
    };
}
