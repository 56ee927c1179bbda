using System.Text;
using GpuMargin.Cli;
using Xunit;

namespace GpuMargin.Tests.Cli;

public sealed class MutationTests
{
    const int Mutations = 1000;

    static readonly string[] s_nasty =
        ["", "NaN", "Infinity", "-1", "0", "1e999", "1e308", "-1e-308", "1,5", "1.0000000001", "∞", "\"", "\0", "\r", "null", "{", "]", "true",
         "99999999999999999999", "ALFA", "option", "2001-01-02", "9999-12-31", "-0", "１"];

    /// <summary>Fields, lines and bytes of a valid set are damaged at random; scenarios and horizon are given, so that no damage can ask for a long run.</summary>
    [Fact]
    public void Random_damage_never_gives_a_defect_a_stack_trace_or_an_output_of_a_refused_set()
    {
        int refused = 0;
        for (int seed = 0; seed < Mutations; seed++)
        {
            using var folder = new TemporaryFolder();
            string set = SmallSet.WriteTo(folder["set"]);
            Damage(set, new Random(seed));
            string[] before = [.. folder.Snapshot().Select(entry => entry.Name)];

            Invocation run = Invocation.Of("run", set, "--scenarios", "64", "--horizon", "2", "--confidence", "0.9", "--threads", "1");

            Assert.True(run.Code is ExitCode.Done or ExitCode.Refused, $"seed {seed}: exit code {run.Code}: {run.Error}");
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            if (run.Code == ExitCode.Refused)
            {
                refused++;
                Assert.NotEmpty(run.Error);
                Assert.Equal(before, folder.Snapshot().Select(entry => entry.Name));
            }
            else
            {
                string margins = File.ReadAllText(Path.Combine(set, "out", "margins.csv"));
                Assert.False(margins.Contains("NaN", StringComparison.Ordinal) || margins.Contains("Infinity", StringComparison.Ordinal), $"seed {seed}: {margins}");
            }
        }

        // Most damage must be noticed; the rest hits an amount that stays valid, or white space.
        Assert.InRange(refused, Mutations / 2, Mutations);
    }

    static void Damage(string set, Random random)
    {
        string[] names = [.. SmallSet.Files.Keys.Order(StringComparer.Ordinal)];
        string path = Path.Combine(set, names[random.Next(names.Length)]);
        byte[] bytes = File.ReadAllBytes(path);
        int at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
                break;
            case 2:
                bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                break;
            case 3:
                bytes = bytes[..at];
                break;
            case 4:
                string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
                lines[random.Next(lines.Length)] = lines[random.Next(lines.Length)];
                bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
                break;
            case 5 when random.Next(5) == 0:
                File.Delete(path);
                return;
            default:
                bytes = Encoding.UTF8.GetBytes(WithNastyField(Encoding.UTF8.GetString(bytes), random));
                break;
        }

        File.WriteAllBytes(path, bytes);
    }

    static string WithNastyField(string text, Random random)
    {
        string[] fields = text.Split(',');
        int field = random.Next(fields.Length);
        int lineEnd = fields[field].IndexOf('\n', StringComparison.Ordinal);
        fields[field] = s_nasty[random.Next(s_nasty.Length)] + (lineEnd < 0 ? "" : fields[field][lineEnd..]);
        return string.Join(',', fields);
    }
}
