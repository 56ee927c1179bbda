using GpuMargin.Numerics.Estimation;
using MathNet.Numerics;

namespace GpuMargin.Calibration.Dependence;

/// <summary>What every day adds to the score of ln ν because the margins are the sample's ranks: the variance of a semiparametric estimate (Genest, Ghoudi and Rivest 1995, Biometrika 82, 543–552, section 4).</summary>
static class RankInfluence
{
    /// <summary>Influence by day t: Σ_j 1/n·Σ_s ([u_tj ≤ u_sj] − u_sj)·∂²ℓ_s/∂ln ν ∂u_j.</summary>
    /// <param name="uniforms">[day, factor], the ranks.</param>
    /// <param name="step">Of ln ν in the central difference.</param>
    public static double[] Of(double[,] uniforms, ICopulaDensity density, double logNu, double step)
    {
        int days = uniforms.GetLength(0);
        double[][] below = density.Slopes(Math.Exp(logNu - step));
        double[][] above = density.Slopes(Math.Exp(logNu + step));
        double[][] scores = StudentTScores.NormalScores(uniforms);
        double[] influence = new double[days];
        for (int factor = 0; factor < uniforms.GetLength(1); factor++)
        {
            RankedSample ranked = RankedSample.Of(SampleCheck.Column(uniforms, factor));
            double[] fromSlot = new double[days + 1]; // Σ of ∂²ℓ/∂ln ν ∂u over the days from a slot upwards
            double weighted = 0;
            for (int slot = days - 1; slot >= 0; slot--)
            {
                int day = ranked.Order[slot];
                double perUniform = Constants.Sqrt2Pi * Math.Exp(scores[day][factor] * scores[day][factor] / 2);
                double cross = (above[day][factor] - below[day][factor]) / (2 * step) * perUniform;
                fromSlot[slot] = fromSlot[slot + 1] + cross;
                weighted += uniforms[day, factor] * cross;
            }

            for (int day = 0; day < days; day++)
            {
                influence[day] += (fromSlot[ranked.GroupStart[day]] - weighted) / days;
            }
        }

        return influence;
    }
}
