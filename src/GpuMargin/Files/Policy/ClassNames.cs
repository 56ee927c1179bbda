using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;

namespace GpuMargin.Files.Policy;

/// <summary>Product classes that a policy names, against those of the instruments.</summary>
static class ClassNames
{
    /// <summary>A term under a mistyped name would not reach its class; one of a class that today's book lacks is no fault.</summary>
    /// <param name="named">Classes that the policy names; <see cref="BaseMargin.DefaultClass"/> is always known.</param>
    /// <param name="path">Path of the object whose keys they are.</param>
    /// <param name="classes">Those of the instruments.</param>
    public static void Check(IEnumerable<string> named, string[] path, string[] classes, PolicyFaults faults, List<string> warnings)
    {
        string[] names = [.. named];
        string[] unnamed = [.. classes.Where(name => !names.Contains(name) && name != BaseMargin.DefaultClass)];
        foreach (string name in names.Where(name => name != BaseMargin.DefaultClass && !classes.Contains(name)))
        {
            string[] own = [.. path, name];
            if (NearestName.Of(name, unnamed) is { } meant)
            {
                faults.Refuse(own, own, name, $"a product_class of instruments.csv (did you mean '{meant}'?)");
            }
            else
            {
                warnings.Add($"{string.Join('.', own)} of policy.json has no effect: no instrument is of product class '{name}'.");
            }
        }
    }
}
