using System.Text;
using System.Text.Json;
using GpuMargin.ClearingSets;

namespace GpuMargin.Files;

/// <summary>Key <c>copula</c> of run.json.</summary>
static class CopulaReader
{
    public static Copula Read(JsonSection run, FaultList faults)
    {
        const string Phrase = "the copula, such as {\"family\": \"student-t\", \"nu\": 6.5}";
        if (run.Find("copula", JsonTokenType.StartObject, Phrase, required: true) is not { } value)
        {
            return default;
        }

        JsonSection copula = new(run.File, "copula.", value, faults);
        copula.CheckKeys(["family", "nu"]);
        CopulaFamily? family = copula.Word("family", Words.CopulaFamilies);
        LocatedJson? nu = copula.Find("nu");
        if (family is CopulaFamily.StudentT)
        {
            return new Copula(CopulaFamily.StudentT, DegreesOfFreedom(copula));
        }

        if (family is CopulaFamily.Gaussian && nu is not null)
        {
            copula.Refuse(nu.Line, "nu", nu.Text, "no such key, because copula.family is 'gaussian'");
        }

        return new Copula(CopulaFamily.Gaussian, double.PositiveInfinity);
    }

    static double DegreesOfFreedom(JsonSection copula)
    {
        NumberRule rule = NumberRule.DegreesOfFreedom;
        if (copula.Find("nu", JsonTokenType.Number, rule.Phrase, required: true) is not { } value)
        {
            return double.NaN;
        }

        if (NumberText.TryRead(Encoding.UTF8.GetBytes(value.Text), out double nu) && rule.Holds(nu))
        {
            return nu;
        }

        copula.Refuse(value.Line, "nu", value.Text, rule.Phrase);
        return double.NaN;
    }
}
