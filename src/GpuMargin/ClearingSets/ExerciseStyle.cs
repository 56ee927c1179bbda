namespace GpuMargin.ClearingSets;

/// <summary>When the holder of an option may exercise it.</summary>
public enum ExerciseStyle
{
    /// <summary>Exercise at expiry.</summary>
    European,

    /// <summary>Exercise at any time up to expiry.</summary>
    American,
}
