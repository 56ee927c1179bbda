using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.Kernels;
using GpuMargin.Kernels.Lanes;
using GpuMargin.Scenarios;
using GpuMargin.Volatility;

namespace GpuMargin.Revaluation.Surfaces;

/// <summary>What moves an option's volatility: its volatility factor, or its surface's pivots and the forward, as of today's market.</summary>
/// <param name="Loadings">Of volatility factors.</param>
/// <param name="Smiles">The smile that the forward moves along; none: it does not.</param>
/// <param name="Stickiness">β.</param>
sealed record VolatilityDynamics(IReadOnlyList<PivotLoading> Loadings, SmileTerms[] Smiles, double Stickiness)
{
    const double DaysPerYear = 365;

    static readonly VolatilityDynamics s_none = new([], [], 0);

    public static VolatilityDynamics Of(Instrument instrument, RiskFactor underlying)
    {
        if (instrument.Surface is not { } surface)
        {
            return instrument.VolatilityFactor < 0 ? s_none : new VolatilityDynamics([new(instrument.VolatilityFactor, 1)], [], 0);
        }

        double right = OptionType.Sign(instrument), years = instrument.YearsToExpiry, d1, k;
        if (underlying.Kind == RiskFactorKind.Additive)
        {
            NormalOptionTerms terms = NormalOptionTerms.Of(instrument, underlying.Level, years);
            d1 = (terms.Asset - terms.Strike) / Math.Max(terms.Discount * terms.Deviation, NormalOption<Float64>.Least);
            k = -d1;
        }
        else
        {
            OptionTerms terms = ((OptionType)instrument.Type).Terms(instrument, underlying.Level, years);
            double deviation = Math.Max(terms.Deviation, OptionChange.LeastDeviation(single: false));
            (d1, k) = (terms.LogMoneyness / deviation + 0.5 * deviation, -terms.LogMoneyness / deviation);
        }

        double coordinate = surface.Coordinate == SurfaceCoordinate.Delta ? NormalDistribution.Cumulative(Float64.Of(d1)).Value : k;
        return new VolatilityDynamics(PivotLoadings.Of(surface, DaysPerYear * years, coordinate), Smile(instrument, surface, underlying), surface.Stickiness);
    }

    /// <summary>The one factor that moves the volatility by its own shock; −1: none does, <see langword="null"/>: something else.</summary>
    public int? Factor => Smiles.Length > 0 ? null : Loadings switch
    {
        [] => -1,
        [{ Loading: 1, Factor: var factor }] => factor,
        _ => null,
    };

    /// <summary>The terms of a plan's option.</summary>
    /// <param name="shocks">Those that it reads on a day.</param>
    /// <param name="underlying">Row of its underlying's shock.</param>
    public SurfaceTerms Terms(ShockRows shocks, int day, int underlying)
    {
        int[] rows = new int[SurfaceTerms.MostPivots];
        double[] loadings = new double[SurfaceTerms.MostPivots];
        for (int j = 0; j < rows.Length; j++)
        {
            (rows[j], loadings[j]) = j < Loadings.Count ? (shocks.At(day, Loadings[j].Factor), Loadings[j].Loading) : (underlying, 0);
        }

        return new SurfaceTerms { Shocks = rows, Loadings = loadings, Stickiness = Stickiness, Smiles = Smiles };
    }

    /// <summary>Largest move of the log-volatility that the forward makes alone.</summary>
    /// <param name="logReturn">Of the forward, at most, up and down.</param>
    public double LargestOfForward(double logReturn)
    {
        const int Points = 16;
        SurfaceMove<Float64> move = new SurfaceTerms { Shocks = [], Loadings = [0, 0, 0, 0], Stickiness = Stickiness, Smiles = Smiles }.Move<Float64>();
        return Enumerable.Range(-Points, 2 * Points + 1).Max(k => Math.Abs(move.With(Float64.Of(0), Float64.Of(logReturn * k / Points)).Value));
    }

    static SmileTerms[] Smile(Instrument instrument, VolatilitySurface surface, RiskFactor underlying)
    {
        if (surface.Stickiness == 0)
        {
            return [];
        }

        double k = -((OptionType)instrument.Type).Terms(instrument, underlying.Level, instrument.YearsToExpiry).LogMoneyness;
        IReadOnlyList<(Smile Smile, double Weight)> beside = ClearingSets.Smile.At(surface.Smiles, instrument.YearsToExpiry);
        double variance = 0;
        foreach ((Smile smile, double weight) in beside)
        {
            variance += weight * smile.Slice.TotalVariance(k);
        }

        return [.. beside.Select(item => Terms(item.Smile.Slice, item.Weight / variance, k - item.Smile.Slice.M))];

        static SmileTerms Terms(SviSlice slice, double share, double distance) => new(
            share * slice.B * slice.Rho, share * slice.B, distance, Math.Sqrt(distance * distance + slice.Sigma * slice.Sigma), slice.Sigma * slice.Sigma);
    }
}
