namespace GpuMargin.Studies;

/// <summary>A requirement without or with one of the measures against procyclicality; the same order everywhere.</summary>
public enum RollOption
{
    /// <summary>The calculated margin.</summary>
    None,

    /// <summary><see cref="Antiprocyclicality.WithBuffer"/>.</summary>
    Buffer,

    /// <summary><see cref="Antiprocyclicality.WithStress"/>.</summary>
    Stress,

    /// <summary><see cref="Antiprocyclicality.WithFloor"/>.</summary>
    Floor,

    /// <summary>The requirement of the set's margin policy, per netting set.</summary>
    Policy,
}
