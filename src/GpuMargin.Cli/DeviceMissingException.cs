namespace GpuMargin.Cli;

/// <summary>The asked-for device is not there. Exit code 3.</summary>
sealed class DeviceMissingException(string message) : Exception(message);
