using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;

namespace GpuMargin.Revaluation;

/// <summary>An option of a plan as <see cref="OptionRevaluation{T}"/> takes it: in the money as the opposite right and the two legs.</summary>
static class OptionInDouble
{
    public static OptionRevaluation<T> Of<T>(InstrumentPlan plan, int i)
        where T : unmanaged, ILane<T>
    {
        double fx = plan.FxRate[i], right = plan.Right[i];
        OptionTerms terms = new(plan.LogMoneyness[i], fx * plan.Asset[i], fx * plan.Strike[i], plan.Deviation[i]);
        double held = right * terms.LogMoneyness > 0 ? right : 0;
        double own = held == 0 ? right : -right;
        return new OptionRevaluation<T>(
            OptionLegs<T>.Of(own, terms.LogMoneyness, terms.Asset, terms.Strike, terms.Deviation),
            T.Of(fx * (held == 0 ? plan.OptionValue[i] : plan.OppositeValue[i])),
            T.Of(held * terms.Asset), T.Of(held * terms.Strike), T.Of(held * fx * plan.Carry[i]), T.Of(plan.Years[i]), T.Of(plan.Gearing[i]), plan.Gearing[i] != 1, plan.OnFuture[i], plan.Inverse[i], plan.FxReciprocal[i]);
    }
}
