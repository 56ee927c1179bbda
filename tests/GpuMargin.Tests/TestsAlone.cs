using Xunit;

namespace GpuMargin.Tests;

/// <summary>Tests that measure the whole process, such as its memory: they run when all others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TestsAlone
{
    public const string Name = "alone";
}
