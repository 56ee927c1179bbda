namespace GpuMargin.Files.Policy;

/// <summary>A minimum of Commission Delegated Regulation (EU) No 153/2013 (EMIR RTS) that a policy with <c>"regulation": "emir"</c> is below.</summary>
/// <param name="Article">Order of the faults.</param>
/// <param name="Refuse">Reports it.</param>
sealed record EmirMinimum(int Article, Action<PolicyFaults> Refuse)
{
    /// <summary>A key whose value is below the minimum.</summary>
    public EmirMinimum(int article, string[] path, IFormattable value, string expected, string whenMissing = "")
        : this(article, faults => faults.Refuse(path, value.ToString(null, System.Globalization.CultureInfo.InvariantCulture), expected, whenMissing))
    {
    }
}
