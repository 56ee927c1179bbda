using BenchmarkDotNet.Running;
using GpuMargin.Benchmarks.Config;

BenchmarkSwitcher.FromAssembly(typeof(DomainConfig).Assembly).Run(args, new DomainConfig(args));
