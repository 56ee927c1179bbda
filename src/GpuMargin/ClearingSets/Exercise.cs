namespace GpuMargin.ClearingSets;

/// <summary>When the holder of an option may exercise it.</summary>
public enum Exercise
{
    /// <summary>At expiry.</summary>
    European,

    /// <summary>At any time up to expiry.</summary>
    American,
}
