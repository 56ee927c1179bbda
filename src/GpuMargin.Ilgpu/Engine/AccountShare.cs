using GpuMargin.Aggregation;
using GpuMargin.Backends;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>The neighbouring accounts of one device.</summary>
/// <param name="First">A multiple of <see cref="ProfitAndLossHash.LeafAccounts"/>.</param>
readonly record struct AccountShare(int First, int Count)
{
    /// <summary>Account blocks of the fingerprint.</summary>
    public int Blocks => (Count + ProfitAndLossHash.LeafAccounts - 1) / ProfitAndLossHash.LeafAccounts;

    /// <summary>Shares of about equal positions, cut where leaves of the fingerprint end; fewer than devices where accounts are few.</summary>
    public static AccountShare[] Split(PositionRows positions, int devices)
    {
        List<AccountShare> shares = [];
        int first = 0;
        for (int device = 1; device <= devices && first < positions.Accounts; device++)
        {
            long target = positions.Start[^1] * (long)device / devices;
            int end = first;
            while (end < positions.Accounts && (end == first || device == devices || positions.Start[end] < target))
            {
                end = Math.Min(positions.Accounts, end + ProfitAndLossHash.LeafAccounts);
            }

            shares.Add(new AccountShare(first, end - first));
            first = end;
        }

        return [.. shares];
    }
}
