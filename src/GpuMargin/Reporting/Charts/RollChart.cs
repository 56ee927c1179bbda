using System.Globalization;
using GpuMargin.ClearingSets;
using GpuMargin.Margin;
using GpuMargin.Margin.Components;
using GpuMargin.Studies;

namespace GpuMargin.Reporting.Charts;

/// <summary>roll.svg: the requirement with and without each measure above, losses that exceeded it as dots, volatility and correlation below; between them what a policy adds.</summary>
static class RollChart
{
    public const string FileName = "roll.svg";

    const double PictureWidth = 1000, PictureHeight = 780, PanelHeight = 170, Left = 80, Width = 890;

    static readonly (RollOption Option, string Name, string Colour, string Dashes)[] s_lines =
    [
        (RollOption.Buffer, "25 % buffer", "#e69f00", ""),
        (RollOption.Stress, "25 % stressed", "#cc79a7", ""),
        (RollOption.Floor, "long-run floor", "#009e73", "6 3"),
        (RollOption.None, "margin", "#000000", ""),
        (RollOption.Policy, "policy", "#0072b2", ""),
    ];

    // What is added to the model: a curve for each colour, and the stress component in place of its tests.
    static readonly (string Name, string[] Components, string Colour)[] s_parts =
    [
        .. MarginComponents.Columns.Where(component => component.Role < ComponentRole.Alternative).GroupBy(component => component.Colour).Select(group =>
        {
            string[] names = [.. group.Select(component => RequirementLine.Words(component.Column))];
            return group.First().Role == ComponentRole.StressTest
                ? (string.Join(" or ", names), [RequirementLine.Stress], group.Key)
                : (string.Join(", ", names), group.Select(component => component.Column).ToArray(), group.Key);
        }),
    ];

    /// <param name="path">One account of the report, or its total.</param>
    public static byte[] ToBytes(RollReport report, RollPath path)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(path);
        string who = path.Account.Length == 0 ? $"all {report.Accounts.Count} accounts" : path.Account;
        double below = path.Policy is null ? 0 : PanelHeight;
        using var picture = new SvgDocument(PictureWidth, PictureHeight + below, $"Margin of {who} day by day");
        Margins(picture, report, path, who);
        if (path.Policy is not null)
        {
            Components(picture, report, path);
        }

        double[] realized = [.. path.Market.Select(market => market.Volatility)], forecast = [.. path.Market.Select(market => market.ForecastVolatility)];
        ChartPanel volatility = ChartPanel.Around(Left, 450 + below, Width, 120, [realized, forecast], fromZero: true);
        volatility.Draw(picture, "Volatility a year, mean of the prices held", report.Days, Percent, withDates: false);
        volatility.Plot(picture, realized, "#0072b2");
        volatility.Plot(picture, forecast, "#d55e00");
        Legend(picture, 430 + below, [($"realised, {RealizedMarket.VolatilityDays} days", "#0072b2", ""), ("forecast for the next day", "#d55e00", "")]);

        double[] correlation = [.. path.Market.Select(market => market.Correlation)], model = [.. path.Market.Select(market => market.ModelCorrelation)];
        ChartPanel pairs = ChartPanel.Around(Left, 620 + below, Width, 120, [correlation, model], fromZero: true);
        pairs.Draw(picture, "Mean correlation of their pairs", report.Days, value => value.ToString("0.0#", CultureInfo.InvariantCulture), withDates: true);
        pairs.Plot(picture, correlation, "#0072b2");
        pairs.Plot(picture, model, "#d55e00");
        Legend(picture, 600 + below, [($"realised, {RealizedMarket.CorrelationDays} days", "#0072b2", ""), ("of the copula", "#d55e00", "")]);
        return picture.ToBytes();
    }

    static void Components(SvgDocument picture, RollReport report, RollPath path)
    {
        Dictionary<string, double[]> amounts = ComponentPaths.Of(path).ToDictionary(component => component.Name, component => component.Amounts);
        (double scale, string unit) = Scale(path);
        (string Name, double[] Amounts, string Colour)[] parts =
        [
            .. s_parts
                .Select(part => (part.Name, Found: part.Components.Where(amounts.ContainsKey).ToArray(), part.Colour))
                .Where(part => part.Found.Length > 0)
                .Select(part => (part.Name, Enumerable.Range(0, path.Days).Select(day => part.Found.Sum(name => amounts[name][day]) / scale).ToArray(), part.Colour)),
        ];
        ChartPanel panel = ChartPanel.Around(Left, 450, Width, 120, parts.Length > 0 ? parts.Select(part => part.Amounts) : [new double[path.Days]], fromZero: true);
        panel.Draw(picture, $"Added by the policy, {unit}{report.Settings.Currency}", report.Days, Amount, withDates: false);
        foreach ((_, double[] values, string colour) in parts)
        {
            panel.Plot(picture, values, colour);
        }

        Legend(picture, 430, [.. parts.Select(part => (part.Name, part.Colour, ""))]);
    }

    static void Margins(SvgDocument picture, RollReport report, RollPath path, string who)
    {
        (double scale, string unit) = Scale(path);
        var lines = s_lines.Where(line => path.Has(line.Option)).ToArray();
        double[] Scaled(IEnumerable<double> values) => [.. values.Select(value => value / scale)];
        double[] exceeding = Scaled(Enumerable.Range(0, path.Days).Select(day => path.Exceeds(RollOption.None, day) == true ? -path.ProfitAndLoss[day] : double.NaN));
        ChartPanel panel = ChartPanel.Around(
            Left, 70, Width, 330, [.. lines.Select(line => Scaled(path.Requirement(line.Option))), exceeding], fromZero: true);
        picture.Text(Left, 26, $"Margin of {VisibleText.Name(who)}", 17);
        panel.Draw(picture, $"Requirement, {unit}{report.Settings.Currency}", report.Days, Amount, withDates: true);
        foreach ((RollOption option, _, string colour, string dashes) in lines)
        {
            panel.Plot(picture, Scaled(path.Requirement(option)), colour, option is RollOption.None or RollOption.Policy ? 2 : 1.5, dashes);
        }

        for (int day = 0; day < exceeding.Length; day++)
        {
            if (double.IsFinite(exceeding[day]))
            {
                picture.Dot(panel.X(day), panel.Y(exceeding[day]), 3.5, "#d00000");
            }
        }

        bool exceeds = exceeding.Any(double.IsFinite);
        Legend(picture, 34, [.. exceeds ? [("loss above margin", "#d00000", "2 4")] : Array.Empty<(string, string, string)>(), .. lines.Reverse().Select(line => (line.Name, line.Colour, line.Dashes))]);
    }

    static (double Scale, string Unit) Scale(RollPath path) => path.Options.Max(option => path.Requirement(option).Max()) switch
    {
        >= 1e9 => (1e9, "billion "),
        >= 1e6 => (1e6, "million "),
        >= 1e3 => (1e3, "thousand "),
        _ => (1, ""),
    };

    static string Amount(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    static string Percent(double value) => (100 * value).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    // From the right edge.
    static void Legend(SvgDocument picture, double y, (string Name, string Colour, string Dashes)[] entries)
    {
        double x = Left + Width;
        foreach ((string name, string colour, string dashes) in entries.Reverse())
        {
            x -= 6.6 * name.Length;
            picture.Text(x, y + 14, name, 12);
            picture.Line(x - 28, y + 10, x - 6, y + 10, colour, 2.5, dashes);
            x -= 44;
        }
    }
}
