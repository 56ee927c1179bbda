namespace GpuMargin.Revaluation.American;

/// <summary>What a rate factor moves of a put; of a call's put, where rate and yield are exchanged, it is the yield.</summary>
enum RateMotion
{
    None,

    Yield,

    Rate,

    /// <summary>Rate and yield, which are equal: an option on a future.</summary>
    Both,
}
