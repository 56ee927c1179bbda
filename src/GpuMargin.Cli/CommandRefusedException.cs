namespace GpuMargin.Cli;

/// <summary>What the command line asks for cannot be done, though its grammar is right. Exit code 2.</summary>
/// <param name="messages">A line each.</param>
sealed class CommandRefusedException(params string[] messages) : Exception(string.Join(Environment.NewLine, messages))
{
    internal IReadOnlyList<string> Messages => messages;
}
