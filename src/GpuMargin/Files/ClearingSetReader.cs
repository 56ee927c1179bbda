using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.ClearingSets.Validation;
using GpuMargin.Files.Policy;

namespace GpuMargin.Files;

/// <summary>Reads a clearing set from its folder.</summary>
static class ClearingSetReader
{
    /// <param name="folder">Folder with run.json, factors.csv and the other files of the set.</param>
    /// <param name="sections">Those that policy.json may have.</param>
    /// <param name="overrides">Settings of the caller; they keep to the ranges of the keys that they override.</param>
    /// <param name="factored">Told the share of each factorisation of correlation.csv that is done, from any thread.</param>
    /// <exception cref="RefusedInputException">The set or an option is faulty; lists every fault of every file.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ClearingSet Read(string folder, PolicySections sections, RunOverrides? overrides, IProgress<double>? factored, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        overrides ??= new RunOverrides();
        FaultList faults = new();
        using ClearingSetFolder files = new(folder, faults, cancellation);
        List<string> warnings = [], policyWarnings = [];

        // The two large files are read beside the small ones; their faults join the others at the end.
        FaultList positionFaults = new(), correlationFaults = new();
        var positionFile = Task.Run(() => files.Open("positions.csv", "the positions", positionFaults), CancellationToken.None);
        RunDraft run = RunReader.Read(files.Open("run.json", "the settings of the run"), overrides, faults);
        FactorTable? factors = FactorReader.Read(files.Open("factors.csv", "the risk factors"), faults);
        Task<double[,]?> correlation = Task.FromResult<double[,]?>(null);
        if (factors is not null)
        {
            run.CheckFx(factors, faults);
            correlation = Task.Run(
                () => ModelReader.Correlation(files, "", factors, overrides.RepairCorrelation, warnings, correlationFaults, factored, cancellation), CancellationToken.None);
            ModelReader.Residuals(files, "", factors, faults);
        }
        else
        {
            files.OpenIfThere("correlation.csv", "the correlation matrix");
            files.OpenIfThere("residuals.csv", "residuals");
        }

        cancellation.ThrowIfCancellationRequested();
        CurveTable? curves = CurveReader.Read(files, factors, faults);
        SurfaceTable? surfaces = SurfaceReader.Read(files, run, factors, faults);
        InstrumentTable? instruments = InstrumentReader.Read(
            files.Open("instruments.csv", "the instruments"), run, factors, curves, surfaces, faults, cancellation);
        DividendReader.Read(files, run, factors, instruments, faults);
        if (faults.Count == 0)
        {
            double[] levels = [.. factors!.Factors.Select(factor => factor.Level)];
            SurfaceLevels.Give(surfaces!, instruments!.Instruments, levels);
            SurfaceCheck.Check(surfaces!, instruments.Instruments, levels, run.Settings.Arbitrage, faults);
        }

        (NameTable accounts, PositionTable positions) = PositionReader.Read(
            positionFile.GetAwaiter().GetResult(), instruments?.Names, positionFaults, cancellation);
        PolicyFiles policy = PolicyFiles.Read(
            files, sections, run, factors, instruments, accounts, overrides.RepairCorrelation, policyWarnings, faults, cancellation);
        MarginLimit[] limits = LimitReader.Read(files, accounts, policy.Terms, faults);
        double[,]? matrix = correlation.GetAwaiter().GetResult();

        if (!overrides.EditedModel)
        {
            CalibratedModel.Check(files, "", run.Settings.Copula, faults);
            CalibratedModel.Check(files, StressReader.ModelFolder + "/", files.Has($"{StressReader.ModelFolder}/{RunReader.FileName}") ? policy.Stress.Model?.Copula : null, faults);
        }

        faults.Add(correlationFaults);
        faults.Add(positionFaults);
        faults.ThrowIfAny();
        ClearingSet set = new()
        {
            Settings = run.ToSettings(),
            Factors = factors!.Factors,
            Correlation = matrix!,
            Instruments = instruments!.Instruments,
            Accounts = accounts.Names,
            Positions = positions,
            Policy = policy.Policy,
            AccountTerms = policy.Terms,
            Collateral = policy.Holdings,
            Liquidity = policy.LiquidityTable,
            Stress = policy.Stress,
            Limits = limits,
            SmileFits = [.. surfaces!.Fits],
            Inputs = files.Inputs,
            Warnings = [.. warnings, .. curves!.Unused(instruments.Instruments), .. surfaces.Unused(instruments.Instruments), .. surfaces.MissedQuotes, .. policyWarnings],
        };
        return set with { Read = new ReadParts(set) };
    }
}
