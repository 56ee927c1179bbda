using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Engine;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Scenarios;

namespace GpuMargin.Ilgpu.Checks;

/// <summary>Two small runs that an engine must compute with the processor's bits before it is used; between them they launch every kernel.</summary>
static class KnownSlices
{
    static readonly SyntheticOptions s_shape = new()
    {
        Factors = 4,
        Instruments = 8,
        Accounts = 3,
        PositionsPerAccount = 4,
        OptionShare = 0.5,
        HorizonDays = 2,
        Scenarios = ProfitAndLossHash.LeafScenarios,
        Confidence = 0.9m,
    };

    /// <exception cref="DeviceFaultException">It computes other bits.</exception>
    public static void Check(IDeviceEngine engine, Precision precision)
    {
        CpuBackend processor = new(threads: 1);
        foreach (Sampling sampling in (Sampling[])[Sampling.Philox, Sampling.Sobol])
        {
            ValuationRun plan = Plan(precision, sampling);
            EngineResult expected = processor.Run(plan);
            if (!Same(expected, Result(engine, plan)))
            {
                throw new DeviceFaultException(
                    $"it computes a small run of known result with other bits than the processor ({precision.ToString().ToLowerInvariant()} precision, {sampling} draws): its compiler or its arithmetic is not to be trusted");
            }
        }
    }

    static ValuationRun Plan(Precision precision, Sampling sampling)
    {
        ClearingSet set = WithAdditive(SyntheticClearingSet.Generate(s_shape));
        ValuationRun plan = MarginCalculator.Plan(set with { Settings = set.Settings with { Precision = precision, Sampling = sampling } });
        return plan with
        {
            Source = ((ScenarioPlan)plan.Source) with { Jumps = [new FactorJump(0, 1, -0.5, [3, 17])] },
            Positions = plan.Positions with { Remainders = new RemainderRows([0], [0, 1], [1]) },
            Fingerprint = sampling == Sampling.Philox ? Fingerprint.XxhLeaves : Fingerprint.Sha256Leaves,
            FingerprintRows = s_shape.Accounts,
        };
    }

    // The first factor becomes an additive one; two of each kind of instrument are on it.
    static ClearingSet WithAdditive(ClearingSet set)
    {
        RiskFactor first = set.Factors[0];
        return set with
        {
            Factors = [first with { Kind = RiskFactorKind.Additive, Variance = first.Level * first.Level * first.Variance }, .. set.Factors.Skip(1)],
            Instruments =
            [
                .. set.Instruments.Select((instrument, i) => i / 2 % 2 == 0
                    ? instrument with { Underlying = 0, Volatility = first.Level * instrument.Volatility }
                    : instrument with { Underlying = 1 }),
            ],
        };
    }

    static (LossTail[] Tails, string Hash)? Result(IDeviceEngine engine, ValuationRun plan)
    {
        try
        {
            DeviceResult result = engine.Run(plan, _ => { }, CancellationToken.None);
            using ProfitAndLossHash hash = new(plan);
            hash.AddDigests(0, 1, result.Digests);
            return (result.Tails, hash.Root());
        }
        catch (NonFiniteProfitAndLossException)
        {
            return null;
        }
    }

    static bool Same(EngineResult expected, (LossTail[] Tails, string Hash)? found) =>
        found is { } result
        && result.Hash == expected.ProfitAndLossSha256
        && result.Tails.Length == expected.Tails.Count
        && result.Tails.Zip(expected.Tails).All(pair => pair.First.Scenarios.SequenceEqual(pair.Second.Scenarios) && pair.First.Losses.SequenceEqual(pair.Second.Losses));
}
