using GpuMargin.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>Composite log density of the t copula (ν = ∞: Gaussian) over the classes of pairs of factors; every pair has the correlation that fits it best at the ν asked for.</summary>
sealed class ClassDensity : ICopulaDensity
{
    readonly IReadOnlyList<RankClasses> classes;
    readonly int days;
    readonly (int I, int J, ClassTable Table, double Start)[] pairs;

    /// <param name="start">[factor, factor]: correlations near the best.</param>
    public ClassDensity(IReadOnlyList<RankClasses> classes, double[,] start)
    {
        this.classes = classes;
        days = classes[0].ClassOf.Length;
        PairSet set = new(start);
        List<(int, int)> of = [];
        for (int k = 1; k <= set.Distances; k++)
        {
            for (int i = 0; i + k < set.Factors; i++)
            {
                if (set.Weight[k - 1][i] > 0)
                {
                    of.Add((i, i + k));
                }
            }
        }

        pairs = [.. of.Select(pair => (pair.Item1, pair.Item2, new ClassTable(classes[pair.Item1], classes[pair.Item2]), start[pair.Item1, pair.Item2]))];
    }

    /// <summary>Pairs with a density.</summary>
    public int Pairs => pairs.Length;

    public double[] Log(double nu)
    {
        ClassQuantiles[] quantiles = ClassQuantiles.Of(classes, nu);
        double[][,] logs = new double[pairs.Length][,];
        SideBySide.For(pairs.Length, at =>
        {
            (int i, int j, ClassTable table, double start) = pairs[at];
            logs[at] = table.LogDensities(quantiles[i], quantiles[j], nu, table.Correlation(quantiles[i], quantiles[j], nu, start));
        });
        double[] byDay = new double[days];
        SideBySide.For(days, day =>
        {
            double sum = 0;
            for (int at = 0; at < pairs.Length; at++)
            {
                sum += logs[at][classes[pairs[at].I].ClassOf[day], classes[pairs[at].J].ClassOf[day]];
            }

            byDay[day] = sum;
        });
        return byDay;
    }

    /// <summary>Not defined: classes have no slope in the ranks.</summary>
    public double[][] Slopes(double nu) => throw new NotSupportedException("Classes of ranks have no slope.");
}
