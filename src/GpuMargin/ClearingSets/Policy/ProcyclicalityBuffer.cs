namespace GpuMargin.ClearingSets.Policy;

/// <summary>Margin buffer that may be exhausted while requirements rise (EMIR RTS Art. 28(1)(a): at least 0.25).</summary>
public sealed record ProcyclicalityBuffer
{
    /// <summary>Share of the calculated margin that is added, 0 or more.</summary>
    public double Rate { get; init; } = 0.25;

    /// <summary>The buffer is temporarily given back: it adds nothing.</summary>
    public bool Released { get; init; }
}
