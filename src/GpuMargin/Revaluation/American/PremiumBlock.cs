namespace GpuMargin.Revaluation.American;

/// <summary>Numbers by rate, distance and deviation.</summary>
/// <param name="Values">[(rate × distances + distance) × deviations + deviation].</param>
readonly record struct PremiumBlock(double[] Values, int Rates, int Distances, int Deviations)
{
    /// <param name="nodes">[rate][distance × deviations + deviation].</param>
    public static PremiumBlock Of(IReadOnlyList<double[]> nodes, int distances, int deviations) =>
        new([.. nodes.SelectMany(node => node)], nodes.Count, distances, deviations);

    /// <summary>The block with every line of every dimension replaced by its map, which must be linear.</summary>
    public PremiumBlock Mapped(Func<ReadOnlySpan<double>, double[]> map)
    {
        double[] values = [.. Values];
        int plane = Distances * Deviations;
        for (int rate = 0; rate < Rates; rate++)
        {
            for (int i = 0; i < Distances; i++)
            {
                Replace(rate * plane + i * Deviations, 1, Deviations);
            }

            for (int j = 0; j < Deviations; j++)
            {
                Replace(rate * plane + j, Deviations, Distances);
            }
        }

        for (int k = 0; k < plane; k++)
        {
            Replace(k, plane, Rates);
        }

        return this with { Values = values };

        void Replace(int first, int step, int count)
        {
            if (count == 1)
            {
                return;
            }

            double[] line = new double[count];
            for (int k = 0; k < count; k++)
            {
                line[k] = values[first + k * step];
            }

            line = map(line);
            for (int k = 0; k < count; k++)
            {
                values[first + k * step] = line[k];
            }
        }
    }

    /// <summary>The first of each dimension.</summary>
    public PremiumBlock First(int rates, int distances, int deviations)
    {
        double[] values = new double[rates * distances * deviations];
        for (int rate = 0; rate < rates; rate++)
        {
            for (int i = 0; i < distances; i++)
            {
                Values.AsSpan((rate * Distances + i) * Deviations, deviations).CopyTo(values.AsSpan((rate * distances + i) * deviations));
            }
        }

        return new PremiumBlock(values, rates, distances, deviations);
    }

    /// <summary>[rate][distance × deviations + deviation].</summary>
    public double[][] ByRate()
    {
        int plane = Distances * Deviations;
        double[] values = Values;
        return [.. Enumerable.Range(0, Rates).Select(rate => values[(rate * plane)..((rate + 1) * plane)])];
    }
}
