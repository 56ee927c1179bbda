using ILGPU;

namespace GpuMargin.Ilgpu.Tails;

/// <summary>
/// Radix selection within one group: finds, digit by digit from the top, the entry that ends the tail in the order of (key,
/// scenario), and moves all that do not come behind it to the front.
/// </summary>
static class TailSelection
{
    const int BitsPerDigit = 8;
    const int KeyDigits = 8;
    const int ScenarioDigits = 4;

    /// <summary>Called by all threads of the group; afterwards the row starts with <paramref name="length"/> entries in no order.</summary>
    /// <param name="count">Entries in the row.</param>
    /// <returns>The largest key kept; the old threshold if the row is not longer than the tail.</returns>
    public static ulong Keep(TailRow row, int count, int length, ulong threshold, SelectionScratch scratch)
    {
        if (count <= length)
        {
            return threshold;
        }

        ulong key = 0;
        ulong keyMask = 0;
        uint scenario = 0;
        uint scenarioMask = 0;
        int missing = length;
        bool found = false;
        for (int digit = 0; digit < KeyDigits + ScenarioDigits && !found; digit++)
        {
            bool ofKey = digit < KeyDigits;
            int shift = BitsPerDigit * (ofKey ? KeyDigits - 1 - digit : KeyDigits + ScenarioDigits - 1 - digit);
            Count(row, count, ofKey, shift, key, keyMask, scenario, scenarioMask, scratch.Histogram);
            Find(missing, scratch);
            if (ofKey)
            {
                key |= (ulong)(uint)scratch.Found[0] << shift;
                keyMask |= (ulong)(SelectionScratch.Digits - 1) << shift;
            }
            else
            {
                scenario |= (uint)scratch.Found[0] << shift;
                scenarioMask |= (uint)(SelectionScratch.Digits - 1) << shift;
            }

            missing -= scratch.Found[1];
            found = missing == scratch.Found[2];
        }

        Compact(row, count, key, keyMask, scenario, scenarioMask, scratch);
        return scratch.Threshold[0];
    }

    static void Count(
        TailRow row, int count, bool ofKey, int shift, ulong key, ulong keyMask, uint scenario, uint scenarioMask, ArrayView<int> histogram)
    {
        for (int i = Group.IdxX; i < SelectionScratch.Digits; i += Group.DimX)
        {
            histogram[i] = 0;
        }

        Group.Barrier();

        // Neighbouring entries often share a digit; a run of them costs one atomic operation. Adding an empty run is harmless,
        // and a branch on its length is not: ILGPU takes the length for uniform, as it grows from constants only.
        int digit = 0;
        int run = 0;
        for (int i = Group.IdxX; i < count; i += Group.DimX)
        {
            ulong own = row.Keys[i];
            if ((own & keyMask) != key)
            {
                continue;
            }

            uint ownScenario = ofKey ? 0 : (uint)row.Scenarios[i];
            if ((ownScenario & scenarioMask) != scenario)
            {
                continue;
            }

            int ownDigit = (int)((ofKey ? (uint)(own >> shift) : ownScenario >> shift) & (SelectionScratch.Digits - 1));
            if (ownDigit != digit)
            {
                Atomic.Add(ref histogram[digit], run);
                run = 0;
            }

            digit = ownDigit;
            run++;
        }

        Atomic.Add(ref histogram[digit], run);
        Group.Barrier();
    }

    // The smallest digit whose entries, with those of all smaller digits, number at least `missing`.
    static void Find(int missing, SelectionScratch scratch)
    {
        const int PerSum = SelectionScratch.DigitsPerSum;
        for (int i = Group.IdxX; i < SelectionScratch.Digits / PerSum; i += Group.DimX)
        {
            int sum = 0;
            for (int j = 0; j < PerSum; j++)
            {
                sum += scratch.Histogram[i * PerSum + j];
            }

            scratch.Sums[i] = sum;
        }

        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int before = 0;
            int block = 0;
            while (before + scratch.Sums[block] < missing)
            {
                before += scratch.Sums[block];
                block++;
            }

            int digit = block * PerSum;
            while (before + scratch.Histogram[digit] < missing)
            {
                before += scratch.Histogram[digit];
                digit++;
            }

            scratch.Found[0] = digit;
            scratch.Found[1] = before;
            scratch.Found[2] = scratch.Histogram[digit];
        }

        Group.Barrier();
    }

    // In place: what a step writes lies within what this and earlier steps have read.
    static void Compact(TailRow row, int count, ulong key, ulong keyMask, uint scenario, uint scenarioMask, SelectionScratch scratch)
    {
        if (Group.IdxX == 0)
        {
            scratch.Kept[0] = 0;
            scratch.Threshold[0] = 0;
        }

        for (int start = 0; start < count; start += Group.DimX)
        {
            int i = start + Group.IdxX;
            ulong own = 0;
            int ownScenario = 0;
            bool kept = false;
            bool border = false;
            if (i < count)
            {
                own = row.Keys[i];
                ownScenario = row.Scenarios[i];
                ulong head = own & keyMask;
                border = head == key && ((uint)ownScenario & scenarioMask) <= scenario;
                kept = border || head < key;
            }

            Group.Barrier();
            if (kept)
            {
                int slot = Atomic.Add(ref scratch.Kept[0], 1);
                row.Keys[slot] = own;
                row.Scenarios[slot] = ownScenario;
            }

            if (border)
            {
                Atomic.Max(ref scratch.Threshold[0], own);
            }
        }

        Group.Barrier();
    }
}
