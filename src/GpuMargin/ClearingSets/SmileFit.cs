namespace GpuMargin.ClearingSets;

/// <summary>How well a smile that was fitted when the set was read goes through its quotes.</summary>
/// <param name="Surface">Name of the surface.</param>
/// <param name="Days">To expiry, of 365 a year.</param>
/// <param name="Quotes">Rows of smiles.csv.</param>
/// <param name="RootMeanSquare">Of the errors of volatilities.</param>
/// <param name="Worst">Largest of them.</param>
public sealed record SmileFit(string Surface, double Days, int Quotes, double RootMeanSquare, double Worst)
{
    /// <summary>Errors of volatilities above this are warned of.</summary>
    public const double LargestWithoutWarning = 0.01;

    /// <param name="line">First of its quotes in the file.</param>
    internal string? Warning(string file, int line) => Worst <= LargestWithoutWarning ? null : FormattableString.Invariant(
        $"{file}:{line}: the smile of '{VisibleText.Name(Surface)}' at {Days:0.##} days misses its {Quotes} quotes by up to {100 * Worst:0.##} volatility points (root mean square {100 * RootMeanSquare:0.##}).");
}
