using GpuMargin.ClearingSets;
using Xunit;

namespace GpuMargin.Tests.ClearingSets;

/// <summary>A copy of the valid base set in a temporary folder, to be changed and read.</summary>
sealed class SetFolder : IDisposable
{
    /// <summary>Folder of the table of refusals and of the valid sets that it edits.</summary>
    public static readonly string Refusals = System.IO.Path.Combine(AppContext.BaseDirectory, "Refusals");

    public SetFolder()
    {
        Path = Directory.CreateTempSubdirectory("gpumargin-").FullName;
        Overlay("plain");
    }

    public string Path { get; }

    /// <summary>The valid set with a policy that has every section, accounts, collateral, liquidity and stressed moves.</summary>
    public static SetFolder WithPolicy()
    {
        SetFolder folder = new();
        folder.Overlay("policy");
        return folder;
    }

    public static SetFolder Of(string set) => set switch
    {
        "plain" => new SetFolder(),
        "policy" => WithPolicy(),
        _ => throw new ArgumentOutOfRangeException(nameof(set), set, "a folder of Refusals"),
    };

    /// <summary>The same with the factors' own parameters as a stressed parameter set, in another order of factors, instead of moves.</summary>
    public static SetFolder WithStressModel()
    {
        SetFolder folder = WithPolicy();
        File.Delete(folder.PathOf("stress.csv"));
        folder.With("stress/factors.csv",
            """
            factor,kind,level,process,variance,omega,alpha,gamma,beta,marginal,nu,skew
            SPX,price,900,constant,0.0008,,,,,empirical,,
            USDRATE,rate,0.03,constant,0.0000004,,,,,normal,,
            EURUSD,price,1.2,garch,0.0001,0.000002,0.06,,0.9,student-t,4.5,
            USDBTC,price,0.00003,gjr,0.003,0.00005,0.03,0.1,0.85,skewed-t,3.5,-0.2
            "VOL,SPX",volatility,1,constant,0.002,,,,,normal,,

            """);
        folder.With("stress/correlation.csv",
            """
            factor,USDRATE,EURUSD,USDBTC,SPX,"VOL,SPX"
            USDRATE,1,0.11,0.12,0.13,0.14
            EURUSD,0.11,1,0.21,0.22,0.23
            USDBTC,0.12,0.21,1,0.31,0.32
            SPX,0.13,0.22,0.31,1,-0.4
            "VOL,SPX",0.14,0.23,0.32,-0.4,1

            """);
        folder.With("stress/residuals.csv", "SPX\n1.5\n-2.5\n0.25\n");
        return folder.With("stress/run.json", "{ \"copula\": { \"family\": \"student-t\", \"nu\": 3.5 } }\n");
    }

    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    public string TextOf(string file) => File.ReadAllText(PathOf(file));

    public SetFolder With(string file, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Replaces a text that the file is sure to hold.</summary>
    public SetFolder Replacing(string file, string old, string replacement)
    {
        string text = TextOf(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return With(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Replaces a text that the file is sure to hold once.</summary>
    public SetFolder ReplacingOnce(string file, string old, string replacement)
    {
        string text = TextOf(file);
        Assert.True(text.Split(old).Length == 2, $"{file} does not hold this text once: {old}");
        return With(file, text.Replace(old, replacement, StringComparison.Ordinal));
    }

    public ClearingSet Read(RunOverrides? overrides = null) => ClearingSetFiles.Read(Path, overrides);

    public IReadOnlyList<Fault> Faults(RunOverrides? overrides = null) =>
        Assert.Throws<RefusedInputException>(() => Read(overrides)).Faults;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    void Overlay(string set)
    {
        foreach (string file in Directory.GetFiles(System.IO.Path.Combine(Refusals, set)))
        {
            File.Copy(file, PathOf(System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }
}
