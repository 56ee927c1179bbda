using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GpuMargin.Backends;
using GpuMargin.Benchmarks.Config;
using GpuMargin.ClearingSets;
using GpuMargin.Ilgpu.Devices;
using GpuMargin.Margin;

namespace GpuMargin.Benchmarks.Devices;

/// <summary>Reference jobs on a device: cold, warm, kernels only and end to end, as a Markdown table.</summary>
static class DeviceReport
{
    // Two leaves of the fingerprint show every code path of a slice.
    const int ProofScenarios = 128;

    internal const string Command = "device";

    internal static int Run(string[] args)
    {
        Option<string> backend = new("--backend") { DefaultValueFactory = _ => IlgpuDevices.Cuda, Description = "cuda, opencl or ilgpu-cpu" };
        Option<string> job = new("--job") { DefaultValueFactory = _ => "S", Description = "S, L or XS" };
        Option<int> repetitions = new("--repetitions") { DefaultValueFactory = _ => 5, Description = "Warm runs" };
        RootCommand command = new("Time a reference job on a device") { backend, job, repetitions };
        command.SetAction(parsed => Print(parsed.GetValue(backend)!, DeviceJob.Named(parsed.GetValue(job)!), parsed.GetValue(repetitions)));
        return command.Parse(args).Invoke();
    }

    static void Print(string backend, DeviceJob job, int repetitions)
    {
        Console.WriteLine("| job | precision | run | engine | kernels | end to end | Gprices/s | Gfma/s | stages on the device, ms |");
        Console.WriteLine("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        foreach (Precision precision in (Precision[])[Precision.Mixed, Precision.Double])
        {
            long start = Stopwatch.GetTimestamp();
            IBackend device = IlgpuDevices.Open(backend, null);
            double opened = Stopwatch.GetElapsedTime(start).TotalSeconds;
            using IDisposable owned = (IDisposable)device;

            ClearingSet set = job.Set(precision, job.Scenarios);
            Console.WriteLine(Row(job, precision, $"cold, {device.Device}, opened in {Milliseconds(opened)} ms", Timed(set, device)));
            Prove(job, precision, device);
            for (int repetition = 1; repetition <= repetitions; repetition++)
            {
                Console.WriteLine(Row(job, precision, $"warm {repetition}", Timed(set, device)));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"Floors of an H200 for job {job.Name} by the limit model: {job.Floors}.");
    }

    // A wrong kernel is not timed.
    static void Prove(DeviceJob job, Precision precision, IBackend device)
    {
        ClearingSet proof = job.Set(precision, ProofScenarios);
        MarginReport expected = MarginCalculator.Calculate(proof, new CpuBackend());
        MarginReport found = MarginCalculator.Calculate(proof, device);
        Parity.RequireEqual<char>(expected.ProfitAndLossSha256, found.ProfitAndLossSha256, "P&L fingerprint");
        Parity.RequireEqualBits(
            [.. expected.Accounts.Select(account => account.Margin)], [.. found.Accounts.Select(account => account.Margin)], "margins");
    }

    static (MarginReport Report, double Seconds) Timed(ClearingSet set, IBackend device)
    {
        long start = Stopwatch.GetTimestamp();
        MarginReport report = MarginCalculator.Calculate(set, device);
        return (report, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    static string Row(DeviceJob job, Precision precision, string run, (MarginReport Report, double Seconds) timed)
    {
        Dictionary<string, double> stages = timed.Report.Stages.ToDictionary(stage => stage.Stage, stage => stage.Seconds);
        double host = stages.GetValueOrDefault("plan") + stages.GetValueOrDefault("measures");
        string[] onDevice = ["draw", "correlate", "evolve", "revalue", "aggregate", "tails"];
        double kernels = onDevice.Sum(stage => stages.GetValueOrDefault(stage));
        string each = string.Join(", ", onDevice.Append("fingerprint").Select(stage => $"{stage} {Milliseconds(stages.GetValueOrDefault(stage))}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {job.Name} | {precision.ToString().ToLowerInvariant()} | {run} | {Milliseconds(timed.Seconds - host)} ms | {Milliseconds(kernels)} ms | {Milliseconds(timed.Seconds)} ms | {job.Prices / stages.GetValueOrDefault("revalue") / 1e9:G3} | {job.MultiplyAdds / stages.GetValueOrDefault("aggregate") / 1e9:G3} | {each} |");
    }

    static string Milliseconds(double seconds) => (seconds * 1e3).ToString(seconds < 0.1 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
