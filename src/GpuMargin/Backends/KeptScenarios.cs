using GpuMargin.Aggregation;
using GpuMargin.Scenarios;

namespace GpuMargin.Backends;

/// <summary>Shocks of sources in memory, for runs that would draw them again.</summary>
sealed class KeptScenarios(CpuBackend backend)
{
    readonly Dictionary<string, GivenScenarios> kept = new(StringComparer.Ordinal);

    /// <summary>Bytes of the shocks.</summary>
    public long Bytes => kept.Values.Sum(source => (long)source.Shocks.Length * sizeof(double));

    /// <summary>Bytes that the shocks of a run's source would take; 0: they are there, or are given anyway.</summary>
    public double Needed(ValuationRun run) => Has(run) || run.Source is GivenScenarios ? 0 : (double)run.Scenarios * run.ShockRows.Count * sizeof(double);

    /// <summary>Draws the shocks of a run's source.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Keep(ValuationRun run, CancellationToken cancellation)
    {
        if (Needed(run) > 0)
        {
            kept[run.Source.Name] = new GivenScenarios { Name = run.Source.Name, Rows = run.ShockRows, Shocks = backend.Shocks(run, cancellation) };
        }
    }

    /// <summary>Whether a run reads no more than what is kept of its source: the path has as many days, because a path of others has other draws.</summary>
    public bool Has(ValuationRun run) => kept.TryGetValue(run.Source.Name, out GivenScenarios? source)
        && source.Count == run.Scenarios && source.Horizon == run.Source.Horizon && run.ShockRows.Days.All(source.Rows.Days.Contains);

    /// <summary>The run with the kept shocks in place of its source: its result has the same bits.</summary>
    public ValuationRun In(ValuationRun run) => Has(run) ? run with { Source = kept[run.Source.Name] } : run;
}
