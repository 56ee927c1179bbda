using GpuMargin.Calibration.History;
using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files;
using GpuMargin.Files.Policy;
using GpuMargin.Margin.Components;

namespace GpuMargin.Studies;

/// <summary>Reads a history set: history.csv, run.json, curves.csv, instruments.csv and positions.csv of one folder, and a margin policy with its files where there is one.</summary>
/// <remarks>Of a clearing set that lies in the same folder, factors.csv, correlation.csv and residuals.csv are not read: every day has its own.</remarks>
public static class HistorySetReader
{
    public const string HistoryFile = "history.csv";

    /// <param name="policyFolder">Folder of policy.json, accounts.csv, collateral.csv, liquidity.csv and stress.csv; that of the set when <see langword="null"/>.</param>
    /// <exception cref="RefusedInputException">The set is faulty.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static HistorySet Read(
        string folder, RunOverrides? overrides = null, HistoryOptions? reading = null, string? policyFolder = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        FaultList faults = new();
        using ClearingSetFolder files = new(folder, faults, cancellation);
        if (policyFolder is not null && !File.Exists(Path.Combine(policyFolder, PolicyReader.FileName)))
        {
            faults.Add(policyFolder, null, null, null, $"a folder with {PolicyReader.FileName}");
            faults.ThrowIfAny();
        }

        using ClearingSetFolder? apart = policyFolder is null ? null : new(policyFolder, faults, cancellation);
        ClearingSetFolder policyFiles = apart ?? files;
        if (policyFiles.HasFolder(StressReader.ModelFolder))
        {
            faults.Add(StressReader.ModelFolder, null, null, null, $"moves in {StressReader.MovesFile}: every day of a roll has its own parameters");
        }

        faults.ThrowIfAny();
        ReturnHistory history = HistoryReader.Read(Path.Combine(folder, HistoryFile), (reading ?? new HistoryOptions()) with { Window = null }, cancellation);
        if (history.Dates.Count == 0)
        {
            throw new RefusedInputException([new Fault(HistoryFile, 1, "date", null, "a column 'date', which tells the day of each price")]);
        }

        RunDraft run = RunReader.Read(files.Open("run.json", "the settings of the run"), overrides ?? new RunOverrides(), faults);
        FactorTable factors = Factors(history);
        run.CheckFx(factors, faults);
        CurveTable? curves = CurveReader.Read(files, factors, faults);
        SurfaceTable? surfaces = SurfaceReader.Read(files, run, factors, faults);
        InstrumentTable? instruments = InstrumentReader.Read(files.Open("instruments.csv", "the instruments"), run, factors, curves, surfaces, faults, cancellation);
        history = HistoryDividends.AddBack(history, DividendReader.Read(files, run, factors, instruments, faults), faults);
        NameTable accounts = new();
        DatedBook book = DatedBookReader.Read(files.Open("positions.csv", "the positions"), instruments?.Names, accounts, faults, cancellation);
        List<string> warnings = [];
        PolicyFiles policy = PolicyFiles.Read(policyFiles, MarginComponents.Sections, run with { AsOf = null }, factors, instruments, accounts, repairCorrelation: false, warnings, faults, cancellation);
        if (policy is { Policy.Collateral.Valuation: CollateralValuation.Simulated, Holdings.Count: > 0 })
        {
            faults.Add(PolicyReader.FileName, null, "collateral.valuation", "simulated", "'haircut' in a roll, whose losses are those of the positions alone");
        }

        int reference = run.AsOf is { } asOf ? LastDay(history, asOf) : 0;
        if (reference < 0)
        {
            faults.Add("run.json", null, "asOf", $"{run.AsOf:yyyy-MM-dd}", FormattableString.Invariant(
                $"a day of {HistoryFile} from {history.Dates[0]:yyyy-MM-dd} on: its prices are what strikes are relative to"));
        }

        faults.ThrowIfAny();
        double[] levels = KnownHistory.Levels(history, reference);
        SurfaceLevels.Give(surfaces!, instruments!.Instruments, levels);
        SurfaceCheck.Check(surfaces!, instruments.Instruments, levels, run.Settings.Arbitrage, faults);
        faults.ThrowIfAny();
        return new HistorySet
        {
            Settings = run.ToSettings(),
            History = history,
            Instruments = instruments.Instruments,
            ReferenceLevels = levels,
            Book = book,
            Policy = policy.Policy,
            AccountTerms = policy.Terms,
            Collateral = policy.Holdings,
            Liquidity = policy.LiquidityTable,
            Stress = policy.Stress,
            Warnings = [.. curves!.Unused(instruments.Instruments), .. surfaces!.Unused(instruments.Instruments), .. surfaces.MissedQuotes, .. warnings],
        };
    }

    /// <summary>The last day that is not after a time; −1 when all are.</summary>
    internal static int LastDay(ReturnHistory history, DateTimeOffset time)
    {
        int day = history.Dates.Count - 1;
        while (day >= 0 && history.Dates[day] > time)
        {
            day--;
        }

        return day;
    }

    // The places that a calibration with volatility factors gives: all columns, then the volatilities that none of them is.
    static FactorTable Factors(ReturnHistory history)
    {
        FactorTable table = new("history.csv");
        foreach ((string name, RiskFactorKind kind) in history.Factors.Zip(history.KindOfEach()))
        {
            Add(name, kind);
        }

        foreach (int price in HistoryKinds.WithoutVolatility(history))
        {
            Add(history.Factors[price] + HistoryKinds.VolatilitySuffix, RiskFactorKind.Volatility);
        }

        return table;

        void Add(string name, RiskFactorKind kind)
        {
            table.Names.Add(name);
            table.Kinds.Add(kind);
            table.Lines.Add(1);
        }
    }
}
