using GpuMargin.ClearingSets.Reading;

namespace GpuMargin.ClearingSets;

/// <summary>Reads a clearing set from its folder.</summary>
public static class ClearingSetReader
{
    /// <param name="folder">Folder with run.json, factors.csv and the other files of the set.</param>
    /// <param name="overrides">Command-line options; they keep to the ranges of the keys that they override.</param>
    /// <exception cref="RefusedInputException">The set or an option is faulty; lists every fault of every file.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ClearingSet Read(string folder, RunOverrides? overrides = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        overrides ??= new RunOverrides();
        FaultList faults = new();
        ClearingSetFolder files = new(folder, faults);
        List<string> warnings = [];

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
                () => Correlation(files, factors, overrides.RepairCorrelation, warnings, correlationFaults, cancellation), CancellationToken.None);
            ReadResiduals(files, factors, faults);
        }
        else
        {
            files.OpenIfThere("correlation.csv", "the correlation matrix");
            files.OpenIfThere("residuals.csv", "residuals");
        }

        cancellation.ThrowIfCancellationRequested();
        InstrumentTable? instruments = InstrumentReader.Read(
            files.Open("instruments.csv", "the instruments"), run, factors, faults, cancellation);
        (NameTable accounts, PositionTable positions) = PositionReader.Read(
            positionFile.GetAwaiter().GetResult(), instruments?.Names, positionFaults, cancellation);
        double[,]? matrix = correlation.GetAwaiter().GetResult();

        faults.Add(correlationFaults);
        faults.Add(positionFaults);
        faults.ThrowIfAny();
        return new ClearingSet
        {
            Settings = run.ToSettings(),
            Factors = factors!.Factors,
            Correlation = matrix!,
            Instruments = instruments!.Instruments,
            Accounts = accounts.Names,
            Positions = positions,
            Inputs = files.Inputs,
            Warnings = warnings,
        };
    }

    /// <returns><see langword="null"/> after a fault.</returns>
    static double[,]? Correlation(
        ClearingSetFolder files, FactorTable factors, bool repair, List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        int count = factors.Names.Names.Count;
        if (count <= 1 && !files.Has("correlation.csv"))
        {
            return new double[,] { { 1 } };
        }

        SourceFile? file = files.Open(
            "correlation.csv", FormattableString.Invariant($"the correlation matrix of the {count} factors"), faults);
        return file is not null && count > 0 && CorrelationReader.Read(file, factors, faults) is { } matrix
            ? CorrelationCheck.Check(matrix, repair, warnings, faults, cancellation)
            : null;
    }

    static void ReadResiduals(ClearingSetFolder files, FactorTable factors, FaultList faults)
    {
        RiskFactor? empirical = factors.Factors.FirstOrDefault(factor => factor.Marginal == MarginalFamily.Empirical);
        if (empirical is null && !files.Has("residuals.csv"))
        {
            return;
        }

        string purpose = empirical is null ? "residuals" : $"the residuals of '{empirical.Name}' and every other factor with an empirical marginal";
        if (files.Open("residuals.csv", purpose) is { } file)
        {
            double[][] residuals = ResidualReader.Read(file, factors, faults);
            for (int factor = 0; faults.Count == 0 && factor < factors.Factors.Count; factor++)
            {
                if (factors.Factors[factor].Marginal == MarginalFamily.Empirical)
                {
                    factors.Factors[factor] = factors.Factors[factor] with { Residuals = residuals[factor] };
                }
            }
        }
    }
}
