using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Numerics;

namespace GpuMargin.Scenarios;

/// <summary>Plans of what is drawn, from model parameters.</summary>
static class ScenarioPlanner
{
    /// <param name="progress">Told the share of the correlation's factorisation that is done, from any thread.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ScenarioPlan Plan(
        RunSettings settings, IReadOnlyList<RiskFactor> factors, double[,] correlation, IReadOnlyList<DepegJump>? depegs = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        bool gaussian = settings.Copula.Family == CopulaFamily.Gaussian || settings.Copula.DegreesOfFreedom > StudentT.NormalLimit;
        ISymmetricDistribution copula = gaussian ? StandardNormal.Instance : StudentT.Create(settings.Copula.DegreesOfFreedom);
        double bound = MarginalTables.Bound(copula);
        BrownianBridge bridge = BrownianBridge.Of(settings.HorizonDays);
        bool sobol = settings.Sampling == Sampling.Sobol;
        MonotoneTable? mixing = gaussian ? null : MixingTable.Build(settings.Copula.DegreesOfFreedom);
        double[] triangle = [];
        SobolPlan? points = null;
        MonotoneTable[] tables = [];
        int[] ofFactor = [];
        // The tables first: this thread takes them on itself. Waiting for them it would keep one of the pool's few threads from helping.
        SideBySide.Invoke(
            () => (tables, ofFactor) = Tables(factors, copula, bound),
            () =>
            {
                points = sobol ? SobolPlan.Of(correlation, bridge, mixing is not null, progress, cancellation) : null;
                triangle = sobol ? [] : TriangularFactor.Of(correlation, progress, cancellation);
            });
        return new ScenarioPlan
        {
            Days = settings.HorizonDays,
            Seed = settings.Seed,
            CorrelationFactor = triangle,
            Sobol = points,
            Importance = settings.Importance == Importance.On && mixing is not null && settings.HorizonDays > 0
                ? ImportanceProposal.Of(settings.Copula.DegreesOfFreedom, mixing, (double)settings.Confidence)
                : null,
            Bridge = bridge,
            Mixing = mixing,
            Marginals = tables,
            Marginal = ofFactor,
            Mean = Each(factors, f => f.Mean),
            Variance = Variances(factors),
            Omega = Omegas(factors),
            Alpha = Each(factors, f => f.Process == VolatilityProcess.Constant ? 0 : f.Alpha),
            NegativeAlpha = Each(factors, f => f.Process == VolatilityProcess.Constant ? 0 : f.Alpha + f.Gamma),
            Jumps = Jumps(settings, depegs, settings.HorizonDays),
            Beta = Each(factors, f => f.Process == VolatilityProcess.Constant ? 0 : f.Beta),
            MaximumShock = Each(factors, f => f.MaximumShock(settings)),
        };
    }

    /// <summary>The plan of factors that differ from its own in their variances alone: tables are kept, which take most of the time of a plan.</summary>
    public static ScenarioPlan WithVariances(ScenarioPlan plan, IReadOnlyList<RiskFactor> factors) =>
        plan with { Variance = Variances(factors), Omega = Omegas(factors) };

    /// <summary>The plan over another number of days.</summary>
    /// <param name="settings">Of the plan, as the correlation and the de-pegs.</param>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static ScenarioPlan Over(
        int days, ScenarioPlan plan, RunSettings settings, double[,] correlation, IReadOnlyList<DepegJump>? depegs, CancellationToken cancellation)
    {
        BrownianBridge bridge = BrownianBridge.Of(days);
        return plan with
        {
            Days = days,
            Bridge = bridge,
            Sobol = plan.Sobol is null ? null : SobolPlan.Of(correlation, bridge, plan.Mixing is not null, null, cancellation),
            Jumps = Jumps(settings, depegs, days),
        };
    }

    static FactorJump[] Jumps(RunSettings settings, IReadOnlyList<DepegJump>? depegs, int days) =>
        [.. (depegs ?? []).SelectMany(depeg => FactorJump.Of(depeg, settings.Seed, settings.Scenarios, days))];

    static double[] Variances(IReadOnlyList<RiskFactor> factors) => Each(factors, f => f.Variance);

    static double[] Omegas(IReadOnlyList<RiskFactor> factors) => Each(factors, f => f.Process == VolatilityProcess.Constant ? f.Variance : f.Omega);

    static double[] Each(IReadOnlyList<RiskFactor> factors, Func<RiskFactor, double> of)
    {
        double[] values = new double[factors.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = of(factors[i]);
        }

        return values;
    }

    // Factors with the same distribution share a table; the tables are built side by side.
    static (MonotoneTable[] Tables, int[] OfFactor) Tables(
        IReadOnlyList<RiskFactor> factors, ISymmetricDistribution copula, double bound)
    {
        Dictionary<RiskFactor, int> known = new(SameMarginal.Instance);
        List<RiskFactor> distinct = [];
        int[] ofFactor = new int[factors.Count];
        for (int i = 0; i < factors.Count; i++)
        {
            if (!known.TryGetValue(factors[i], out ofFactor[i]))
            {
                ofFactor[i] = known[factors[i]] = distinct.Count;
                distinct.Add(factors[i]);
            }
        }

        MonotoneTable[] tables = new MonotoneTable[distinct.Count];
        RememberedDistribution remembered = new(copula);
        SideBySide.For(tables.Length, i =>
        {
            // A skewed marginal is asked from an origin of its own.
            bool symmetric = distinct[i].Marginal is not MarginalFamily.SkewedT;
            tables[i] = Table(distinct[i], symmetric ? remembered.Reader() : copula, bound);
        });
        return (tables, ofFactor);
    }

    static MonotoneTable Table(RiskFactor factor, ISymmetricDistribution copula, double bound) => factor.Marginal switch
    {
        MarginalFamily.Normal => MarginalTables.Normal(copula, bound),
        MarginalFamily.StudentT => MarginalTables.StudentTMarginal(copula, bound, factor.DegreesOfFreedom),
        MarginalFamily.SkewedT => MarginalTables.SkewedTMarginal(copula, bound, factor.DegreesOfFreedom, factor.Skew),
        MarginalFamily.Empirical => MarginalTables.Empirical(copula, bound, factor.Residuals),
        _ => throw new ArgumentOutOfRangeException(nameof(factor), factor.Marginal, "Unknown marginal family."),
    };

    sealed class SameMarginal : IEqualityComparer<RiskFactor>
    {
        public static readonly SameMarginal Instance = new();

        public bool Equals(RiskFactor? a, RiskFactor? b) =>
            ReferenceEquals(a, b)
            || (a!.Marginal == b!.Marginal && a.Marginal != MarginalFamily.Empirical && a.DegreesOfFreedom.Equals(b.DegreesOfFreedom) && a.Skew.Equals(b.Skew));

        public int GetHashCode(RiskFactor factor) => factor.DegreesOfFreedom.GetHashCode();
    }
}
