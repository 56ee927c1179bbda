using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>The weight of every scenario of a source, a function of its number; their mean is 1.</summary>
public abstract class ScenarioWeights
{
    /// <summary>Independent randomisations that scenarios belong to in turn, s mod this; 0: every scenario is independent of all others.</summary>
    public abstract int Randomizations { get; }

    /// <summary>Whether weights may differ from 1.</summary>
    public abstract bool Vary { get; }

    /// <summary>μ of the importance sampling that the weights undo, 0 without; infinite: nothing is known of the weights, and a tail must hold all scenarios.</summary>
    public abstract double Shift { get; }

    public abstract double Of(int scenario);

    /// <summary>The weights of scenarios 0 … n − 1.</summary>
    public double[] First(int scenarios)
    {
        double[] weights = new double[scenarios];
        SideBySide.For(scenarios, s => weights[s] = Of(s));
        return weights;
    }
}
