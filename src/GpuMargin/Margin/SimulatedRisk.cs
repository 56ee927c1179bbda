namespace GpuMargin.Margin;

/// <summary>What the simulations say of a book; losses in run currency, loss &gt; 0, not floored at zero unless it says so.</summary>
/// <remarks>What no component of the policy asks for is 0.</remarks>
sealed record SimulatedRisk
{
    /// <summary>The policy's base measure.</summary>
    public double Base { get; init; }

    /// <summary>Upper end of the base measure's interval at the confidence of the sampling error.</summary>
    public double BaseHigh { get; init; }

    /// <summary>Expected shortfall at the dependence test's confidence.</summary>
    public double DependenceShortfall { get; init; }

    /// <summary>At its extreme confidence under the estimated, perfect and zero correlation.</summary>
    public double Estimated { get; init; }

    public double Perfect { get; init; }

    public double Zero { get; init; }

    /// <summary>Expected shortfall at the concentration test's confidence.</summary>
    public double ConcentrationShortfall { get; init; }

    /// <summary>Of the two worst sub-books at its extreme confidence, and of the rest at its confidence.</summary>
    public double Worst { get; init; }

    public double Second { get; init; }

    public double Rest { get; init; }

    /// <summary>Σ max(0, base measure) of the product classes, each alone.</summary>
    public double SumOfClasses { get; init; }

    /// <summary>Base measure under the stress model, or the largest loss over the stress moves.</summary>
    public double Stressed { get; init; }

    /// <summary>Base measure with every factor's first variance at its long-run level or above.</summary>
    public double LongRun { get; init; }
}
