namespace GpuMargin.Cli.Pages;

/// <summary>What a roll says of the page's accounts.</summary>
/// <param name="Margins">By day, summed over the accounts; run currency.</param>
/// <param name="Losses">Realised by day, likewise; 0 on days of gains.</param>
/// <param name="Rows">Of the summary, most exceedances first.</param>
/// <param name="Exceedances">Losses above margin, largest first.</param>
sealed record RollPart(IReadOnlyList<DateTimeOffset> Days, double[] Margins, double[] Losses, RollRow[] Rows, RollExceedance[] Exceedances);

/// <summary>Exceedances of one requirement of an account.</summary>
/// <param name="Requirement">As roll-summary.csv calls it.</param>
/// <param name="PValue">Of Kupiec's test of value at risk; <see langword="null"/>: not tested.</param>
sealed record RollRow(string Account, string Requirement, double Mean, double Highest, int? Periods, int Exceedances, double? PValue);

/// <param name="Loss">Over the margin period, above the margin at its beginning.</param>
sealed record RollExceedance(DateTimeOffset Day, string Account, double Loss);
