using System.Globalization;
using GpuMargin.Aggregation;
using GpuMargin.ClearingSets;
using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin;

/// <summary>Accounts whose expected shortfall the scenarios do not settle, by name, and what would help.</summary>
static class TailWarnings
{
    const int NamesTold = 3;

    /// <summary>Accounts whose worst scenario is drawn again: each costs a block of scenarios.</summary>
    const int Redrawn = 64;

    /// <param name="run">Of the accounts.</param>
    /// <param name="margins">Of all of them.</param>
    public static IEnumerable<string> Of(ClearingSet set, ValuationRun run, IReadOnlyList<AccountMargin> margins)
    {
        List<int> untrusted = [], hanging = [];
        for (int account = 0; account < margins.Count; account++)
        {
            if (!margins[account].ExpectedShortfallTrusted)
            {
                untrusted.Add(account);
            }

            if (margins[account].LargestShare > TailVerdict.LargestTrustedShare)
            {
                hanging.Add(account);
            }
        }

        if (untrusted.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Named(untrusted)}: the interval of ES cannot be trusted (es_trusted), ES itself may be too low: {Cause(set.Settings, run)}.");
        }

        if (hanging.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Named(hanging)}: one scenario makes up more than {TailVerdict.LargestTrustedShare:P0} of ES.");
        }

        // Shocks at the largest bound are so rare that they stand out in the tail; at a lower one they need not.
        IEnumerable<int> suspects = set.Settings.MaximumShock < RunSettings.LargestMaximumShock
            ? untrusted.Union(Enumerable.Range(0, margins.Count).Where(account => margins[account].ExpectedShortfall.Value > 0))
            : untrusted;
        List<int> clipped = [.. suspects.Take(Redrawn).Where(account => ClippedShocks.DecideWorstLoss(run, account, margins[account].WorstScenario))];
        if (clipped.Count > 0)
        {
            yield return $"{Named(clipped)}: the largest loss lies in a scenario whose shock is cut at its bound: ES hangs on the bound, not on the model.";
        }

        string Named(List<int> accounts) => string.Create(
            CultureInfo.InvariantCulture,
            $"{accounts.Count} of {margins.Count} accounts ({string.Join(", ", accounts.Take(NamesTold).Select(account => VisibleText.Name(margins[account].Account)))}{(accounts.Count > NamesTold ? ", …" : "")})");
    }

    static string Cause(RunSettings settings, ValuationRun run)
    {
        bool importance = run.Source.Weights().Vary;
        bool possible = !importance && settings.HorizonDays > 0 && settings.Copula.Family == CopulaFamily.StudentT;
        double scenarios = Math.Max(10.0 * settings.Scenarios, Math.Ceiling(TailVerdict.LongTail / (double)(1 - settings.Confidence)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"losses beyond VaR are too rare for the scenarios; {(possible ? "importance sampling would help, or " : "")}{scenarios:0} scenarios");
    }
}
