namespace GpuMargin.Numerics.Eigen;

/// <summary>Rotation of two neighbouring eigenvectors by its cosine and sine.</summary>
readonly record struct Rotation(double Cosine, double Sine);

/// <summary>Implicit QL steps: eigenvalues of three diagonals, and the rotations that give the eigenvectors.</summary>
/// <param name="diagonal">Becomes the eigenvalues, in no order.</param>
/// <param name="beside">[i]: between i − 1 and i; is overwritten.</param>
sealed class QlSteps(double[] diagonal, double[] beside)
{
    const double Epsilon = 1.0 / (1L << 53);
    const int StepsAtMost = 1000; // of one eigenvalue

    readonly List<Rotation> step = [];

    /// <param name="last">Vector behind the first pair, which is <paramref name="last"/> − 1 and <paramref name="last"/>; the next pair is one further to the front.</param>
    public delegate void Taker(int last, List<Rotation> rotations, CancellationToken cancellation);

    public double[] Values => diagonal;

    /// <param name="take">Given the rotations of every step.</param>
    /// <exception cref="ArithmeticException">An eigenvalue did not converge.</exception>
    public void Run(Taker? take, IProgress<double>? progress, CancellationToken cancellation)
    {
        int count = diagonal.Length;
        double[] d = diagonal, e = beside;
        Array.Copy(e, 1, e, 0, count - 1);
        e[count - 1] = 0;
        double shift = 0, largest = 0;
        for (int l = 0; l < count; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            largest = Math.Max(largest, Math.Abs(d[l]) + Math.Abs(e[l]));
            int m = l;
            while (m < count && !(Math.Abs(e[m]) <= Epsilon * largest))
            {
                m++;
            }

            for (int steps = 0; m > l && (steps == 0 || Math.Abs(e[l]) > Epsilon * largest); steps++)
            {
                if (steps == StepsAtMost || m == count)
                {
                    throw new ArithmeticException("An eigenvalue did not converge.");
                }

                shift += Shift(l);
                Step(l, m);
                take?.Invoke(m, step, cancellation);
            }

            d[l] += shift;
            e[l] = 0;
            double left = 1 - (l + 1.0) / count;
            progress?.Report(1 - left * left);
        }
    }

    double Shift(int l)
    {
        double[] d = diagonal, e = beside;
        double g = d[l];
        double p = (d[l + 1] - g) / (2 * e[l]);
        double r = p < 0 ? -Hypotenuse(p, 1) : Hypotenuse(p, 1);
        d[l] = e[l] / (p + r);
        d[l + 1] = e[l] * (p + r);
        double h = g - d[l];
        for (int i = l + 2; i < d.Length; i++)
        {
            d[i] -= h;
        }

        return h;
    }

    void Step(int l, int m)
    {
        double[] d = diagonal, e = beside;
        step.Clear();
        double second = d[l + 1], next = e[l + 1];
        double p = d[m];
        double c = 1, c2 = 1, c3 = 1, s = 0, s2 = 0;
        for (int i = m - 1; i >= l; i--)
        {
            c3 = c2;
            c2 = c;
            s2 = s;
            double g = c * e[i];
            double h = c * p;
            double r = Hypotenuse(p, e[i]);
            e[i + 1] = s * r;
            s = e[i] / r;
            c = p / r;
            p = c * d[i] - s * g;
            d[i + 1] = h + s * (c * g + s * d[i]);
            step.Add(new Rotation(c, s));
        }

        p = -s * s2 * c3 * next * e[l] / second;
        e[l] = s * p;
        d[l] = c * p;
    }

    static double Hypotenuse(double a, double b)
    {
        if (Math.Abs(a) > Math.Abs(b))
        {
            double ratio = b / a;
            return Math.Abs(a) * Math.Sqrt(1 + ratio * ratio);
        }

        if (b != 0)
        {
            double ratio = a / b;
            return Math.Abs(b) * Math.Sqrt(1 + ratio * ratio);
        }

        return 0;
    }
}
