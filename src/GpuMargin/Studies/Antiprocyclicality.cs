namespace GpuMargin.Studies;

/// <summary>The three measures against procyclicality of Commission Delegated Regulation (EU) No 153/2013, Article 28(1), as functions over what a roll knows.</summary>
static class Antiprocyclicality
{
    /// <summary>Least buffer of Art. 28(1)(a), of the calculated margin.</summary>
    public const double Buffer = 0.25;

    /// <summary>Least weight of stressed observations of Art. 28(1)(b).</summary>
    public const double StressWeight = 0.25;

    /// <summary>Days over which a rise is looked at, and over which a used buffer is built up again; a month. The article says neither.</summary>
    public const int BufferDays = 20;

    /// <summary>Rise of the requirement over <see cref="BufferDays"/> days from which on it is "rising significantly". The article names no number.</summary>
    public const double SignificantRise = 0.10;

    /// <summary>(a): margins with a buffer that is temporarily exhausted while calculated margins rise significantly.</summary>
    /// <param name="margins">Calculated margin by day, ≥ 0.</param>
    /// <returns>Margin with buffer by day, between 1 and 1.25 times the calculated one.</returns>
    /// <remarks>
    /// The first day has the full buffer. While the calculated margin is above 1.1 times that of 20 days before, yesterday's requirement stays as long as
    /// the buffer lasts: R_t = R_{t−1} within [M_t, 1.25·M_t]. Otherwise the buffer is built up by a twentieth of 25 % a day, so that its return is no jump.
    /// </remarks>
    public static double[] WithBuffer(IReadOnlyList<double> margins)
    {
        ArgumentNullException.ThrowIfNull(margins);
        double[] required = new double[margins.Count];
        double share = Buffer;
        for (int day = 0; day < required.Length; day++)
        {
            double margin = margins[day];
            bool rises = day > 0 && margin > (1 + SignificantRise) * margins[Math.Max(0, day - BufferDays)];
            share = !rises ? Math.Min(Buffer, share + (day == 0 ? 0 : Buffer / BufferDays))
                : Math.Clamp(required[day - 1] / margin - 1, 0, Buffer);
            required[day] = margin * (1 + share);
        }

        return required;
    }

    /// <summary>(b): stressed observations with a weight of 25 %, never less than the calculated margin.</summary>
    /// <param name="stressed">Margin with the volatilities of the stressed period.</param>
    public static double WithStress(double margin, double stressed) => Math.Max(margin, margin + StressWeight * (stressed - margin));

    /// <summary>(c): not less than with the volatility of a ten-year look-back.</summary>
    /// <param name="longRun">Margin with the long-run volatilities.</param>
    public static double WithFloor(double margin, double longRun) => Math.Max(margin, longRun);
}
