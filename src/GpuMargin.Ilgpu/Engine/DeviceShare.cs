using GpuMargin.Aggregation;
using GpuMargin.Backends;

namespace GpuMargin.Ilgpu.Engine;

/// <summary>What one device computes: neighbouring accounts of the fingerprint and other rows.</summary>
/// <param name="Plan">Of these rows; its fingerprint covers the accounts.</param>
/// <param name="FirstAccount">In the whole plan, a multiple of <see cref="ProfitAndLossHash.LeafAccounts"/>.</param>
/// <param name="Rows">In the whole plan, ascending.</param>
/// <param name="Places">In this plan.</param>
sealed record DeviceShare(ValuationRun Plan, int FirstAccount, int[] Rows, int[] Places)
{
    /// <summary>Account blocks of the fingerprint.</summary>
    public int Blocks => (Plan.FingerprintRows + ProfitAndLossHash.LeafAccounts - 1) / ProfitAndLossHash.LeafAccounts;

    /// <summary>Shares of about equal positions, accounts cut where leaves of the fingerprint end; fewer than devices where rows are few. A remainder is where its row is, and so is what is taken off it; a row of the fingerprint that is needed elsewhere is computed twice.</summary>
    public static DeviceShare[] Split(ValuationRun plan, int devices)
    {
        PositionRows positions = plan.Positions;
        int fingerprinted = plan.FingerprintRows;
        if (devices == 1)
        {
            int[] all = [.. Enumerable.Range(0, positions.Rows)];
            return [new DeviceShare(plan, 0, all, all)];
        }

        int[] device = Devices(positions, fingerprinted, devices);
        return
        [
            .. Enumerable.Range(0, positions.Rows).GroupBy(row => device[row]).OrderBy(rows => rows.Key).Select(group =>
            {
                int[] rows = [.. group];
                (PositionRows only, int[] places) = positions.Only(rows);
                int accounts = rows.TakeWhile(row => row < fingerprinted).Count();
                return new DeviceShare(plan with { Positions = only, FingerprintRows = accounts }, accounts > 0 ? rows[0] : 0, rows, places);
            }),
        ];
    }

    // Per row.
    static int[] Devices(PositionRows positions, int fingerprinted, int devices)
    {
        RemainderRows remainders = positions.Remainders;
        bool[] follows = new bool[positions.Accounts];
        Array.ForEach(remainders.Less, row => follows[row] = row >= fingerprinted);
        double whole = Enumerable.Range(0, positions.Accounts).Sum(row => follows[row] ? 0.0 : positions.Count(row));
        int[] device = new int[positions.Rows];
        double before = 0;
        for (int row = 0; row < positions.Accounts; row++)
        {
            device[row] = row % ProfitAndLossHash.LeafAccounts > 0 ? device[row - 1] : whole > 0 ? Math.Min(devices - 1, (int)(before / whole * devices)) : 0;
            before += follows[row] ? 0 : positions.Count(row);
        }

        for (int r = 0; r < remainders.Count; r++)
        {
            device[positions.Accounts + r] = device[remainders.Of[r]];
            for (int k = remainders.Start[r]; k < remainders.Start[r + 1]; k++)
            {
                if (follows[remainders.Less[k]])
                {
                    device[remainders.Less[k]] = device[remainders.Of[r]];
                }
            }
        }

        return device;
    }
}
