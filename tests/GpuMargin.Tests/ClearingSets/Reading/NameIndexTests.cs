using System.Text;
using GpuMargin.Files;
using Xunit;

namespace GpuMargin.Tests.ClearingSets.Reading;

public sealed class NameIndexTests
{
    const int LongestName = 40;
    const int Names = 50_000;

    /// <summary>Names of two letters only agree in most of their bytes, at every length around those that an entry holds.</summary>
    [Fact]
    public void Numbers_names_as_a_dictionary_does()
    {
        Random random = new(3);
        NameIndex index = new();
        Dictionary<string, int> expected = new(StringComparer.Ordinal);
        for (int i = 0; i < Names; i++)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(LongestName)).Select(_ => random.Next(12) == 0 ? "é" : random.Next(9) == 0 ? "b" : "a"));
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            Assert.Equal(expected.GetValueOrDefault(name, -1), index.IndexOf(bytes));
            bool isNew = expected.TryAdd(name, expected.Count);
            Assert.Equal(isNew, index.Add(bytes, out int number));
            Assert.Equal(expected[name], number);
            Assert.Equal(expected.Count, index.Count);
        }

        Assert.All(expected, pair => Assert.Equal(pair.Value, index.IndexOf(Encoding.UTF8.GetBytes(pair.Key))));
        Assert.InRange(expected.Count, Names / 10, Names);
    }
}
