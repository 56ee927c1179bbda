namespace GpuMargin.ClearingSets.Policy;

/// <summary>Parameters of one component of a requirement; a policy that has them has the component.</summary>
public abstract record ComponentTerms
{
    private protected ComponentTerms()
    {
    }
}
