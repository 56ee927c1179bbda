using System.Text;
using GpuMargin.Cli;

if (OperatingSystem.IsWindows())
{
    Console.OutputEncoding = Encoding.UTF8;
}

using var signals = new StopSignals();
using StandardStream output = StandardStream.Output(), error = StandardStream.Error();
Console.SetOut(output.Writer());
Console.SetError(error.Writer());
int code = signals.CodeOf(GpuMarginProgram.Run(args, Terminal.OfProcess(), signals.Token));
if (output.Lost is { } reason)
{
    Console.Error.WriteLine($"gpumargin: stdout: {reason}; what it shows is incomplete{(code is ExitCode.Done or ExitCode.CheckFailed ? ", files are complete" : "")}");
}

return code == ExitCode.Done && (output.Lost ?? error.Lost) is not null ? ExitCode.OutputFailed : code;
