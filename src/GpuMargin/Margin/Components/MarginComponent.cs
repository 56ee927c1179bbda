using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;
using GpuMargin.Revaluation;

namespace GpuMargin.Margin.Components;

/// <summary>One component of a requirement: its section of policy.json, its formula, its column and its sentence.</summary>
/// <remarks>Everything that lists components iterates over <see cref="MarginComponents.All"/>.</remarks>
abstract class MarginComponent : PolicySection
{
    /// <summary>Name in margins.csv and the roll's files; in margins.json the same in camel case.</summary>
    public abstract string Column { get; }

    /// <summary>What the amount is, for explain.</summary>
    public abstract string Meaning { get; }

    public abstract ComponentRole Role { get; }

    /// <summary>Order of the columns of one role: lower numbers first, of equal ones in the order of the list.</summary>
    public virtual int ColumnPlace => 0;

    /// <summary>Whether the column is there without the section too. Files of sets without a newer component keep their bytes: its column comes with its section.</summary>
    public virtual bool IsAlwaysShown => false;

    /// <summary>Curve in the picture of a roll; components of one colour are added.</summary>
    public virtual string Colour => "#56b4e9";

    /// <summary>Asks the run for the measures that the component reads, and prepares its formula.</summary>
    /// <remarks>Called for a policy that has the section, before anything is valued. The amounts are computed on several threads, after everything is.</remarks>
    public abstract BookAmount Prepare(PolicyRun run);

    /// <summary>What the component cannot do for a set whose policy has it.</summary>
    public virtual IEnumerable<string> Warnings(ClearingSet set) => [];

    /// <summary>Maintenance margin of an <see cref="ComponentRole.Alternative"/>.</summary>
    public virtual decimal Maintenance(MarginPolicy policy, decimal amount) => amount;
}

/// <typeparam name="T">Terms that turn the component on.</typeparam>
abstract class MarginComponent<T> : MarginComponent
    where T : ComponentTerms
{
    public sealed override bool IsOn(MarginPolicy policy) => policy.Terms<T>() is not null;

    /// <summary>A section that is an object with keys.</summary>
    protected static PolicyKey<MarginPolicy> Section(string name, string description, string phrase, T defaults, params PolicyKey<T>[] keys) =>
        new SectionKey<T>(name, description, phrase, defaults, keys, policy => policy.Terms<T>(), (policy, terms) => policy.With(terms));
}

/// <summary>How a component enters the requirement of a book.</summary>
enum ComponentRole
{
    /// <summary>One of the tests of the stress component, of which the largest is added to the model.</summary>
    StressTest,

    /// <summary>Added to the model.</summary>
    AddOn,

    /// <summary>Replaces the model where it is larger.</summary>
    Alternative,

    /// <summary>What requirement and levels do not fall below.</summary>
    LowerBound,
}

/// <summary>Amount of a component for one book, booked money of 0 or more.</summary>
/// <param name="margin">Base margin: max(0, base measure).</param>
delegate decimal BookAmount(Book book, BookMeasures measures, double margin);

/// <summary>What formulas are prepared from.</summary>
/// <param name="Joined">The set with simulated collateral among its instruments, behind the others.</param>
/// <param name="InstrumentsOfSet">Plan of the set's own instruments.</param>
/// <param name="Instruments">Plan of those of the joined set.</param>
/// <param name="Requests">Takes what the components ask to be measured.</param>
sealed record PolicyRun(ClearingSet Set, ClearingSet Joined, InstrumentPlan InstrumentsOfSet, InstrumentPlan Instruments, RunRequests Requests)
{
    public MarginPolicy Policy => Set.Policy!;

    /// <summary>The policy's base measure under a source.</summary>
    public MeasureHandle BaseMeasure(ModelSource source, BookPart part) =>
        Requests.Measure(source, part, Policy.Base.Measure, BaseConfidence, BaseKey);

    /// <summary>The policy's base measure of the book with its two-sided interval.</summary>
    /// <param name="confidence">Of the interval.</param>
    public MeasureHandle BaseInterval(decimal confidence) =>
        Requests.Interval(ModelSource.Estimated, BookPart.Whole, Policy.Base.Measure, BaseConfidence, BaseKey, confidence);

    /// <summary>Expected shortfall under a source.</summary>
    /// <param name="key">The policy's key whose confidence it is.</param>
    public MeasureHandle Shortfall(ModelSource source, BookPart part, decimal confidence, string key) =>
        Requests.Measure(source, part, RiskMeasure.ExpectedShortfall, confidence, key);

    const string BaseKey = "base.confidence";

    decimal BaseConfidence => Policy.Base.Confidence ?? Set.Settings.Confidence;

    /// <exception cref="InvalidOperationException">The component is off.</exception>
    public T Terms<T>()
        where T : ComponentTerms =>
        Policy.Terms<T>() ?? throw new InvalidOperationException($"The policy has no {typeof(T).Name}.");
}
