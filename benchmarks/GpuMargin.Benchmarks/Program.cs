using BenchmarkDotNet.Running;
using GpuMargin.Benchmarks.Accuracy;
using GpuMargin.Benchmarks.Config;
using GpuMargin.Benchmarks.Devices;
using GpuMargin.Benchmarks.Jobs;

switch (args)
{
    case [VarianceRatios.Command, .. string[] options]:
        VarianceRatios.Run(options);
        return 0;
    case [IntervalCoverage.Command, .. string[] options]:
        IntervalCoverage.Run(options);
        return 0;
    case [PremiumSurfaceReport.Command, .. string[] options]:
        PremiumSurfaceReport.Run(options);
        return 0;
    case [WarmWhatIfReport.Command, .. string[] options]:
        WarmWhatIfReport.Run(options);
        return 0;
    case [DeviceReport.Command, .. string[] options]:
        return DeviceReport.Run(options);
    default:
        // A job named on the command line replaces the short one: --job Dry runs everything once.
        bool named = args.Any(argument => argument is "--job" or "-j");
        BenchmarkSwitcher.FromAssembly(typeof(DomainConfig).Assembly).Run(named ? [.. args, "--inProcess"] : args, new DomainConfig(withJob: !named));
        return 0;
}
