using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Revaluation.American;
using GpuMargin.Tests.Backends;
using GpuMargin.Tests.Cli;
using GpuMargin.Tests.Reference;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>samples/futures: implied volatilities and every account's P&amp;L by plain formulas.</summary>
public sealed class FuturesSampleTests
{
    const int Scenarios = 100;

    // Of what a book controls: single precision, of American options with the surface's error.
    const double Mixed = 2.5e-6;

    readonly ClearingSet set = ClearingSetFiles.Read(Path.Combine(Repository.Root, "samples", "futures"), new RunOverrides { Scenarios = Scenarios });

    [Fact]
    public void It_is_read_without_a_warning() => Assert.Empty(set.Warnings);

    [Fact]
    public void Implied_volatilities_are_those_of_the_readme()
    {
        foreach (Instrument option in set.Instruments.Where(instrument => instrument.Type == InstrumentType.FutureOption))
        {
            string future = set.Factors[option.Underlying].Name;
            double level = future switch { "OIL.MAR" => .36, "OIL.JUN" => .33, "OIL.DEC" => .29, _ => .16 };
            double moneyness = Math.Log(option.Strike / set.Factors[option.Underlying].Level);
            Assert.Equal(level * (1 + (future == "INDEX.MAR" ? -1.2 : -.15) * moneyness + .5 * moneyness * moneyness), option.Volatility, .000051);
            Assert.Equal(future == "INDEX.MAR" ? ExerciseStyle.European : ExerciseStyle.American, option.Exercise);
        }
    }

    [Fact]
    public void Every_account_has_the_profit_of_its_contracts()
    {
        ValuationRun plan = MarginCalculator.Plan(set);
        double[,] shocks = Visited.Scenarios(new CpuBackend(), plan), found = Visited.ProfitAndLoss(new CpuBackend(), plan);
        double[] none = new double[set.Factors.Count];
        (int[] account, int[] instrument, double[] quantity) = set.Positions;
        for (int s = 0; s < Scenarios; s++)
        {
            double[] shock = shocks.Row(s);
            for (int a = 0; a < set.Accounts.Count; a++)
            {
                double expected = 0, size = 0;
                for (int row = 0; row < quantity.Length; row++)
                {
                    if (account[row] == a)
                    {
                        Instrument held = set.Instruments[instrument[row]];
                        expected += quantity[row] * (held.Type == InstrumentType.Future
                            ? (Price(held, shock) - Price(held, none)) * InUsd(held, shock)
                            : Premium(held, shock) * InUsd(held, shock) - Premium(held, none) * InUsd(held, none));
                        size += Math.Abs(quantity[row]) * (Price(held, none) + Price(held, shock));
                    }
                }

                Assert.True(Math.Abs(expected - found[s, a]) <= Mixed * size, $"{set.Accounts[a]}, scenario {s}: {found[s, a]} for {expected}");
            }
        }
    }

    // m·F'.
    double Price(Instrument held, double[] shock) => held.Multiplier * set.Factors[held.Underlying].Level * Math.Exp(shock[held.Underlying]);

    double InUsd(Instrument held, double[] shock)
    {
        int rate = Array.FindIndex([.. set.Factors], factor => factor.Name == "EURUSD");
        return held.Currency == "EUR" ? set.Factors[rate].Level * Math.Exp(shock[rate]) : 1;
    }

    double Premium(Instrument option, double[] shock)
    {
        double rate = ReferenceCurve.ZeroRate(option.Curve!.Nodes, option.YearsToExpiry, shock), volatility = option.Volatility * Math.Exp(shock[option.VolatilityFactor]);
        double future = Price(option, shock) / option.Multiplier;
        return option.Multiplier * (option.Exercise == ExerciseStyle.European
            ? ReferenceOption.Black76(option.Right, future, option.Strike, rate, option.YearsToExpiry, volatility)
            : new VanillaOption(option.Right, option.Exercise, future, option.Strike, rate, rate, volatility, option.YearsToExpiry).Price());
    }
}
