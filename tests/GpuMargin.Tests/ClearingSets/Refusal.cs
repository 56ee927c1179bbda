using GpuMargin.ClearingSets;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>One fault of the input: edits of a valid set and the lines that report it. The table of them is Refusals/refusals.txt, which explains its form.</summary>
/// <param name="Base">Folder of the valid set.</param>
/// <param name="Edits">Lines of the table: verb, file, text.</param>
/// <param name="Faults">Every line reported, in order.</param>
sealed record Refusal(string Name, string Base, IReadOnlyList<string> Edits, IReadOnlyList<string> Faults)
{
    static readonly Lazy<IReadOnlyDictionary<string, Refusal>> s_table = new(ReadTable);

    public static IReadOnlyCollection<string> Names => [.. s_table.Value.Keys];

    public static Refusal Named(string name) => s_table.Value[name];

    /// <summary>The faulty set.</summary>
    public SetFolder ToFolder(out RunOverrides overrides)
    {
        SetFolder folder = SetFolder.Of(Base);
        overrides = new RunOverrides();
        foreach (string edit in Edits)
        {
            overrides = SetEdit.Apply(edit, folder, overrides);
        }

        return folder;
    }

    static Dictionary<string, Refusal> ReadTable()
    {
        Dictionary<string, Refusal> table = [];
        string set = "", name = "";
        List<string> setEdits = [], edits = [], faults = [];
        foreach (string line in File.ReadLines(Path.Combine(SetFolder.Refusals, "refusals.txt")))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] != ' ')
            {
                Close();
                bool opensSet = line[0] == '[';
                (set, name) = opensSet ? (line[1..^1], "") : (set, line);
                setEdits = opensSet ? [] : setEdits;
                (edits, faults) = (opensSet ? setEdits : [.. setEdits], []);
            }
            else if (line.StartsWith("  fault ", StringComparison.Ordinal))
            {
                faults.Add(line["  fault ".Length..]);
            }
            else
            {
                edits.Add(line[2..]);
            }
        }

        Close();
        return table;

        void Close()
        {
            if (name.Length > 0)
            {
                table.Add(name, new Refusal(name, set, edits, faults));
            }
        }
    }
}
