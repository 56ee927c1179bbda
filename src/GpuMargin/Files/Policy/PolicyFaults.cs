namespace GpuMargin.Files.Policy;

/// <summary>Faults of a policy by the paths of their keys: at their lines where the policy was read, without lines where it was built in C#.</summary>
/// <param name="root"><see langword="null"/> for a policy built in C#.</param>
sealed class PolicyFaults(LocatedJson? root, FaultList faults)
{
    public const string File = "policy.json";

    /// <summary>Refuses a key's value.</summary>
    /// <param name="found">The value; where the policy was read the text that is written takes its place, and nothing where none is.</param>
    /// <param name="whenMissing">What the expectation goes on with where the key is not written.</param>
    public void Refuse(string[] path, string? found, string expected, string whenMissing = "")
    {
        if (root is null)
        {
            Refuse(path, path, found, expected);
            return;
        }

        LocatedJson? written = Find(path);
        Refuse(path, path, written?.Text, written is null ? expected + whenMissing : expected);
    }

    /// <summary>Refuses with the text that is found, whatever is written.</summary>
    /// <param name="at">Path whose line is reported, or that of the nearest section that is written.</param>
    /// <param name="path">What is refused.</param>
    public void Refuse(string[] at, string[] path, string? found, string expected)
    {
        int length = at.Length;
        while (length > 0 && Find(at[..length]) is null)
        {
            length--;
        }

        faults.Add(File, Find(at[..length])?.Line, string.Join('.', path), found, expected);
    }

    /// <summary>Whether a key has been refused.</summary>
    public bool Has(params string[] path) => faults.Has(File, string.Join('.', path));

    LocatedJson? Find(string[] path) =>
        path.Aggregate(root, (json, key) => json?.Members.FirstOrDefault(member => member.Key == key).Value);
}
