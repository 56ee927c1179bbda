using System.Globalization;
using GpuMargin.Numerics;
using GpuMargin.Volatility;

namespace GpuMargin.ClearingSets;

/// <summary>Static arbitrage of a surface at one of its expiries.</summary>
/// <param name="Smile">Place among the surface's smiles.</param>
/// <param name="Description">What there is, as a phrase; strikes in place of moneyness.</param>
readonly record struct SurfaceArbitrage(int Smile, string Description)
{
    const double DaysPerYear = 365;

    /// <summary>Butterfly, calendar and Lee's bound, by expiry.</summary>
    /// <param name="forward">F to a time; <see langword="null"/>: strikes are told as K/F.</param>
    public static IEnumerable<SurfaceArbitrage> Of(VolatilitySurface surface, Func<double, double>? forward)
    {
        for (int i = 0; i < surface.Smiles.Count; i++)
        {
            (double years, SviSlice slice) = surface.Smiles[i];
            foreach (ArbitrageRange range in SliceArbitrage.Butterfly(slice))
            {
                yield return new SurfaceArbitrage(i, $"butterfly arbitrage, a negative density, at {Strikes(range, years)}");
            }

            if (slice.Wing > SliceArbitrage.SteepestWing)
            {
                yield return new SurfaceArbitrage(i, Text($"a wing of slope {slice.Wing:0.###}, b(1 + |rho|), above 2"));
            }

            if (i == 0)
            {
                continue;
            }

            foreach (ArbitrageRange range in SliceArbitrage.Calendar(surface.Smiles[i - 1].Slice, slice))
            {
                yield return new SurfaceArbitrage(i, Text($"calendar arbitrage, a total variance below that of {DaysPerYear * surface.Smiles[i - 1].Years:0.##} days, at {Strikes(range, years)}"));
            }
        }

        string Strikes(ArbitrageRange range, double years)
        {
            double scale = forward is null ? 1 : forward(years);
            string what = forward is null ? "K/F" : "strikes";
            string low = Text($"{scale * Math.Exp(range.From):G6}"), high = Text($"{scale * Math.Exp(range.To):G6}");
            return (double.IsInfinity(range.From), double.IsInfinity(range.To)) switch
            {
                (true, true) => $"all {what}",
                (true, false) => $"{what} up to {high}",
                (false, true) => $"{what} from {low} on",
                _ => $"{what} from {low} to {high}",
            };
        }
    }

    /// <summary>Findings of all surfaces of a set, as sentences.</summary>
    public static IEnumerable<string> Of(ClearingSet set)
    {
        double[] levels = [.. set.Factors.Select(factor => factor.Level)];
        IGrouping<string, Instrument>[] surfaces = [.. set.Instruments.Where(instrument => instrument.Surface is not null).GroupBy(instrument => instrument.Surface!.Name)];
        string[][] found = new string[surfaces.Length][];
        SideBySide.For(surfaces.Length, i => found[i] = Told(surfaces[i], levels));
        return found.SelectMany(texts => texts);
    }

    static string[] Told(IGrouping<string, Instrument> options, double[] levels)
    {
        VolatilitySurface surface = options.First().Surface!;
        return [.. Of(surface, years => SurfaceForward.To(years, options, levels)).Select(found => Text(
            $"Surface '{VisibleText.Name(surface.Name)}' has, {DaysPerYear * surface.Smiles[found.Smile].Years:0.##} days to expiry, {found.Description}."))];
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
