using GpuMargin.Ilgpu;
using GpuMargin.Ilgpu.Devices.Drivers;
using GpuMargin.Ilgpu.Launch;
using GpuMargin.Reporting;
using GpuMargin.Studies;
using GpuMargin.Tests.Backtesting;
using ILGPU;
using Xunit;

namespace GpuMargin.Tests.Ilgpu;

public sealed class RollTests
{
    [Fact]
    public void A_roll_has_the_same_files_on_the_cpu_accelerator()
    {
        Random random = new(4);
        double[,] returns = new double[60, 2];
        for (int day = 0; day < 60; day++)
        {
            returns[day, 0] = (random.NextDouble() - 0.5) / 10;
            returns[day, 1] = (random.NextDouble() - 0.5) / 20;
        }

        HistorySet set = SyntheticHistory.Set(SyntheticHistory.History(returns), scenarios: 130);
        RollOptions options = SyntheticHistory.Days(56, 58);
        Context context = IlgpuContext.Create();
        using IlgpuBackend device = new("ilgpu-cpu", context, [new ComputeDevice(CpuAcceleratorDevice.Create(context))]);

        RollReport processor = MarginRoll.Calculate(set, options), accelerator = MarginRoll.Calculate(set, options, device);

        Assert.Equal(RollCsv.ToBytes(processor), RollCsv.ToBytes(accelerator));
        Assert.Equal(RollSummaryCsv.ToBytes(processor), RollSummaryCsv.ToBytes(accelerator));
    }
}
