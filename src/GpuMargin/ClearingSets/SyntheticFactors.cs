using System.Globalization;

namespace GpuMargin.ClearingSets;

/// <summary>Price factors first, then the volatility factor of each price, in the same order.</summary>
static class SyntheticFactors
{
    public static int PriceCount(int factors) => (factors + 1) / 2;

    public static List<RiskFactor> Draw(int count, SyntheticRandom random)
    {
        int prices = PriceCount(count);
        List<RiskFactor> factors = new(count);
        for (int i = 0; i < prices; i++)
        {
            factors.Add(Price(i, random));
        }

        for (int i = prices; i < count; i++)
        {
            factors.Add(ImpliedVolatility(factors[i - prices].Name, random));
        }

        return factors;
    }

    static RiskFactor Price(int index, SyntheticRandom random)
    {
        double annual = random.NextBetween(0.19, 0.45);
        double longRun = annual * annual / 252;
        double persistence = random.NextBetween(0.95, 0.99);
        double news = random.NextBetween(0.03, 0.10);
        // Every fourth price knows the leverage effect: half of its news coefficient moves to falling prices.
        bool leverage = index % 4 == 3;
        double alpha = leverage ? news / 2 : news;
        double gamma = leverage ? news : 0;
        return new RiskFactor
        {
            Name = "S" + (index + 1).ToString("D4", CultureInfo.InvariantCulture),
            Kind = RiskFactorKind.Price,
            Level = Math.Round(random.NextBetween(10, 500), 2),
            Process = leverage ? VolatilityProcess.Gjr : VolatilityProcess.Garch,
            Mean = random.NextBetween(-0.0002, 0.0006),
            Variance = longRun * random.NextBetween(0.6, 1.6),
            Omega = longRun * (1 - persistence),
            Alpha = alpha,
            Gamma = gamma,
            Beta = persistence - news,
            Marginal = MarginalFamily.StudentT,
            DegreesOfFreedom = random.NextBetween(3.5, 12),
        };
    }

    static RiskFactor ImpliedVolatility(string price, SyntheticRandom random)
    {
        double daily = random.NextBetween(0.02, 0.06);
        return new RiskFactor
        {
            Name = price + ".vol",
            Kind = RiskFactorKind.Volatility,
            Level = 1,
            Variance = daily * daily,
            Marginal = MarginalFamily.StudentT,
            DegreesOfFreedom = random.NextBetween(4, 8),
        };
    }
}
