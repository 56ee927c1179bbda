namespace GpuMargin.Tests.Cli;

/// <summary>A valid clearing set that is small enough to read: two stocks, a volatility factor, options, a future, three accounts.</summary>
static class SmallSet
{
    internal static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["run.json"] = """
            {
              "asOf": "2001-01-02T16:00:00Z",
              "currency": "USD",
              "copula": { "family": "student-t", "nu": 6.5 },
              "scenarios": 1000, "seed": 7, "horizonDays": 2,
              "confidence": 0.99, "precision": "double"
            }

            """,
        ["factors.csv"] = """
            factor,kind,level,process,mean,variance,omega,alpha,gamma,beta,marginal,nu,skew
            ALFA,price,100,garch,0.0004,0.0004,0.000008,0.06,,0.92,student-t,5.5,
            BETA,price,40,gjr,0,0.0009,0.00002,0.04,0.05,0.9,skewed-t,7,-0.1
            VOL,volatility,1,constant,0,0.0016,,,,,normal,,

            """,
        ["correlation.csv"] = """
            factor,ALFA,BETA,VOL
            ALFA,1,0.5,-0.3
            BETA,0.5,1,-0.2
            VOL,-0.3,-0.2,1

            """,
        ["instruments.csv"] = """
            instrument,type,underlying,multiplier,strike,expiry,right,volatility,volatility_factor,rate
            ALFA,spot,ALFA,1,,,,,,
            ALFA-C105,option,ALFA,100,105,2001-03-16,call,0.3,VOL,0.05
            BETA-P38,option,BETA,100,38,2001-03-16,put,0.4,VOL,0.05
            BETA-F,future,BETA,10,,2001-06-15,,,,0.05

            """,
        ["positions.csv"] = """
            account,instrument,quantity
            long,ALFA,200
            covered,ALFA,100
            covered,ALFA-C105,-1
            "short, volatile",BETA-P38,-20
            "short, volatile",BETA-F,-50

            """,
    };

    internal static string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, string text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text.ReplaceLineEndings("\n"));
        }

        return folder;
    }
}
