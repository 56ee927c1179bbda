namespace GpuMargin.ClearingSets.Validation;

/// <summary>Ranges of curves, and which instruments may have one.</summary>
static class CurveValidator
{
    public static void Check(ClearingSet set, PropertyFaults at)
    {
        Dictionary<string, ZeroCurve> known = new(StringComparer.Ordinal);
        for (int i = 0; i < set.Instruments.Count; i++)
        {
            Instrument instrument = set.Instruments[i];
            if (instrument.Curve is not { } curve)
            {
                continue;
            }

            string property = FormattableString.Invariant($"{nameof(set.Instruments)}[{i}]");
            CheckBeside(instrument, property, at);
            if (known.TryAdd(curve.Name, curve))
            {
                Check(set, curve, $"{property}.Curve", at);
            }
            else if (known[curve.Name] != curve)
            {
                at.Add($"{property}.Curve.Name", curve.Name, "a name that no other curve has");
            }
        }
    }

    static void CheckBeside(Instrument instrument, string property, PropertyFaults at)
    {
        if (!instrument.Type.Has(InstrumentColumn.Expiry))
        {
            at.Add($"{property}.Curve", instrument.Curve!.Name, $"none, because the type is '{instrument.Type}'");
        }

        if (instrument.Rate != 0)
        {
            at.Add($"{property}.Rate", FormattableString.Invariant($"{instrument.Rate}"), "0, because the curve has the rate");
        }

        if (instrument.RateFactor >= 0)
        {
            at.Add($"{property}.RateFactor", FormattableString.Invariant($"{instrument.RateFactor}"), "-1, because the curve's nodes have the rate factors");
        }
    }

    static void Check(ClearingSet set, ZeroCurve curve, string property, PropertyFaults at)
    {
        at.Name($"{property}.Name", curve.Name);
        if (curve.Nodes.Count == 0)
        {
            at.Add($"{property}.Nodes", null, "at least one node");
        }

        for (int k = 0; k < curve.Nodes.Count; k++)
        {
            CurveNode node = curve.Nodes[k];
            string place = FormattableString.Invariant($"{property}.Nodes[{k}]");
            at.Number($"{place}.Days", node.Days, NumberRule.Positive);
            at.Number($"{place}.Rate", node.Rate, NumberRule.Finite);
            PortfolioValidator.CheckFactor(set, $"{place}.RateFactor", node.RateFactor, RiskFactorKind.Rate, required: false, at);
            if (k > 0 && node.Days <= curve.Nodes[k - 1].Days)
            {
                at.Add($"{place}.Days", FormattableString.Invariant($"{node.Days}"), "more days than the node before");
            }
        }
    }
}
