using GpuMargin.Studies;

namespace GpuMargin.Cli.Json;

/// <summary>What <c>converge --json</c> puts on stdout; per account everything is in convergence.csv.</summary>
/// <param name="Out">Folder of convergence.csv and convergence.svg.</param>
sealed record ConvergenceResult(string Out, int Repeats, string[] Accounts, ConvergedMethod[] Methods)
{
    internal static ConvergenceResult Of(string folder, int repeats, string[] accounts, IReadOnlyList<ConvergenceMethod> methods) => new(
        folder, repeats, accounts, [.. methods.Select(ConvergedMethod.Of)]);
}

/// <param name="Missing">Why the method was not run; absent when it was.</param>
sealed record ConvergedMethod(string Method, string? Missing, ConvergedPoint[] Points, OnePercent[] OnePercent)
{
    internal static ConvergedMethod Of(ConvergenceMethod method) => new(
        method.Name,
        method.Missing,
        [.. method.Points.SelectMany(point => ConvergenceStatistic.Of(point).Select(s =>
            new ConvergedPoint(point.Scenarios, point.Seconds, s.Statistic, s.StandardError, s.HalfWidth)))],
        [.. ConvergenceStatistic.Names.SelectMany(name => Json.OnePercent.Of(name, ConvergenceStatistic.Need(method, name, Display.ConvergenceTable.Target)))]);
}

/// <param name="StandardError">Over the repeats, relative to expected shortfall.</param>
/// <param name="HalfWidth">Of the runs' own 95 % intervals, relative to expected shortfall.</param>
sealed record ConvergedPoint(int Scenarios, double Seconds, string Statistic, double StandardError, double HalfWidth);

/// <summary>What ±1 % takes.</summary>
/// <param name="Scenarios">Absent where errors do not fall.</param>
sealed record OnePercent(string Statistic, double? Scenarios, double? Seconds, bool Extrapolated, double Rate)
{
    internal static IEnumerable<OnePercent> Of(string statistic, ConvergenceNeed? need)
    {
        if (need is { } known)
        {
            yield return double.IsFinite(known.Scenarios)
                ? new OnePercent(statistic, known.Scenarios, known.Seconds, known.Extrapolated, known.Rate)
                : new OnePercent(statistic, null, null, known.Extrapolated, known.Rate);
        }
    }
}
