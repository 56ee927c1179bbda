namespace GpuMargin.Margin;

/// <summary>A bound on shocks at the horizon, and how many scenarios passed it.</summary>
abstract class ShockLimit
{
    const int NamesTold = 3;

    readonly SortedSet<int> passed = [];

    /// <summary>Whether an instrument that is held has the limit.</summary>
    public abstract bool Exists { get; }

    public int Scenarios { get; private set; }

    /// <param name="shocks">Of a scenario, per factor.</param>
    public void Count(ReadOnlySpan<double> shocks)
    {
        if (Find(shocks, passed))
        {
            Scenarios++;
        }
    }

    public abstract string Warning(int scenarios, IReadOnlyList<string> factors);

    /// <summary>Whether a scenario passes the limit.</summary>
    /// <param name="beyond">Takes the factors that do.</param>
    protected abstract bool Find(ReadOnlySpan<double> shocks, ISet<int> beyond);

    protected string Names(IReadOnlyList<string> factors) =>
        string.Join(", ", passed.Take(NamesTold).Select(factor => $"'{factors[factor]}'")) + (passed.Count > NamesTold ? ", …" : "");
}
