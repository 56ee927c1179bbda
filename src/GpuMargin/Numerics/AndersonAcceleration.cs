using MathNet.Numerics.LinearAlgebra;

namespace GpuMargin.Numerics;

/// <summary>Anderson's acceleration of a fixed-point iteration y ← y + f(y): the step that would cancel f if it were linear over the last few steps (Walker and Ni 2011, SIAM J. Numer. Anal. 49, 1715–1735).</summary>
sealed class AndersonAcceleration
{
    /// <summary>Steps looked back on; more make the small least-squares problem ill-conditioned.</summary>
    const int Memory = 8;

    readonly List<Vector<double>> changesOfPoint = [];
    readonly List<Vector<double>> changesOfResidual = [];
    Vector<double>? point;
    Vector<double>? residual;

    /// <param name="current">y.</param>
    /// <param name="currentResidual">f(y).</param>
    /// <returns>The next y. A residual that grew clears the memory, and the step is the plain one.</returns>
    public Vector<double> Next(Vector<double> current, Vector<double> currentResidual)
    {
        if (residual is not null && currentResidual.L2Norm() <= residual.L2Norm())
        {
            changesOfPoint.Add(current - point!);
            changesOfResidual.Add(currentResidual - residual);
            if (changesOfPoint.Count > Math.Min(Memory, current.Count))
            {
                changesOfPoint.RemoveAt(0);
                changesOfResidual.RemoveAt(0);
            }
        }
        else
        {
            changesOfPoint.Clear();
            changesOfResidual.Clear();
        }

        (point, residual) = (current, currentResidual);
        Vector<double> plain = current + currentResidual;
        if (changesOfPoint.Count == 0)
        {
            return plain;
        }

        Matrix<double> residuals = Matrix<double>.Build.DenseOfColumnVectors(changesOfResidual);
        Vector<double> weights = residuals.QR().Solve(currentResidual);
        Vector<double> next = plain - (Matrix<double>.Build.DenseOfColumnVectors(changesOfPoint) + residuals) * weights;
        return next.All(double.IsFinite) ? next : plain;
    }
}
