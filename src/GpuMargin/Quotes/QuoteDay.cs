using GpuMargin.ClearingSets;

namespace GpuMargin.Quotes;

/// <summary>Quotes of the options on one underlying at one time.</summary>
/// <param name="Underlying">Name of its price factor.</param>
/// <param name="File">That has them.</param>
/// <param name="Time">Of the quotes.</param>
/// <param name="Exercise">Of all options.</param>
/// <param name="Expiries">In order of time, not expired.</param>
sealed record QuoteDay(string Underlying, string File, DateTimeOffset Time, ExerciseStyle Exercise, IReadOnlyList<ExpiryQuotes> Expiries);
