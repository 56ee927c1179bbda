using BenchmarkDotNet.Running;
using GpuMargin.Benchmarks.Accuracy;
using GpuMargin.Benchmarks.Config;

if (args is [VarianceRatios.Command, .. string[] options])
{
    VarianceRatios.Run(options);
    return;
}

// A job named on the command line replaces the short one: --job Dry runs everything once.
bool named = args.Any(argument => argument is "--job" or "-j");
BenchmarkSwitcher.FromAssembly(typeof(DomainConfig).Assembly).Run(named ? [.. args, "--inProcess"] : args, new DomainConfig(withJob: !named));
