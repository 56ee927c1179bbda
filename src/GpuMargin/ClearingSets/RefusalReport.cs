namespace GpuMargin.ClearingSets;

/// <summary>Faults as the program prints them.</summary>
public static class RefusalReport
{
    /// <summary>Faults printed in full; the rest is counted.</summary>
    public const int FaultsShown = 20;

    /// <summary>The first <see cref="FaultsShown"/> faults, one a line, then <c>… and N more</c>.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<Fault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        List<string> lines = [.. faults.Take(FaultsShown).Select(fault => fault.ToString())];
        if (faults.Count > FaultsShown)
        {
            lines.Add(FormattableString.Invariant($"… and {faults.Count - FaultsShown} more"));
        }

        return lines;
    }
}
