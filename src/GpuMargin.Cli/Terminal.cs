namespace GpuMargin.Cli;

/// <summary>Output streams of a command: results to <paramref name="Out"/>, progress and diagnostics to <paramref name="Error"/>.</summary>
/// <param name="Width">Columns of the terminal; <see langword="null"/> when results go elsewhere and lines may be of any length.</param>
/// <param name="ShowsProgress">Diagnostics are read by a person at a terminal.</param>
/// <param name="ShowsColour">Results are read at a terminal that takes the codes of colours.</param>
public sealed record Terminal(TextWriter Out, TextWriter Error, int? Width, bool ShowsProgress, bool ShowsColour = false)
{
    // Below this a table of amounts is unreadable however it is folded.
    const int NarrowestTable = 60;

    /// <summary>Takes <see cref="Error"/> as it is: bars move the cursor.</summary>
    internal TextWriter Bars { get; private init; } = Error;

    /// <summary>Takes <see cref="Out"/> as it is: tables have codes of colours, and every name in them is visible text.</summary>
    internal TextWriter Tables { get; private init; } = Out;

    /// <summary>The same terminal, to which only visible text is written.</summary>
    internal Terminal Readable() => this with { Out = new VisibleWriter(Out), Error = new VisibleWriter(Error) };

    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, NarrowestTable),
        !Console.IsErrorRedirected,
        !Console.IsOutputRedirected && !IsSet("NO_COLOR") && Environment.GetEnvironmentVariable("TERM") != "dumb");

    // See no-color.org: any text turns colours off.
    static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    /// <summary>Files or pipes on both sides.</summary>
    public static Terminal Redirected(TextWriter output, TextWriter error) => new(output, error, null, false);
}
