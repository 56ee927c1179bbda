using System.Runtime.InteropServices;
using System.Text;
using GpuMargin.Cli;

using var interrupt = new CancellationTokenSource();
int stoppedBy = 0;
using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, ExitCode.Interrupted));
using PosixSignalRegistration onTermination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, ExitCode.Terminated));

if (OperatingSystem.IsWindows())
{
    Console.OutputEncoding = Encoding.UTF8;
}

int code = GpuMarginProgram.Run(args, Terminal.OfProcess(), interrupt.Token);
return code == ExitCode.Interrupted && stoppedBy != 0 ? stoppedBy : code;

// The first signal lets the command clean up, the second ends the process at once.
void Stop(PosixSignalContext signal, int exitCode)
{
    if (interrupt.IsCancellationRequested)
    {
        return;
    }

    signal.Cancel = true;
    stoppedBy = exitCode;
    interrupt.Cancel();
}
