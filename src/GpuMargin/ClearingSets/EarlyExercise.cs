namespace GpuMargin.ClearingSets;

/// <summary>What early exercise can mean for a put; for a call with rate and yield exchanged.</summary>
enum EarlyExercise
{
    /// <summary>Never better than waiting: the American put is the European one.</summary>
    Never,

    /// <summary>Exercise at and below one critical price.</summary>
    OneBoundary,

    /// <summary>Between two critical prices, which nothing here computes: q &lt; r &lt; 0.</summary>
    TwoBoundaries,
}
