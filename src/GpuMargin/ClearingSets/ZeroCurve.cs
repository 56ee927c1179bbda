namespace GpuMargin.ClearingSets;

/// <summary>A curve of zero rates by time to maturity; rate × time is linear between the nodes, the rate is flat outside.</summary>
/// <param name="Name">As in curves.csv.</param>
/// <param name="Nodes">At least one; days ascend.</param>
public sealed record ZeroCurve(string Name, IReadOnlyList<CurveNode> Nodes)
{
    /// <summary>Zero rate, per year, continuously compounded.</summary>
    public double Rate(double years)
    {
        (int node, double share) = Place(years);
        double rate = Nodes[node].Rate;
        return share == 0 ? rate : rate + share * (Nodes[node + 1].Rate - rate);
    }

    public bool Equals(ZeroCurve? other) => other is not null && Name == other.Name && Nodes.SequenceEqual(other.Nodes);

    public override int GetHashCode() => HashCode.Combine(Name, Nodes.Count);

    /// <summary>How shocks of rate factors move the zero rate.</summary>
    internal RateMove Move(double years)
    {
        (int node, double share) = Place(years);
        int first = Nodes[node].RateFactor, second = share == 0 ? -1 : Nodes[node + 1].RateFactor;
        return share == 0 || first == second ? RateMove.Of(first)
            : first < 0 ? new RateMove(second, share, -1, 0)
            : new RateMove(first, 1 - share, second, second < 0 ? 0 : share);
    }

    /// <summary>The node before a time, and the share that the next one has of the zero rate: t₂·(T − t₁)/(T·(t₂ − t₁)).</summary>
    (int Node, double Share) Place(double years)
    {
        int next = 0;
        while (next < Nodes.Count && Nodes[next].Years <= years)
        {
            next++;
        }

        if (next == 0 || next == Nodes.Count)
        {
            return (Math.Max(next - 1, 0), 0);
        }

        double before = Nodes[next - 1].Years, after = Nodes[next].Years;
        return (next - 1, after / years * ((years - before) / (after - before)));
    }
}

/// <summary>One row of curves.csv.</summary>
/// <param name="Days">To maturity, greater than 0.</param>
/// <param name="Rate">Zero rate, per year, continuously compounded.</param>
/// <param name="RateFactor">Index of the rate factor whose shock is added to the rate; −1: none.</param>
public readonly record struct CurveNode(double Days, double Rate, int RateFactor = -1)
{
    /// <summary>ACT/365.</summary>
    internal double Years => Days / 365;
}
