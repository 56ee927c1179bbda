using GpuMargin.Aggregation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Checks;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Tests.Backends;
using Xunit;

namespace GpuMargin.Tests.Ilgpu.Checks;

/// <summary>Whose fault a P&amp;L is that is no number.</summary>
public sealed class ProcessorScenarioTests
{
    static readonly ValuationRun s_plan = MarginCalculator.Plan(new VariedSet { Scenarios = 200 }.Build(Precision.Mixed));

    [Fact]
    public void The_device_is_at_fault_where_the_processor_finds_a_number()
    {
        DeviceFaultException fault = Assert.Throws<DeviceFaultException>(() => ProcessorScenario.RequireNonFinite(s_plan, new NonFiniteProfitAndLossException(RowKey.Account("A2"), 130)));
        Assert.Equal("its P&L of account 'A2' in scenario 130 is not a number, the processor's is one", DeviceFailure.Reason(fault));
    }

    [Fact]
    public void The_last_leaf_of_a_run_may_be_short() =>
        Assert.Throws<DeviceFaultException>(() => ProcessorScenario.RequireNonFinite(s_plan, new NonFiniteProfitAndLossException(RowKey.Account("A0"), 199)));

    [Fact]
    public void The_input_is_at_fault_where_the_processor_finds_none()
    {
        double[] quantities = [.. s_plan.Positions.Quantity.Select(quantity => quantity * 1e38)];
        ProcessorScenario.RequireNonFinite(s_plan with { Positions = s_plan.Positions with { Quantity = quantities } }, new NonFiniteProfitAndLossException(RowKey.Account("A0"), 3));
    }
}
