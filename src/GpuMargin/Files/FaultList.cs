using GpuMargin.ClearingSets;
using GpuMargin.Files.Policy;

namespace GpuMargin.Files;

/// <summary>Collects faults in the order in which they are found; hands them over in file order.</summary>
sealed class FaultList
{
    // A search for the name that was meant visits every name, and only the first faults are printed.
    const int SearchesAtMost = 100;

    static readonly string[] s_fileOrder =
    [
        Fault.Settings, "run.json", "factors.csv", "correlation.csv", "residuals.csv", CalibratedModel.FileName,
        CurveReader.FileName, SurfaceReader.FileName, SmileReader.FileName, PivotReader.FileName, "instruments.csv", DividendRows.FileName, "positions.csv", "accounts.csv", "policy.json", "collateral.csv", "liquidity.csv",
        LimitReader.FileName,
        "stress.csv", "stress/run.json", "stress/factors.csv", "stress/correlation.csv", "stress/residuals.csv", "stress/" + CalibratedModel.FileName,
    ];

    readonly List<Fault> faults = [];
    int searches;

    public int Count => faults.Count;

    /// <summary>Whether a column or key has a fault.</summary>
    public bool Has(string file, string column) => faults.Any(fault => fault.File == file && fault.Column == column);

    public void Add(string file, int? line, string? column, string? found, string expected) =>
        faults.Add(new Fault(file, line, column, found, expected));

    /// <summary>Takes over what was found elsewhere, in files of its own.</summary>
    public void Add(FaultList others) => faults.AddRange(others.faults);

    /// <summary>Whether a search for a name is worth its time; each call counts as one.</summary>
    public bool MaySearch() => searches++ < SearchesAtMost;

    public void ThrowIfAny()
    {
        if (faults.Count > 0)
        {
            throw new RefusedInputException(InFileOrder());
        }
    }

    /// <summary>Faults by file, then by line; OrderBy is stable, so faults of one line stay in column order.</summary>
    public IReadOnlyList<Fault> InFileOrder() =>
        [.. faults.OrderBy(fault => Array.IndexOf(s_fileOrder, fault.File)).ThenBy(fault => fault.Line ?? 0)];
}
