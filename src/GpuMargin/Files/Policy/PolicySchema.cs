namespace GpuMargin.Files.Policy;

/// <summary>The JSON schema of policy.json (draft 2020-12): keys, ranges, defaults and sources.</summary>
static class PolicySchema
{
    /// <returns>The schema as UTF-8; the caller closes it.</returns>
    public static Stream Open() => typeof(PolicySchema).Assembly.GetManifestResourceStream("policy.schema.json")!;
}
