namespace GpuMargin.Scenarios;

/// <summary>A shock that instruments read: a factor's accumulated move up to the end of a day.</summary>
/// <param name="Day">Counted from 1; the horizon's last day, or 0 where nothing moves.</param>
public readonly record struct ShockRow(int Day, int Factor);
