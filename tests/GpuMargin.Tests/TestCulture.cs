using System.Globalization;
using System.Runtime.CompilerServices;

namespace GpuMargin.Tests;

/// <summary>Runs the whole suite under the culture that GPUMARGIN_TEST_CULTURE names; invariant without it.</summary>
/// <remarks>The build runs the suite twice, the second time with a culture whose decimal point is a comma.</remarks>
static class TestCulture
{
    public const string Variable = "GPUMARGIN_TEST_CULTURE";

    // A copy even of the invariant culture, which most processes begin with: a test can tell whether the culture was set.
    public static CultureInfo Wanted { get; } =
        CultureInfo.ReadOnly((CultureInfo)CultureInfo.GetCultureInfo(Environment.GetEnvironmentVariable(Variable) ?? "").Clone());

    // The suite is an application as far as cultures are concerned: they have to be set before the first test runs.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = Wanted;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Wanted;
    }
}
