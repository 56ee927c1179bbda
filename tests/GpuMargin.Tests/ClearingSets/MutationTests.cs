using System.Text;
using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>Random damage to the valid set is read or refused, and nothing else happens.</summary>
public sealed class MutationTests
{
    const int Mutations = 1_000;

    static readonly string[] s_policyFiles = ["policy.json", "accounts.csv", "collateral.csv", "liquidity.csv", "stress.csv"];

    static readonly string[] s_extremes =
    [
        "1e308", "-1e308", "1e-320", "1e999", "NaN", "-Infinity", "0", "-0", "1,5", "1.234,5", "0x1F", "9999999999999999999999999999999999", "", " ", "\"", "\"\"", "1/", "null", "{", "}",
        "\\ud800", "2001-13-45", "9999-12-31T23:59:59Z", "0001-01-01",
    ];

    [Fact]
    public void A_damaged_set_is_read_or_refused()
    {
        using SetFolder folder = new();
        CheckDamage(folder, Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_damaged_curve_is_read_or_refused()
    {
        using SetFolder folder = new SetFolder()
            .ReplacingOnce("instruments.csv", "rate,dividend_yield,rate_factor", "curve,dividend_yield,rate_factor")
            .ReplacingOnce("instruments.csv", "2001-03-16,,,,,0.065,0.012,USDRATE", "2001-03-16,,,,,USD,0.012,")
            .ReplacingOnce("instruments.csv", "0.065,0.012,USDRATE", ",0.012,")
            .With("curves.csv", "curve,days,rate,factor\nUSD,30,0.06,USDRATE\nUSD,90,0.065,\nUSD,365,0.07,USDRATE\n");
        CheckDamage(folder, [folder.PathOf("curves.csv"), folder.PathOf("instruments.csv")]);
    }

    [Fact]
    public void Damaged_files_around_a_policy_are_read_or_refused()
    {
        using SetFolder folder = SetFolder.WithPolicy();
        CheckDamage(folder, [.. s_policyFiles.Select(folder.PathOf)]);
    }

    [Fact]
    public void A_damaged_stress_model_is_read_or_refused()
    {
        using SetFolder folder = SetFolder.WithStressModel();
        CheckDamage(folder, Directory.GetFiles(folder.PathOf("stress")));
    }

    static void CheckDamage(SetFolder folder, string[] files)
    {
        files = [.. files.Order(StringComparer.Ordinal)];
        byte[][] originals = [.. files.Select(File.ReadAllBytes)];
        int refused = 0;
        for (int seed = 0; seed < Mutations; seed++)
        {
            Random random = new(seed);
            int file = random.Next(files.Length);
            byte[] mutated = originals[file];
            for (int changes = 1 + random.Next(3); changes > 0; changes--)
            {
                mutated = Mutated(mutated, random);
            }

            File.WriteAllBytes(files[file], mutated);
            refused += IsRefused(folder, $"seed {seed}, {Path.GetFileName(files[file])}:\n{Encoding.Latin1.GetString(mutated)}") ? 1 : 0;
            File.WriteAllBytes(files[file], originals[file]);
        }

        // Both ends are reached: most damage is noticed, some of it (another digit, say) makes another valid set.
        Assert.InRange(refused, Mutations / 2, Mutations - 50);
        Assert.False(IsRefused(folder, "the original set"));
    }

    static bool IsRefused(SetFolder folder, string what)
    {
        try
        {
            folder.Read();
            return false;
        }
        catch (RefusedInputException refusal)
        {
            Assert.NotEmpty(refusal.Faults);
            Assert.All(refusal.Faults, fault => Assert.False(string.IsNullOrWhiteSpace(fault.File) || string.IsNullOrWhiteSpace(fault.Expected), what));
            return true;
        }
        catch (Exception defect)
        {
            throw new InvalidOperationException(what, defect);
        }
    }

    static byte[] Mutated(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(random.Next(3) == 0 ? "\"" : random.Next(2) == 0 ? "\r" : ((char)random.Next(0x20, 0x2100)).ToString()), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            default:
                return Encoding.Latin1.GetBytes(MutatedLines(Encoding.Latin1.GetString(bytes), random));
        }
    }

    static string MutatedLines(string text, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int at = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), lines[at]);
                break;
            case 2:
                string[] swapped = lines[at].Split(',');
                random.Shuffle(swapped);
                lines[at] = string.Join(',', swapped);
                break;
            default:
                string[] cells = lines[at].Split(',');
                cells[random.Next(cells.Length)] = s_extremes[random.Next(s_extremes.Length)];
                lines[at] = string.Join(',', cells);
                break;
        }

        return string.Join('\n', lines);
    }
}
