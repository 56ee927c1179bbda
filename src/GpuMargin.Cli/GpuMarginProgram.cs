using System.CommandLine;
using System.CommandLine.Invocation;
using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Cli.Commands;
using GpuMargin.Cli.Options;
using GpuMargin.Files.Commits;

namespace GpuMargin.Cli;

/// <summary>The program as a method: arguments in, exit code out.</summary>
public static class GpuMarginProgram
{
    const string TraceVariable = "GPUMARGIN_TRACE";

    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default) =>
        Run(args, Terminal.Redirected(output, error), cancellation);

    public static int Run(string[] args, Terminal terminal, CancellationToken cancellation = default) =>
        Run(args, terminal, BackendSource.OfThisMachine, Disk.OfThisMachine, cancellation);

    internal static int Run(string[] args, Terminal terminal, BackendSource source, IDisk disk, CancellationToken cancellation = default)
    {
        terminal = terminal.Readable();
        var json = new Option<bool>("--json") { Description = "Results on stdout as JSON", Recursive = true };
        var root = new RootCommand("Monte Carlo margins: VaR, expected shortfall and margin for every account of a clearing set.")
        {
            json,
            RunCommand.Create(terminal, json, source, disk, cancellation),
            WhatIfCommand.Create(terminal, json, source, disk, cancellation),
            ScenariosCommand.Create(terminal, json, source, disk, cancellation),
            PnlCommand.Create(terminal, json, source, disk, cancellation),
            CalibrateCommand.Create(terminal, json, disk, cancellation),
            SurfaceCommand.Create(terminal, json, disk, cancellation),
            RollCommand.Create(terminal, json, source, disk, cancellation),
            GenerateCommand.Create(terminal, json, cancellation),
            ConvergeCommand.Create(terminal, json, source, disk, cancellation),
            PriceCommand.Create(terminal, json),
            DevicesCommand.Create(terminal, json, source),
            VerifyCommand.Create(terminal, json, cancellation),
            ReplayCommand.Create(terminal, json, source, cancellation),
            ExplainCommand.Create(terminal, json, cancellation),
            ReportCommand.Create(terminal, json, disk, cancellation),
        };
        bool wantsJson = args.Contains("--json");
        try
        {
            ParseResult command = root.Parse(args);
            if (command.Action is ParseErrorAction)
            {
                return Refusals.CommandLine(terminal, wantsJson, command);
            }

            if (EmptyValue.In(command) is { } empty)
            {
                return Refusals.Message(terminal, wantsJson, empty);
            }

            return command.Invoke(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (RefusedInputException refused)
        {
            return Refusals.Input(terminal, wantsJson, [.. refused.Faults.Select(OptionNames.Of)]);
        }
        catch (CommandRefusedException refused)
        {
            return Refusals.Message(terminal, wantsJson, [.. refused.Messages]);
        }
        catch (DeviceMissingException missing)
        {
            terminal.Error.WriteLine($"gpumargin: {missing.Message}");
            return ExitCode.DeviceMissing;
        }
        catch (DeviceFailedException failure)
        {
            terminal.Error.WriteLine($"gpumargin: {failure.Message}; nothing was written");
            return ExitCode.DeviceMissing;
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("gpumargin: stopped; nothing was written");
            return ExitCode.Interrupted;
        }
        catch (UnfinishedCommitException problem)
        {
            return Refusals.Message(terminal, wantsJson, problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Refusals.Message(terminal, wantsJson, $"{problem.Message} Nothing was written.");
        }
        catch (OutOfMemoryException)
        {
            return Refusals.Message(terminal, wantsJson, "not enough memory for a run of this size. Nothing was written.");
        }
#pragma warning disable CA1031 // The last resort: a defect is told in one line, whatever it is.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            bool traced = Environment.GetEnvironmentVariable(TraceVariable) == "1";
            terminal.Error.WriteLine($"gpumargin: this is a defect: {defect.GetType().Name}: {defect.Message}{(traced ? "" : $" (set {TraceVariable}=1 for details)")}");
            if (traced)
            {
                terminal.Error.Write($"{defect}\n");
            }

            return ExitCode.Defect;
        }
    }
}
