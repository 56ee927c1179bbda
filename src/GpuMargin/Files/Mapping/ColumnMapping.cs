namespace GpuMargin.Files.Mapping;

/// <summary>How the columns of a vendor's files become fields: mapping.json, or a preset.</summary>
/// <param name="Name">File or preset, as faults name it.</param>
/// <param name="Fields">By name.</param>
sealed record ColumnMapping(string Name, IReadOnlyDictionary<string, FieldMapping> Fields)
{
    public FieldMapping? Find(string field) => Fields.GetValueOrDefault(field);
}
