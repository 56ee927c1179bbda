namespace GpuMargin.Calibration.Volatility.Estimation;

/// <summary>Directions of θ along which linear functions of it do not change.</summary>
/// <param name="free">Indices of θ that may move, ascending.</param>
sealed class TangentSpace(IEnumerable<int> free)
{
    readonly List<(int Own, double[] Vector)> directions = [.. free.Select(index => (index, Unit(index)))];

    /// <summary>Unit vectors until a function is held.</summary>
    public double[][] Vectors => [.. directions.Select(direction => direction.Vector)];

    /// <summary>Holds a linear function: one direction is given up, the others are bent along it.</summary>
    /// <param name="terms">Coefficients by index of θ; the earlier a term, the sooner its own direction is given up.</param>
    public void Hold((int Index, double Weight)[] terms)
    {
        int at = -1;
        for (int term = 0; at < 0 && term < terms.Length; term++)
        {
            at = directions.FindIndex(direction => direction.Own == terms[term].Index && Slope(direction.Vector) != 0);
        }

        at = at < 0 ? directions.FindIndex(direction => Slope(direction.Vector) != 0) : at;
        if (at < 0)
        {
            return; // it cannot change any more
        }

        double[] given = directions[at].Vector;
        double slope = Slope(given);
        directions.RemoveAt(at);
        foreach ((_, double[] vector) in directions)
        {
            double share = Slope(vector) / slope;
            for (int i = 0; share != 0 && i < vector.Length; i++)
            {
                vector[i] -= share * given[i];
            }
        }

        double Slope(double[] vector) => terms.Sum(term => term.Weight * vector[term.Index]);
    }

    static double[] Unit(int index)
    {
        double[] vector = new double[VolatilityParameters.Count];
        vector[index] = 1;
        return vector;
    }
}
