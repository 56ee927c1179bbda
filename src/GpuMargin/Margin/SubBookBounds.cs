namespace GpuMargin.Margin;

/// <summary>Bounds of the expected shortfall of every sub-book of a book, from that of its instruments alone; with memory that is used again for the next book: one thread's.</summary>
/// <remarks>
/// <para>On one sample of scenarios, weighted or not, expected shortfall is the largest mean loss that any admissible weighting of the tail gives, so it is subadditive and
/// positively homogeneous (Acerbi and Tasche 2002; Rockafellar and Uryasev 2002). With a = |q|·ES(q/|q| of the instrument) and b = |q|·ES(−q/|q| of it), a sub-book has ES ≤ Σ a, and for each
/// of its positions i, because i is the sub-book less the others, ES ≥ a_i − Σ b_j over j ≠ i. Of one position both are ES itself.</para>
/// <para>Rows are sums in the run's precision: the loss of a sub-book of n positions is that of exact sums but for (n + 1)·u·Σ |q|·|P&amp;L of the instrument|, u the
/// precision's rounding unit (Higham 2002, section 3.1), and no P&amp;L in a tail exceeds the larger of an instrument's largest loss and gain. <see cref="Slack"/> is twice that.</para>
/// </remarks>
sealed class SubBookBounds(InstrumentGroups instruments, double roundingUnit)
{
    readonly int[] count = new int[instruments.Factors];
    readonly double[] own = new double[instruments.Factors]; // Σ a
    readonly double[] other = new double[instruments.Factors]; // Σ b
    readonly double[] largest = new double[instruments.Factors]; // max (a + b)
    readonly double[] size = new double[instruments.Factors]; // Σ |q|·max |P&L|
    readonly List<int> underlyings = [];

    /// <summary>Underlyings of the book, in order of its instruments.</summary>
    public IReadOnlyList<int> Underlyings => underlyings;

    /// <param name="shortfall">ES of one contract held or sold; read of the other side only where a sub-book has several positions.</param>
    public void Read(Book book, Func<int, bool, (double Shortfall, double Largest)> shortfall)
    {
        foreach (int underlying in underlyings)
        {
            count[underlying] = 0;
        }

        underlyings.Clear();
        foreach (int instrument in book.Instrument)
        {
            int underlying = instruments.Underlying[instrument];
            if (count[underlying]++ == 0)
            {
                underlyings.Add(underlying);
                own[underlying] = other[underlying] = size[underlying] = 0;
                largest[underlying] = double.NegativeInfinity;
            }
        }

        for (int k = 0; k < book.Instrument.Length; k++)
        {
            int underlying = instruments.Underlying[book.Instrument[k]];
            double quantity = Math.Abs(book.Quantity[k]);
            (double held, double most) = shortfall(book.Instrument[k], book.Quantity[k] < 0);
            own[underlying] += quantity * held;
            if (count[underlying] > 1)
            {
                (double sold, double gain) = shortfall(book.Instrument[k], book.Quantity[k] >= 0);
                other[underlying] += quantity * sold;
                largest[underlying] = Math.Max(largest[underlying], quantity * (held + sold));
                most = Math.Max(Math.Abs(most), Math.Abs(gain));
            }

            size[underlying] += quantity * Math.Max(Math.Abs(most), Math.Abs(held));
        }
    }

    /// <summary>What ES of the sub-book's row does not exceed.</summary>
    public double Upper(int underlying) => own[underlying] + Slack(underlying);

    /// <summary>What it is at least.</summary>
    public double Lower(int underlying) =>
        (count[underlying] == 1 ? own[underlying] : largest[underlying] - other[underlying]) - Slack(underlying);

    double Slack(int underlying) => 2 * (count[underlying] + 1) * roundingUnit * size[underlying];
}
