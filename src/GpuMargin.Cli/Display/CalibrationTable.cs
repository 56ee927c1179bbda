using System.Globalization;
using GpuMargin.Calibration;
using GpuMargin.Calibration.Dependence;
using GpuMargin.Calibration.History;
using GpuMargin.Calibration.Volatility;
using GpuMargin.ClearingSets;
using Spectre.Console;

namespace GpuMargin.Cli.Display;

/// <summary>A calibration for people: a line per factor, then the dependence.</summary>
static class CalibrationTable
{
    internal const int RowsShown = 40;

    static readonly string[] s_numbers = ["persist.", "half-life", "mean %", "%/day", "%/year", "nu", "log-lik."];

    /// <param name="file">Where everything is.</param>
    internal static void Write(Terminal terminal, ReturnHistory history, CalibrationResult result, string file, double seconds)
    {
        Table table = PlainConsole.Table(terminal, "factor", ["model", .. s_numbers], "notes");
        // When not all fit, those with something to say stand before the others.
        IEnumerable<FactorCalibration> rows = result.Factors.Count <= RowsShown
            ? result.Factors
            : result.Factors.OrderByDescending(factor => Notes(factor, result.Options).Length > 0).Take(RowsShown);
        foreach (FactorCalibration factor in rows)
        {
            table.AddRow(Row(factor, result));
        }

        PlainConsole.Of(terminal).Write(table);
        if (result.Factors.Count > RowsShown)
        {
            terminal.Out.WriteLine(Text.Invariant($"\u2026 and {result.Factors.Count - RowsShown:N0} more in {file}"));
        }

        terminal.Out.WriteLine(Copula(result.Dependence));
        if (result.Dependence.Dynamic is { } dynamic)
        {
            terminal.Out.WriteLine(Text.Invariant(
                $"dynamic correlation: a {dynamic.A:F4}{Error(dynamic.StandardErrorA, "F4")}, b {dynamic.B:F4}{Error(dynamic.StandardErrorB, "F4")}, log-likelihood {dynamic.LogLikelihood - dynamic.StaticLogLikelihood:F1} above constant correlation"));
        }

        if (result.Dependence.Leverage is { } leverage)
        {
            terminal.Out.WriteLine(Text.Invariant(
                $"leverage: {CalibrationWords.Leverages.WordOf(leverage.Kind)}, correlation {leverage.Correlation:F2} of {leverage.Pairs.Count:N0} prices and their volatilities, {leverage.Pairs.Average(pair => pair.Estimated):F2} estimated on average"));
        }

        terminal.Out.WriteLine(Text.Invariant(
            $"{result.Factors.Count:N0} factors, {history.Returns.GetLength(0):N0} returns, {result.Factors.Count(factor => factor.IsFallback):N0} fallbacks, {result.Warnings.Count:N0} warnings, {seconds:F2} s"));
    }

    static string[] Row(FactorCalibration factor, CalibrationResult result)
    {
        VolatilityFit fit = factor.Volatility.Fit;
        bool additive = factor.Factor.Kind == RiskFactorKind.Additive; // its volatility is in units, not percent
        double volatility = 100 * Math.Sqrt(factor.Factor.Variance);
        return
        [
            PlainConsole.Cell(factor.Factor.Name),
            CalibrationWords.Models.WordOf(fit.Model),
            Number(fit.Persistence, "F4"),
            double.IsFinite(fit.HalfLife) ? Number(fit.HalfLife, fit.HalfLife < 1000 ? "F1" : "F0") : "",
            additive ? "" : Number(100 * factor.Factor.Mean, "F3"),
            additive ? "" : Number(volatility, "F2"),
            additive ? "" : Number(volatility * Math.Sqrt(result.DaysPerYear), "F1"),
            double.IsNaN(factor.Factor.DegreesOfFreedom) ? "" : Number(factor.Factor.DegreesOfFreedom, "F2"),
            Number(fit.LogLikelihood, "F1"),
            Markup.Escape(Notes(factor, result.Options)),
        ];
    }

    static string Notes(FactorCalibration factor, CalibrationOptions options)
    {
        List<string> notes = [];
        if (factor.Factor.Kind == RiskFactorKind.Additive)
        {
            notes.Add(Text.Invariant($"additive: {Math.Sqrt(factor.Factor.Variance):G4} per day"));
        }

        if (factor.IsFallback)
        {
            VolatilityFit? asked = factor.Volatility.Candidates.FirstOrDefault(fit => fit.Model == options.Volatility.Model);
            notes.Add(asked is null ? "no model can be used" : $"{CalibrationWords.Models.WordOf(asked.Model)}: {Word(asked.Status)}");
        }

        if (factor.Volatility.Fit.IsTargeted)
        {
            notes.Add("variance targeting");
        }

        if (factor.IsFallback && factor.Volatility.Fit.Marginal == MarginalFamily.Empirical && options.Volatility.Marginal != MarginalFamily.Empirical)
        {
            notes.Add("empirical marginal");
        }

        notes.AddRange(factor.Volatility.Fit.Findings);
        if (factor.Volatility.IsFloored)
        {
            notes.Add("long-run floor");
        }

        return string.Join("; ", notes);
    }

    static string Word(FitStatus status) => status switch
    {
        FitStatus.OnBound => "on a bound",
        FitStatus.NotStationary => "not stationary",
        FitStatus.Implausible => "implausible",
        _ => "not converged",
    };

    static string Copula(DependenceCalibration dependence)
    {
        StudentTCopulaFit fit = dependence.Fit;
        string likelihood = fit.Pairs > 0 ? Text.Invariant($"composite log-likelihood of {fit.Pairs:N0} pairs") : "log-likelihood";
        string gain = double.IsNaN(fit.DegreesOfFreedom) ? "" : Text.Invariant($", {likelihood} of t {fit.LogLikelihood:F1}, of Gaussian {fit.GaussianLogLikelihood:F1}");
        string family = dependence.Copula.Family == CopulaFamily.StudentT
            ? Text.Invariant($"Student t, nu {fit.DegreesOfFreedom:F2}{Error(fit.StandardError, "F2")}")
            : "Gaussian";
        return $"copula: {family}{gain}";
    }

    static string Error(double standardError, string format) =>
        double.IsNaN(standardError) ? "" : $" \u00b1 {Number(standardError, format)}";

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
