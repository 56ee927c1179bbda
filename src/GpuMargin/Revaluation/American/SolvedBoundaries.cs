namespace GpuMargin.Revaluation.American;

/// <summary>Boundaries by two variables, extrapolated in the second where the first is the same.</summary>
sealed class SolvedBoundaries
{
    // Outside of this share of the nearest an extrapolation is not trusted.
    const double Least = 0.5, Most = 2;

    readonly Dictionary<double, List<(double Place, ExerciseBoundary Boundary)>> lines = [];

    public void Add(double line, double place, ExerciseBoundary boundary)
    {
        if (!lines.TryGetValue(line, out List<(double, ExerciseBoundary)>? known))
        {
            lines.Add(line, known = []);
        }

        known.Add((place, boundary));
    }

    /// <returns>ln(X/B) at the points of the boundary's polynomial; <see langword="null"/>: nothing is known on the line.</returns>
    public double[]? Near(double line, double place)
    {
        if (!lines.TryGetValue(line, out List<(double Place, ExerciseBoundary Boundary)>? known))
        {
            return null;
        }

        (double Place, ExerciseBoundary Boundary)[] nearest = [.. known.OrderBy(other => Math.Abs(other.Place - place)).Take(3)];
        double[] found = new double[nearest[0].Boundary.Distances.Length];
        for (int n = 0; n < nearest.Length; n++)
        {
            double weight = 1; // Lagrange's
            for (int m = 0; m < nearest.Length; m++)
            {
                weight *= m == n ? 1 : (place - nearest[m].Place) / (nearest[n].Place - nearest[m].Place);
            }

            ReadOnlySpan<double> distances = nearest[n].Boundary.Distances;
            for (int i = 0; i < found.Length; i++)
            {
                found[i] += weight * distances[i];
            }
        }

        ReadOnlySpan<double> next = nearest[0].Boundary.Distances;
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = Math.Clamp(found[i], Least * next[i], Most * next[i]);
        }

        return found;
    }
}
