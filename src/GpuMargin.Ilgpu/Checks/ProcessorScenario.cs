using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Ilgpu.Launch;

namespace GpuMargin.Ilgpu.Checks;

/// <summary>What the processor computes of a scenario that a device could not.</summary>
static class ProcessorScenario
{
    /// <summary>Returns where the processor, too, finds a P&amp;L out of range near that scenario: then the input is at fault.</summary>
    /// <exception cref="DeviceFaultException">The processor finds numbers: the device is at fault.</exception>
    public static void RequireNonFinite(ValuationRun plan, NonFiniteProfitAndLossException found)
    {
        // Plans begin where a leaf of the fingerprint does.
        int first = found.Scenario / ProfitAndLossHash.LeafScenarios * ProfitAndLossHash.LeafScenarios;
        int count = Math.Min(ProfitAndLossHash.LeafScenarios, plan.EndScenario - first);
        ValuationRun leaf = plan with { FirstScenario = first, Scenarios = count };
        try
        {
            new CpuBackend().VisitProfitAndLoss(leaf, static (_, _, _) => { });
        }
        catch (NonFiniteProfitAndLossException)
        {
            return;
        }

        throw new DeviceFaultException(string.Create(
            CultureInfo.InvariantCulture,
            $"its P&L of {found.Row} in scenario {found.Scenario} is not a number, the processor's is one"));
    }
}
