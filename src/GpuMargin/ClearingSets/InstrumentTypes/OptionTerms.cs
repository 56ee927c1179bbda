namespace GpuMargin.ClearingSets.InstrumentTypes;

/// <summary>The two legs of an option per contract, see <see cref="Kernels.OptionLegs{T}"/>; instrument's currency.</summary>
/// <param name="LogMoneyness">ln(A/B).</param>
/// <param name="Asset">A &gt; 0.</param>
/// <param name="Strike">B &gt; 0.</param>
/// <param name="Deviation">σ√T, 0 or more.</param>
readonly record struct OptionTerms(double LogMoneyness, double Asset, double Strike, double Deviation);
