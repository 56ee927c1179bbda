using System.Reflection;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

public sealed class VocabularyTests
{
    // Values of an enumeration that files have no word for would be found by the user who writes one.
    [Fact]
    public void Every_value_of_an_enumeration_has_one_word_that_reads_back()
    {
        FieldInfo[] vocabularies = [.. typeof(ClearingSet).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Vocabulary<>) && field.FieldType.GenericTypeArguments[0].IsEnum)];
        Assert.True(vocabularies.Length > 20, $"Only {vocabularies.Length} were found.");
        foreach (FieldInfo vocabulary in vocabularies)
        {
            GetType().GetMethod(nameof(ReadsBack), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(vocabulary.FieldType.GenericTypeArguments).Invoke(null, [vocabulary.GetValue(null)]);
        }
    }

    static void ReadsBack<T>(Vocabulary<T> words)
        where T : struct, Enum
    {
        T[] values = Enum.GetValues<T>();
        Assert.Equal(values.Length, words.Words.Distinct().Count());
        Assert.Equal(values.Length, words.Words.Count);
        Assert.All(values, value => Assert.Equal(value, words.Find(words.WordOf(value))));
        Assert.Null(words.Find("no such word"));
    }
}
