namespace GpuMargin.Numerics;

/// <summary>Progress of a part of a task, from 0 to 1, reported as the whole's.</summary>
/// <param name="before">Share of the whole before the part.</param>
/// <param name="share">The part's share.</param>
sealed class ShareOf(IProgress<double> whole, double before, double share) : IProgress<double>
{
    public void Report(double value) => whole.Report(before + share * value);
}
