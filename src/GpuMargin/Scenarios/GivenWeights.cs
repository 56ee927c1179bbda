namespace GpuMargin.Scenarios;

/// <summary>Weights that are given with the scenarios.</summary>
/// <param name="weights">One per scenario; empty: all 1.</param>
sealed class GivenWeights(double[] weights) : ScenarioWeights
{
    public override int Randomizations => 0;

    public override bool Vary => weights.Length > 0;

    public override double Shift => Vary ? double.PositiveInfinity : 0;

    public override double Of(int scenario) => Vary ? weights[scenario] : 1;
}
