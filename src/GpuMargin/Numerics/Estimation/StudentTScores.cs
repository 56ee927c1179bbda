using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace GpuMargin.Numerics.Estimation;

/// <summary>Student's t quantile of a normal score, x = t_ν⁻¹(Φ(z)), and ln(1 + x²/ν), by cubic Hermite interpolation.</summary>
/// <remarks>The nodes follow dx/dz = φ(z)/f_ν(x), x(0) = 0, by Runge and Kutta's fourth-order method and a Newton step; error below 5e-8 of the quantile and of one for ν ≥ 2 and |z| ≤ <see cref="LargestScore"/>.</remarks>
sealed class StudentTScores
{
    /// <summary>Normal score of a probability of 2e-16; beyond it double precision has no uniforms near one.</summary>
    public const double LargestScore = 8.125;

    const int NodesPerUnit = 64;
    const int Nodes = (int)(LargestScore * NodesPerUnit) + 2;
    const double Step = 1.0 / NodesPerUnit;

    readonly Node[] nodes = new Node[Nodes];
    readonly double nu;
    readonly double logRatio; // ln of φ's constant over f_ν's

    /// <param name="nu">ν &gt; 0, finite.</param>
    public StudentTScores(double nu)
    {
        this.nu = nu;
        logRatio = SpecialFunctions.GammaLn(nu / 2) - SpecialFunctions.GammaLn((nu + 1) / 2) + Math.Log(nu / 2) / 2;
        double quantile = 0;
        for (int k = 0; k < Nodes; k++)
        {
            double slope = SlopeAt(k * Step, quantile);
            double rest = nu + quantile * quantile;
            nodes[k] = new Node(quantile, slope * Step, Math.Log(rest / nu), 2 * quantile * slope / rest * Step);
            quantile = Polished(RungeKutta(k * Step, quantile), (k + 1) * Step);
        }
    }

    /// <summary>The normal scores Φ⁻¹(u).</summary>
    /// <param name="uniforms">[day, factor], in (0, 1).</param>
    /// <returns>By day, limited to ±<see cref="LargestScore"/>.</returns>
    public static double[][] NormalScores(double[,] uniforms)
    {
        double[][] scores = new double[uniforms.GetLength(0)][];
        SideBySide.For(scores.Length, day =>
        {
            double[] row = scores[day] = new double[uniforms.GetLength(1)];
            for (int factor = 0; factor < row.Length; factor++)
            {
                row[factor] = NormalScore(uniforms[day, factor]);
            }
        });
        return scores;
    }

    /// <summary>Φ⁻¹(u), limited to ±<see cref="LargestScore"/>.</summary>
    /// <param name="uniform">In (0, 1).</param>
    public static double NormalScore(double uniform) => Math.Clamp(-Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * uniform), -LargestScore, LargestScore);

    /// <param name="z">Normal score, |z| ≤ <see cref="LargestScore"/>.</param>
    /// <param name="logTerm">ln(1 + x²/ν).</param>
    /// <returns>x.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Quantile(double z, out double logTerm)
    {
        double at = Math.Abs(z) * NodesPerUnit;
        int k = (int)at;
        double s = at - k;
        ref Node left = ref nodes[k];
        ref Node right = ref nodes[k + 1];
        double r = 1 - s;
        double h00 = (1 + 2 * s) * r * r;
        double h10 = s * r * r;
        double h01 = s * s * (3 - 2 * s);
        double h11 = -s * s * r;
        logTerm = h00 * left.LogTerm + h10 * left.LogTermSlope + h01 * right.LogTerm + h11 * right.LogTermSlope;
        return Math.CopySign(h00 * left.Quantile + h10 * left.QuantileSlope + h01 * right.Quantile + h11 * right.QuantileSlope, z);
    }

    /// <param name="logTerm">ln(1 + x²/ν).</param>
    /// <returns>dx/dz.</returns>
    public double Slope(double z, double logTerm) => Math.Exp(logRatio - z * z / 2 + (nu + 1) / 2 * logTerm);

    double SlopeAt(double z, double x) => Slope(z, Math.Log(1 + x * x / nu));

    double RungeKutta(double z, double x)
    {
        double k1 = SlopeAt(z, x);
        double k2 = SlopeAt(z + Step / 2, x + Step / 2 * k1);
        double k3 = SlopeAt(z + Step / 2, x + Step / 2 * k2);
        double k4 = SlopeAt(z + Step, x + Step * k3);
        return x + Step / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    }

    /// <summary>One Newton step in the logarithm of the tail probability; without it the differential equation multiplies its rounding by 1/Φ(−z).</summary>
    double Polished(double x, double z)
    {
        double wanted = SpecialFunctions.Erfc(z / Constants.Sqrt2) / 2;
        double tail = SpecialFunctions.BetaRegularized(nu / 2, 0.5, nu / (nu + x * x)) / 2;
        double density = Math.Exp(-z * z / 2) * Constants.InvSqrt2Pi / SlopeAt(z, x);
        return x + Math.Log(tail / wanted) * tail / density;
    }

    // Slopes per step.
    readonly record struct Node(double Quantile, double QuantileSlope, double LogTerm, double LogTermSlope);
}
