using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.InstrumentTypes;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.Files.Policy;

namespace GpuMargin.Margin.Components;

/// <summary>Least amount for short options: Σ |quantity| · amount of the product class over the options, coin-margined ones included, that a book is short of after netting by instrument.</summary>
/// <remarks>
/// <para>Options far out of the money have next to no simulated loss; SPAN and venues keep a minimum per short contract (CME, SPAN: short option minimum).</para>
/// <para>The calculated amount, the initial and the maintenance level of a book are not below it: book by book, each isolated position alone. Sampling does not matter.</para>
/// </remarks>
/// <param name="Amounts">Run currency per contract by product class, 0 or more; a class that is not named has no minimum.</param>
public sealed record ShortOptionMinimum(IReadOnlyDictionary<string, double> Amounts) : ComponentTerms;

sealed class ShortOptionMinimumComponent : MarginComponent<ShortOptionMinimum>
{
    public override PolicyKey<MarginPolicy> Key { get; } = new NamedValuesKey<MarginPolicy, double>(
        "shortOptionMinimum",
        "Amount in run currency per short option contract left after netting by instrument, by product class (instruments.csv, product_class; 'default' is the class of instruments without one); no amount for a class without an entry. The calculated amount and the levels of a book, of an isolated position alone, do not fall below the sum; column short_option_minimum, which is there with this section only. CME's SPAN has a short option minimum.",
        "amounts per short option contract by product class, such as {\"equity\": 25}",
        new NumberForm(NumberRule.NotNegative), policy => policy.Terms<ShortOptionMinimum>()?.Amounts, (policy, amounts) => policy.With(new ShortOptionMinimum(amounts)));

    public override string Column => "short_option_minimum";

    public override string Meaning => "amounts per short option contract";

    public override ComponentRole Role => ComponentRole.LowerBound;

    public override void CheckClasses(MarginPolicy policy, string[] classes, PolicyFaults faults, List<string> warnings) =>
        ClassNames.Check(policy.Terms<ShortOptionMinimum>()?.Amounts.Keys ?? [], [Key.Name], classes, faults, warnings);

    public override BookAmount Prepare(PolicyRun run)
    {
        IReadOnlyDictionary<string, double> amounts = run.Terms<ShortOptionMinimum>().Amounts;
        IReadOnlyList<Instrument> instruments = run.Joined.Instruments;
        double[] ofInstrument =
        [
            .. instruments.Select(instrument => instrument.Type is OptionType ? amounts.GetValueOrDefault(instrument.ProductClass) : 0),
        ];
        return (book, _, _) =>
        {
            decimal sum = 0;
            for (int k = 0; k < book.Instrument.Length; k++)
            {
                if (book.Quantity[k] < 0)
                {
                    sum += Amount.Of(-book.Quantity[k] * ofInstrument[book.Instrument[k]]);
                }
            }

            return sum;
        };
    }
}
