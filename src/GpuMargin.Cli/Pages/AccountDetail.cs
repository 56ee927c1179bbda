using GpuMargin.Cli.Json;
using GpuMargin.Margin.Attribution;

namespace GpuMargin.Cli.Pages;

/// <summary>An account whose details a page shows.</summary>
/// <param name="Attribution"><see langword="null"/>: the clearing set of the run is not there.</param>
/// <param name="Losses"><see langword="null"/>: as for the attribution, or the account cannot lose.</param>
sealed record AccountDetail(PageAccount Account, AttributionPrint? Attribution, LossHistogram? Losses);
