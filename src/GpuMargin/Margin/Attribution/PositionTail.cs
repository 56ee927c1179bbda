using GpuMargin.RiskMeasures;

namespace GpuMargin.Margin.Attribution;

/// <summary>The P&amp;L of every position of an account in the scenarios that make up its expected shortfall.</summary>
/// <remarks>
/// <para>Component ES of a part is Σ share·loss of the part over the account's own tail (Tasche 2000), so parts add up to ES in every weighting and sampling.</para>
/// <para>Standard error. With q the VaR and y = E[loss of the part | loss of the account = q], the error of the estimated threshold does not enter
/// component − y to first order (Hong 2009), and the rest is a sum of share·(loss of the part − y) over independent scenarios or randomisations. y is read at q off the regression
/// of the part's loss on the account's within the tail, which is exact where losses are jointly elliptical; of the whole account it is q.</para>
/// </remarks>
public sealed class PositionTail
{
    readonly TailShares tail;
    readonly double[] pnl; // [position, scenario of the tail]
    readonly int scenarios, randomizations;

    /// <param name="scenarios">n of the run.</param>
    /// <param name="randomizations">As <see cref="Scenarios.ScenarioWeights.Randomizations"/>.</param>
    internal PositionTail(string account, IReadOnlyList<int> instruments, double[] quantities, TailShares tail, int scenarios, int randomizations)
    {
        Account = account;
        Instruments = instruments;
        Quantities = quantities;
        this.tail = tail;
        this.scenarios = scenarios;
        this.randomizations = randomizations;
        pnl = new double[instruments.Count * tail.Scenarios.Length];
    }

    public string Account { get; }

    /// <summary>Instrument of every position, in file order.</summary>
    public IReadOnlyList<int> Instruments { get; }

    /// <summary>Contracts of every position.</summary>
    public IReadOnlyList<double> Quantities { get; }

    /// <summary>Scenarios of the tail, largest loss first.</summary>
    public IReadOnlyList<int> Scenarios => tail.Scenarios;

    /// <summary>The account's losses in them, run currency, loss &gt; 0.</summary>
    public IReadOnlyList<double> Losses => tail.Losses;

    /// <summary>Share of each scenario in expected shortfall, sum 1.</summary>
    public IReadOnlyList<double> Shares => tail.Shares;

    /// <summary>Part of all positions: expected shortfall itself.</summary>
    public ShortfallPart Whole => Part([.. Enumerable.Range(0, Instruments.Count)]);

    /// <summary>P&amp;L of a position in the tail's scenarios, run currency, gain &gt; 0.</summary>
    public ReadOnlySpan<double> ProfitAndLoss(int position) => pnl.AsSpan(position * tail.Scenarios.Length, tail.Scenarios.Length);

    /// <summary>Part of some positions together.</summary>
    /// <param name="positions">Numbers in <see cref="Instruments"/>.</param>
    public ShortfallPart Part(params ReadOnlySpan<int> positions)
    {
        double[] losses = new double[tail.Scenarios.Length];
        foreach (int position in positions)
        {
            ReadOnlySpan<double> own = ProfitAndLoss(position);
            for (int k = 0; k < losses.Length; k++)
            {
                losses[k] -= own[k];
            }
        }

        double component = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            component += tail.Shares[k] * losses[k];
        }

        return new ShortfallPart(component, StandardError(losses, component));
    }

    internal void Set(int k, int position, double value) => pnl[position * tail.Scenarios.Length + k] = value;

    /// <summary>Shares what the account's own sum lost to rounding among its positions, in proportion to their sizes, so that they sum to the account's losses in mixed precision too.</summary>
    internal void Settle()
    {
        int count = tail.Scenarios.Length;
        for (int k = 0; k < count; k++)
        {
            double sum = 0, size = 0;
            for (int position = 0; position < Instruments.Count; position++)
            {
                double value = pnl[position * count + k];
                sum += value;
                size += Math.Abs(value);
            }

            double rounding = -tail.Losses[k] - sum;
            for (int position = 0; position < Instruments.Count && size > 0; position++)
            {
                ref double value = ref pnl[position * count + k];
                value += rounding * (Math.Abs(value) / size);
            }
        }
    }

    double StandardError(double[] losses, double component)
    {
        double shortfall = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            shortfall += tail.Shares[k] * tail.Losses[k];
        }

        double squares = 0, products = 0;
        for (int k = 0; k < losses.Length; k++)
        {
            double distance = tail.Losses[k] - shortfall;
            squares += tail.Shares[k] * distance * distance;
            products += tail.Shares[k] * distance * (losses[k] - component);
        }

        double atThreshold = squares > 0 ? component + products / squares * (tail.Losses[^1] - shortfall) : component;
        RandomizationSums sums = new(randomizations);
        for (int k = 0; k < losses.Length; k++)
        {
            sums.Add(tail.Scenarios[k], tail.Shares[k] * (losses[k] - atThreshold));
        }

        return sums.StandardError(randomizations == 0 ? scenarios : Math.Min(randomizations, scenarios));
    }
}
