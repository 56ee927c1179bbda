using GpuMargin.ClearingSets;

namespace GpuMargin.Quotes;

/// <summary>What is bid and asked for one option, in quote currency.</summary>
readonly record struct OptionQuote(double Strike, OptionRight Right, double Bid, double Ask)
{
    public double Mid => (Bid + Ask) / 2;

    public double Spread => Ask - Bid;
}
