namespace GpuMargin.ClearingSets;

/// <summary>One file of the clearing set as it was read.</summary>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public readonly record struct InputFile(string Name, long Bytes, string Sha256);
