using GpuMargin.ClearingSets;
using GpuMargin.Studies;
using Xunit;

namespace GpuMargin.Tests.Backtesting;

public sealed class DatedBookTests
{
    static readonly DatedBook s_book = new(
        ["A", "B"],
        new PositionTable([0, 0, 1, 0, 1], [0, 1, 0, 1, 0], [10, 20, 30, 5, 0]),
        [Day(1), Day(1), Day(2), Day(3), Day(4)]);

    public static TheoryData<int, double[]> Held => new()
    {
        { 0, [] },
        { 1, [10, 20] },
        { 2, [10, 20, 30] },
        { 3, [30, 5] },
        { 4, [5, 0] },
        { 9, [5, 0] },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public void A_newer_date_replaces_the_accounts_whole_book(int day, double[] quantities) => Assert.Equal(quantities, s_book.On(Day(day)).Quantity);

    [Fact]
    public void A_fixed_book_is_held_on_every_day() => Assert.Same(s_book.Positions, (s_book with { From = null }).On(Day(0)));

    static DateTimeOffset Day(int day) => SyntheticHistory.Date(day);
}
