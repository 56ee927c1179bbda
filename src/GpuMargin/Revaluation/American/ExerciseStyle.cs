namespace GpuMargin.Revaluation.American;

/// <summary>When the holder of an option may exercise it.</summary>
public enum ExerciseStyle
{
    /// <summary>At expiry.</summary>
    European,

    /// <summary>At any time up to expiry.</summary>
    American,
}
