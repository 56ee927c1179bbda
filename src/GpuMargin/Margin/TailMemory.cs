using GpuMargin.Backends;

namespace GpuMargin.Margin;

/// <summary>One thread's memory for the tail that it measures: thousands of tails one behind the other would be collected again and again.</summary>
sealed class TailMemory
{
    public LossTail Tail { get; set; }
}
