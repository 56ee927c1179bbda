using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>The files of a clearing set beyond the model and the book: policy.json, accounts.csv, collateral.csv, liquidity.csv and the stressed observations.</summary>
sealed record PolicyFiles
{
    public const string Accounts = "accounts.csv";

    const string Collateral = "collateral.csv";
    const string Liquidity = "liquidity.csv";

    public MarginPolicy? Policy { get; private init; }

    public AccountTerms[] Terms { get; private init; } = [];

    public List<CollateralHolding> Holdings { get; private init; } = [];

    public LiquidityTable LiquidityTable { get; private init; } = LiquidityTable.Empty;

    public StressSet Stress { get; private init; } = new();

    /// <param name="sections">Those that policy.json may have.</param>
    /// <param name="factors"><see langword="null"/> when their names are not known, as <paramref name="instruments"/>.</param>
    /// <param name="accounts">Those of positions.csv; gains those of accounts.csv.</param>
    public static PolicyFiles Read(
        ClearingSetFolder files, PolicySections sections, RunDraft run, FactorTable? factors, InstrumentTable? instruments, NameTable accounts,
        bool repairCorrelation, List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        int faultsBefore = faults.Count;
        bool hasPolicy = files.Has(PolicyReader.FileName);
        PolicyDraft? draft = hasPolicy && files.Open(PolicyReader.FileName, "the margin policy") is { } policyFile
            ? PolicyReader.Read(policyFile, sections, factors, faults)
            : null;
        if (draft is not null && faults.Count == faultsBefore)
        {
            PolicyCheck.Check(draft, sections, run, factors, instruments is { Names.IsComplete: true } ? instruments.Instruments : null, warnings);
        }

        MarginPolicy? policy = draft?.Policy;
        bool known = !hasPolicy || (draft is not null && faults.Count == faultsBefore);
        return new PolicyFiles
        {
            Policy = policy,
            Terms = files.Has(Accounts) && files.Open(Accounts, "the accounts") is { } accountFile ? AccountReader.Read(accountFile, accounts, faults) : [],
            Holdings = files.Has(Collateral) && files.Open(Collateral, "the collateral") is { } collateralFile
                ? CollateralReader.Read(collateralFile, run, factors, accounts, known ? policy?.Collateral ?? new() : null, faults)
                : [],
            LiquidityTable = ReadLiquidity(files, sections.Ask(policy, PolicyInput.Liquidity), known, factors, instruments, run.AsOf, warnings, faults),
            Stress = ReadStress(files, sections.Ask(policy, PolicyInput.StressedObservations) ? draft : null, known, factors, run.Settings.Copula, repairCorrelation, warnings, faults, cancellation),
        };
    }

    static LiquidityTable ReadLiquidity(
        ClearingSetFolder files, bool charged, bool known, FactorTable? factors, InstrumentTable? instruments, DateTimeOffset? time, List<string> warnings, FaultList faults)
    {
        bool isThere = files.Has(Liquidity);
        if (!charged && !isThere)
        {
            return LiquidityTable.Empty;
        }

        if (known && !charged)
        {
            warnings.Add($"{Liquidity} is not used: there is no section 'liquidity' in {PolicyReader.FileName}.");
        }

        return files.Open(Liquidity, $"spreads and volumes, because {PolicyReader.FileName} has a section 'liquidity'") is { } file
            ? LiquidityReader.Read(file, factors, instruments, time, charged, faults)
            : LiquidityTable.Empty;
    }

    static StressSet ReadStress(
        ClearingSetFolder files, PolicyDraft? charging, bool known, FactorTable? factors, Copula copula, bool repair,
        List<string> warnings, FaultList faults, CancellationToken cancellation)
    {
        if (!StressReader.IsThere(files))
        {
            if (charging is not null)
            {
                string[] stress = ["stress"];
                charging.Faults.Refuse(stress, stress, null, $"stressed observations with it: {StressReader.MovesFile} or a folder {StressReader.ModelFolder} with factors.csv and correlation.csv");
            }

            return new StressSet();
        }

        if (known && charging is null)
        {
            warnings.Add($"The stressed observations are not used: there is no section 'stress' in {PolicyReader.FileName}.");
        }

        return factors is null ? new StressSet() : StressReader.Read(files, factors, copula, repair, warnings, faults, cancellation);
    }
}
