using GpuMargin.Cli;
using GpuMargin.Reporting;
using Xunit;

namespace GpuMargin.Tests.Cli;

/// <summary>A device that fails costs time when the program chose it, and ends the command when its user did.</summary>
public sealed class DeviceFailureTests : IDisposable
{
    const string Told = "warning: cuda: Fake GPU failed: out of device memory; started again on the cpu backend";

    readonly TemporaryFolder folder = new();
    readonly string set;

    public DeviceFailureTests()
    {
        set = SmallSet.WriteTo(folder["set"]);
        Assert.Equal(ExitCode.Done, Invocation.Of("run", set, "--backend", "cpu", "--out", folder["cpu"], "--quiet").Code);
    }

    public void Dispose() => folder.Dispose();

    RunRecord Record(string output) => RunRecord.FromJson(File.ReadAllBytes(folder[$"{output}/run-record.json"]));

    // Every command that computes, writing to "out" if it writes.
    string[] Command(string name) => name switch
    {
        "run" => ["run", set, "--out", folder["out"]],
        "replay" => ["replay", folder["cpu"]],
        "scenarios" => ["scenarios", set, "--out", folder["out/file.csv"]],
        _ => ["pnl", set, "--all", "--out", folder["out/file.csv"]],
    };

    public static TheoryData<string, int> CommandsAndFailures
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (string command in (string[])["run", "replay", "scenarios", "pnl"])
            {
                foreach (Failure failure in (Failure[])[Failure.OnOpening, Failure.HalfWay, Failure.AtTheEnd])
                {
                    all.Add(command, (int)failure);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(CommandsAndFailures))]
    public void A_device_that_fails_unasked_for_is_told_in_one_line_and_the_processor_does_it(string command, int failure)
    {
        var devices = new FakeDevices((Failure)failure);

        Invocation done = Invocation.Of(devices.Source, Command(command));

        Assert.Equal(Told, Assert.Single(done.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(ExitCode.Done, done.Code);
        Assert.Single(devices.Asked);
        Assert.All(devices.Opened, device => Assert.True(device.Disposed));
    }

    [Theory]
    [MemberData(nameof(CommandsAndFailures))]
    public void A_device_that_fails_when_asked_for_ends_the_command_and_leaves_nothing(string command, int failure)
    {
        var devices = new FakeDevices((Failure)failure);
        (string Name, string Bytes)[] before = folder.Snapshot();

        Invocation failed = Invocation.Of(devices.Source, [.. Command(command), "--backend", "cuda"]);

        Assert.Equal(ExitCode.DeviceMissing, failed.Code);
        Assert.Equal(
            "gpumargin: cuda: Fake GPU failed: out of device memory; nothing was written",
            Assert.Single(failed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(failed.Output);
        Assert.Equal(before, folder.Snapshot());
        Assert.All(devices.Opened, device => Assert.True(device.Disposed));
    }

    [Fact]
    public void A_device_too_small_for_the_run_is_left_unasked_for_and_refused_when_asked_for()
    {
        Invocation done = Invocation.Of(new FakeDevices(Failure.TooSmall).Source, Command("run"));
        Assert.Equal(
            "warning: cuda: Fake GPU failed: the run does not fit into its memory; started again on the cpu backend",
            Assert.Single(done.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(ExitCode.Done, done.Code);

        Invocation refused = Invocation.Of(new FakeDevices(Failure.TooSmall).Source, [.. Command("run"), "--backend", "cuda"]);
        Assert.Equal(ExitCode.Refused, refused.Code);
        Assert.Contains("of 0.0 GiB; no smaller run fits either", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)Failure.OnOpening)]
    [InlineData((int)Failure.HalfWay)]
    [InlineData((int)Failure.AtTheEnd)]
    public void The_record_of_a_run_that_changed_backends_names_the_one_that_finished_and_the_device_that_failed(int failure)
    {
        Invocation.Of(new FakeDevices((Failure)failure).Source, Command("run"));

        RunRecord record = Record("out");
        Assert.Equal("cpu", record.Backend);
        Assert.Contains(Told["warning: ".Length..], record.Warnings);
        Assert.Equal(Record("cpu").Device, record.Device);
        Assert.Equal(File.ReadAllBytes(folder["cpu/margins.csv"]), File.ReadAllBytes(folder["out/margins.csv"]));
        Assert.Equal(Record("cpu").ProfitAndLossSha256, record.ProfitAndLossSha256);
    }

    [Theory]
    [InlineData("scenarios")]
    [InlineData("pnl")]
    public void A_file_that_changed_backends_has_every_row_once(string command)
    {
        Invocation.Of(new FakeDevices(Failure.HalfWay).Source, Command(command));
        byte[] restarted = File.ReadAllBytes(folder["out/file.csv"]);
        Invocation.Of([.. Command(command), "--backend", "cpu"]);

        Assert.Equal(File.ReadAllBytes(folder["out/file.csv"]), restarted);
    }

    [Fact]
    public void A_quiet_run_keeps_the_failure_to_its_record()
    {
        Invocation quiet = Invocation.Of(new FakeDevices(Failure.HalfWay).Source, [.. Command("run"), "--quiet"]);

        Assert.Equal(new Invocation(ExitCode.Done, "", ""), quiet);
        Assert.Contains(Told["warning: ".Length..], Record("out").Warnings);
    }

    [Fact]
    public void A_usable_cuda_device_is_taken_unasked_for()
    {
        var devices = new FakeDevices(Failure.None);

        Assert.Equal("", Invocation.Of(devices.Source, Command("run")).Error);

        Assert.Equal("cuda", Record("out").Backend);
        Assert.Equal(("cuda", null), Assert.Single(devices.Asked));
        Assert.True(Assert.Single(devices.Opened).Disposed);
    }

    [Fact]
    public void Without_one_the_processor_is_taken_silently()
    {
        var devices = new FakeDevices(Failure.None, usable: false);

        Assert.Equal("", Invocation.Of(devices.Source, Command("run")).Error);

        Assert.Equal("cpu", Record("out").Backend);
        Assert.Empty(Record("out").Warnings.Except(Record("cpu").Warnings));
        Assert.Empty(devices.Asked);
    }

    [Fact]
    public void The_device_of_a_number_is_the_one_opened()
    {
        var devices = new FakeDevices(Failure.None);

        Assert.Equal(ExitCode.Done, Invocation.Of(devices.Source, [.. Command("run"), "--backend", "cuda", "--device", "1"]).Code);

        Assert.Equal(("cuda", 1), Assert.Single(devices.Asked));
    }

    [Theory]
    [InlineData("cuda", "2", "--backend cuda: there is no device 2, only 0, 1; --backend cpu is there")]
    [InlineData("opencl", null, $"--backend opencl: {FakeDevices.Missing}; --backend cpu is there")]
    [InlineData("ilgpu-cpu", null, $"--backend ilgpu-cpu: {FakeDevices.Missing}; --backend cpu is there")]
    public void A_device_that_is_not_there_is_told_in_one_line_with_its_own_exit_code(string backend, string? device, string told)
    {
        var devices = new FakeDevices(Failure.None);

        Invocation missing = Invocation.Of(
            devices.Source, [.. Command("run"), "--backend", backend, .. device is null ? Array.Empty<string>() : ["--device", device]]);

        Assert.Equal(ExitCode.DeviceMissing, missing.Code);
        Assert.Equal($"gpumargin: {told}", Assert.Single(missing.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(devices.Asked);
        Assert.False(Directory.Exists(folder["out"]));
    }
}
