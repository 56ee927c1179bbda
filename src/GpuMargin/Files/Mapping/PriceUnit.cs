namespace GpuMargin.Files.Mapping;

/// <summary>Unit of a price in the files of a vendor.</summary>
enum PriceUnit
{
    /// <summary>Units of the quote currency.</summary>
    Currency,

    /// <summary>Units of the underlying: the value over the forward, V/F.</summary>
    Coin,
}
