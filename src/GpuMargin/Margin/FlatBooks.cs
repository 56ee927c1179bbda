using GpuMargin.Backends;
using GpuMargin.ClearingSets;
using GpuMargin.Margin.Components;

namespace GpuMargin.Margin;

/// <summary>Books that gain and lose nothing in any scenario but rounding, such as a future against its spot without carry.</summary>
/// <remarks>
/// A book is flat where no |P&amp;L| under the estimated model exceeds <see cref="Share"/> of its gross value. Tails tell losses only: books whose largest loss is that small are valued
/// once more on the other side, whose losses are the gains. That takes a run only where there is such a book, and a policy with a minimum or a unit.
/// </remarks>
sealed class FlatBooks
{
    readonly double[] limit; // run currency; 0 where the book moves or was not looked at
    readonly bool isAsked;

    public FlatBooks(ClearingSet set, int books)
    {
        limit = new double[books];
        isAsked = set.Policy!.MinimumMargin > 0 || set.Policy.RoundingUnit > 0;
        Share = set.Settings.Precision == Precision.Mixed ? 1e-6 : 1e-9;
    }

    /// <summary>Largest |P&amp;L| of a flat book in units of its gross value: what the precision of the run leaves of positions that cancel.</summary>
    public double Share { get; }

    /// <summary>Amounts of a flat book up to this are rounding; 0 of others.</summary>
    public decimal Negligible(int book) => limit[book] > 0 ? Amount.Of(limit[book]) : 0;

    /// <summary>Takes a book's losses under the estimated model.</summary>
    /// <param name="gross">Run currency; read where the losses are none.</param>
    public void TakeLosses(int book, LossTail tail, Func<int, double> gross)
    {
        if (isAsked && gross(book) is var value && tail.Losses[0] <= Share * value && tail.Losses[^1] >= -Share * value)
        {
            limit[book] = Math.Max(Share * value, double.Epsilon); // an additive price may be 0
        }
    }

    /// <summary>Books that do not lose, whose gains are not known yet.</summary>
    public IReadOnlyList<int> Candidates
    {
        get
        {
            List<int> books = [];
            for (int book = 0; book < limit.Length; book++)
            {
                if (limit[book] > 0)
                {
                    books.Add(book);
                }
            }

            return books;
        }
    }

    /// <summary>Takes the gains of candidates.</summary>
    /// <param name="reversed">Losses of each book's other side.</param>
    public void TakeGains(IReadOnlyList<int> books, IReadOnlyList<LossTail> reversed)
    {
        for (int i = 0; i < books.Count; i++)
        {
            if (reversed[i].Losses[0] > limit[books[i]])
            {
                limit[books[i]] = 0;
            }
        }
    }
}
