namespace GpuMargin.Cli;

/// <summary>What the command line asks for cannot be done, though its grammar is right. Exit code 2.</summary>
sealed class CommandRefusedException(string message) : Exception(message);
