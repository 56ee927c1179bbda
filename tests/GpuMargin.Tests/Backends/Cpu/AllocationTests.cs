using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.Backends.Cpu;
using GpuMargin.ClearingSets;
using GpuMargin.Scenarios;
using Xunit;

namespace GpuMargin.Tests.Backends.Cpu;

public sealed class AllocationTests
{
    public static TheoryData<Sampling, bool> Sources => new() { { Sampling.Philox, false }, { Sampling.Sobol, false }, { Sampling.Philox, true } };

    // Every buffer in turn is the one that cannot be allocated, until none is.
    [Theory]
    [MemberData(nameof(Sources))]
    public void Whatever_allocation_fails_nothing_stays_behind(Sampling sampling, bool given)
    {
        ValuationRun run = MarginCalculator.Plan(new VariedSet { Factors = 3, Accounts = 3, Scenarios = 130, Sampling = sampling, Importance = Importance.On }.Build(Precision.Mixed));
        run = given ? run with { Source = new GivenScenarios { Rows = new ShockRows(3, 2), Shocks = new double[390] } } : run;
        EngineResult? result = null;
        int buffers = 0;
        for (; result is null; buffers++)
        {
            AllocationLimit limit = new(buffers);
            AllocationLimit.Current = limit;
            try
            {
                result = new CpuBackend(threads: 2).Run(run);
            }
            catch (InsufficientMemoryException)
            {
            }
            finally
            {
                AllocationLimit.Current = null;
            }

            Assert.Equal(0, limit.Live);
        }

        Assert.InRange(buffers, 15, 200);
    }
}
