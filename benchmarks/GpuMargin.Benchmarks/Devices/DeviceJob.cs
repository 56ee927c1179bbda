using System.Globalization;
using GpuMargin.Benchmarks.Inputs;
using GpuMargin.ClearingSets;

namespace GpuMargin.Benchmarks.Devices;

/// <summary>A reference job and its floors.</summary>
/// <param name="Set">For a precision and a number of scenarios.</param>
sealed record DeviceJob(string Name, int Scenarios, double Instruments, double Positions, Func<Precision, int, ClearingSet> Set)
{
    public double Prices => Instruments * Scenarios;

    public double MultiplyAdds => Positions * Scenarios;

    /// <summary>The limit model's times for 100,000 scenarios of the set of S and L, scaled.</summary>
    public string Floors
    {
        get
        {
            double share = MultiplyAdds / 1e11;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"draw and correlate {0.4 * share:G2} ms, evolve {0.2 * share:G2} ms, revalue {1.3 * share:G2} ms (double {9 * share:G2} ms), aggregate {12 * share:G2} ms from shared memory or {73 * share:G2} ms from the second-level cache");
        }
    }

    public static DeviceJob Named(string name) => name switch
    {
        "S" => new("S", SetS.Scenarios, SetS.Instruments, SetS.Positions, SetS.Set),
        "L" => new("L", 10 * SetS.Scenarios, SetS.Instruments, SetS.Positions, SetS.Set),
        "XS" => new("XS", 256, 100, 500, Small),
        _ => throw new ArgumentException($"no job '{name}', only XS, S and L", nameof(name)),
    };

    static ClearingSet Small(Precision precision, int scenarios)
    {
        ClearingSet set = SyntheticClearingSet.Generate(new SyntheticOptions { Factors = 20, Instruments = 100, Accounts = 25, PositionsPerAccount = 20 });
        return set with { Settings = set.Settings with { Precision = precision, Scenarios = scenarios } };
    }
}
