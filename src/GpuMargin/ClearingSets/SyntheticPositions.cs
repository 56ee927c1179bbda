using System.Globalization;

namespace GpuMargin.ClearingSets;

/// <summary>Accounts of four characters, each with the same number of distinct instruments.</summary>
static class SyntheticPositions
{
    /// <param name="Concentrated">Holds neighbours in the order of underlyings instead of instruments from everywhere.</param>
    /// <param name="LongShare">Probability that a position is long.</param>
    /// <param name="Largest">Contracts; sizes are skewed to small ones.</param>
    readonly record struct Character(string Name, bool Concentrated, double LongShare, int Largest);

    static readonly Character s_marketMaker = new("MAKER", Concentrated: false, LongShare: 0.5, Largest: 2000);
    static readonly Character s_concentrated = new("CONCENTRATED", Concentrated: true, LongShare: 0.8, Largest: 1000);
    static readonly Character s_long = new("LONG", Concentrated: false, LongShare: 0.9, Largest: 100);
    static readonly Character s_seller = new("SELLER", Concentrated: false, LongShare: 0.25, Largest: 200);

    public static (string[] Accounts, PositionTable Positions) Draw(SyntheticOptions options, int prices, SyntheticRandom random, CancellationToken cancellation)
    {
        int held = options.PositionsPerAccount, rows = options.Accounts * held;
        string[] accounts = new string[options.Accounts];
        var positions = new PositionTable(new int[rows], new int[rows], new double[rows]);
        int[] byUnderlying = ByUnderlying(options.Instruments, prices);
        int[] deck = [.. Enumerable.Range(0, options.Instruments)];
        for (int account = 0; account < options.Accounts; account++)
        {
            cancellation.ThrowIfCancellationRequested();
            var character = random.NextUniform() switch
            {
                < 0.15 => s_marketMaker,
                < 0.30 => s_concentrated,
                < 0.70 => s_long,
                _ => s_seller,
            };
            accounts[account] = string.Create(CultureInfo.InvariantCulture, $"{character.Name}-{account + 1:D6}");
            var instruments = positions.Instrument.AsSpan(account * held, held);
            if (character.Concentrated)
            {
                TakeNeighbours(byUnderlying, instruments, random);
            }
            else
            {
                Deal(deck, instruments, random);
            }

            positions.Account.AsSpan(account * held, held).Fill(account);
            foreach (ref double quantity in positions.Quantity.AsSpan(account * held, held))
            {
                quantity = Quantity(character, random);
            }
        }
        return (accounts, positions);
    }

    /// <summary>All instruments of the first price, then of the second, ….</summary>
    static int[] ByUnderlying(int instruments, int prices)
    {
        int[] order = new int[instruments];
        int next = 0;
        for (int price = 0; price < prices; price++)
        {
            for (int i = price; i < instruments; i += prices)
            {
                order[next++] = i;
            }
        }

        return order;
    }

    static void TakeNeighbours(int[] order, Span<int> instruments, SyntheticRandom random)
    {
        int start = random.NextBelow(order.Length);
        for (int i = 0; i < instruments.Length; i++)
        {
            instruments[i] = order[(int)(((long)start + i) % order.Length)];
        }
    }

    /// <summary>The first steps of a Fisher–Yates shuffle; the deck stays a permutation, so the hand is distinct.</summary>
    static void Deal(int[] deck, Span<int> hand, SyntheticRandom random)
    {
        for (int i = 0; i < hand.Length; i++)
        {
            int j = i + random.NextBelow(deck.Length - i);
            (deck[i], deck[j]) = (deck[j], deck[i]);
            hand[i] = deck[i];
        }
    }

    static double Quantity(Character character, SyntheticRandom random)
    {
        double u = random.NextUniform();
        double size = 1 + Math.Floor(character.Largest * u * u * u);
        return random.NextUniform() < character.LongShare ? size : -size;
    }
}
