using GpuMargin.ClearingSets;
using GpuMargin.ClearingSets.Policy;
using GpuMargin.ClearingSets.Validation;

namespace GpuMargin.Files;

/// <summary>Reads the current row of instruments.csv.</summary>
sealed class InstrumentRow(CsvCells cells, RunDraft run, FactorTable? factors, CurveTable? curves, SurfaceTable? surfaces)
{
    static readonly string s_surfaceColumn = InstrumentWords.Columns[(int)InstrumentColumn.VolatilitySurface];

    static readonly InstrumentColumn[] s_columns = Enum.GetValues<InstrumentColumn>();

    readonly ExpiryCell expiry = new(cells, run);
    bool additive;
    double strike;
    double yearsToExpiry;
    OptionRight right;
    ExerciseStyle exercise;
    double volatility;
    int volatilityFactor;
    SurfaceDraft? surface;

    public Instrument Read(string name)
    {
        InstrumentType? type = cells.Word("type", InstrumentWords.Types) is { } place ? InstrumentType.All[place] : null;
        string because = $"type is '{cells.Text("type")}'";
        int underlying = Factor("underlying", RiskFactorKind.Price, required: true, additive: type?.AllowsAdditive != false);
        additive = underlying >= 0 && factors!.Kinds[underlying] == RiskFactorKind.Additive;
        string currency = Currency(type, because);
        double? multiplier = cells.NumberOr(1, "multiplier", NumberRule.Positive);
        double? rate = cells.NumberOr(0, "rate", NumberRule.Finite);
        double? dividendYield = cells.NumberOr(0, "dividend_yield", NumberRule.Finite);
        int rateFactor = Factor("rate_factor", RiskFactorKind.Rate, required: false);
        ZeroCurve? curve = Curve(type, because);

        strike = double.NaN;
        yearsToExpiry = 0;
        right = default;
        exercise = default;
        volatility = 0;
        volatilityFactor = -1;
        surface = null;
        if (type is not null)
        {
            ReadColumns(type, because);
        }

        if (type?.IsOnFuture == true)
        {
            cells.MustBeEmpty(because, "dividend_yield");
        }

        if (exercise == ExerciseStyle.American)
        {
            CheckExercise(type!, because, rate, type!.IsOnFuture ? rate : dividendYield, curve is null);
        }

        return new Instrument
        {
            Name = name,
            Type = type ?? InstrumentType.Spot, // of a refused row
            Underlying = underlying,
            Currency = currency,
            ProductClass = ProductClass(),
            Multiplier = multiplier ?? default,
            Strike = strike,
            YearsToExpiry = yearsToExpiry,
            Right = right,
            Exercise = exercise,
            Volatility = volatility,
            VolatilityFactor = volatilityFactor,
            Surface = surface?.Surface,
            Rate = rate ?? default,
            DividendYield = dividendYield ?? default,
            RateFactor = rateFactor,
            Curve = curve,
        };
    }

    void ReadColumns(InstrumentType type, string because)
    {
        foreach (InstrumentColumn column in type.Columns)
        {
            Read(column, because);
        }

        foreach (InstrumentColumn column in s_columns)
        {
            if (!type.Has(column))
            {
                cells.MustBeEmpty(because, InstrumentWords.Columns[(int)column]);
            }
        }
    }

    void Read(InstrumentColumn column, string because)
    {
        string name = InstrumentWords.Columns[(int)column];
        switch (column)
        {
            case InstrumentColumn.Strike:
                strike = cells.Number(name, InstrumentRule.Strike(additive), because) ?? double.NaN;
                break;
            case InstrumentColumn.Expiry:
                yearsToExpiry = expiry.Years(because, "instrument");
                break;
            case InstrumentColumn.Right:
                right = cells.Word(name, Words.Rights, because) ?? default;
                break;
            case InstrumentColumn.Exercise:
                exercise = cells.IsEmpty(name) ? default : cells.Word(name, Words.Exercises) ?? default;
                break;
            case InstrumentColumn.Volatility:
                volatility = cells.IsEmpty(name) && !cells.IsEmpty(s_surfaceColumn) ? SurfaceLevels.Unknown : cells.Number(name, NumberRule.NotNegative, because) ?? 0;
                break;
            case InstrumentColumn.VolatilityFactor:
                volatilityFactor = Factor(name, RiskFactorKind.Volatility, required: false);
                break;
            case InstrumentColumn.VolatilitySurface:
                ReadSurface(name);
                break;
        }
    }

    // The surface has the factors that move the volatility, and may have its level.
    void ReadSurface(string column)
    {
        if (cells.IsEmpty(column))
        {
            return;
        }

        string name = cells.Text(column);
        cells.MustBeEmpty($"{column} is '{name}'", InstrumentWords.Columns[(int)InstrumentColumn.VolatilityFactor]);
        surface = surfaces?.Find(cells, column);
        if (surface is null || surface.HasFaultySmile)
        {
            return;
        }

        if (additive && surface.HasSmiles)
        {
            cells.Refuse(column, name, $"a surface without a smile in {SmileReader.FileName}, because the underlying is an additive factor");
        }
        else if (double.IsNaN(volatility) && !surface.HasSmiles)
        {
            cells.RefuseMissing("volatility", NumberRule.NotNegative.Phrase, $"'{name}' has no smile in {SmileReader.FileName}");
        }
    }

    void CheckExercise(InstrumentType type, string because, double? rate, double? dividendYield, bool curveless)
    {
        if (!type.AllowsAmerican)
        {
            cells.Refuse("exercise", cells.Text("exercise"), $"'european', because {because}");
        }
        else if (additive)
        {
            cells.Refuse("exercise", cells.Text("exercise"), "'european', because the underlying is an additive factor");
        }
        else if (volatility == 0 && !cells.IsEmpty("volatility"))
        {
            cells.Refuse("volatility", cells.Text("volatility"), "a volatility greater than 0, because exercise is 'american'");
        }
        else if (curveless && rate is { } r && dividendYield is { } q && EarlyExerciseRule.Breach(right, r, q) is { } expected)
        {
            cells.Refuse("rate", cells.IsEmpty("rate") ? null : cells.Text("rate"), expected);
        }
    }

    int Factor(string column, RiskFactorKind kind, bool required, bool additive = false)
    {
        if (cells.IsEmpty(column))
        {
            if (required)
            {
                cells.RefuseMissing(column, "a price factor of factors.csv", null);
            }

            return -1;
        }

        if (factors is null)
        {
            return -1;
        }

        string name = cells.Text(column);
        int index = factors.Resolve(cells.Bytes(column), name, kind, cells.Faults, out string? expected, additive);
        if (expected is not null)
        {
            cells.Refuse(column, name, expected);
        }

        return index;
    }

    // The curve has the rate and its factors.
    ZeroCurve? Curve(InstrumentType? type, string because)
    {
        if (cells.IsEmpty("curve"))
        {
            return null;
        }

        string name = cells.Text("curve");
        if (type?.Has(InstrumentColumn.Expiry) == false)
        {
            cells.MustBeEmpty(because, "curve");
        }

        cells.MustBeEmpty($"curve is '{name}'", "rate", "rate_factor");
        int place = curves?.Names.IndexOf(cells.Bytes("curve")) ?? -1;
        if (place < 0 && curves is { Names.IsComplete: true })
        {
            cells.Refuse("curve", name, $"a curve of {CurveReader.FileName}{curves.Names.DidYouMean(name, cells.Faults)}");
        }

        return place < 0 ? null : curves![place];
    }

    string ProductClass()
    {
        if (cells.IsEmpty("product_class"))
        {
            return BaseMargin.DefaultClass;
        }

        string name = cells.Text("product_class");
        if (NameRule.Breach(name) is { } breach)
        {
            cells.Refuse("product_class", name, breach);
        }

        return name;
    }

    string Currency(InstrumentType? type, string because)
    {
        if (type?.IsInverse == true && cells.IsEmpty("currency"))
        {
            cells.RefuseMissing("currency", "the coin in which the contract is settled", because);
            return "";
        }

        string currency = cells.IsEmpty("currency") ? run.Currency ?? "" : cells.Text("currency");
        if (run.Currency is { } ofRun && currency != ofRun && run.FxCurrencies is { } known && !known.Contains(currency))
        {
            string hint = NearestName.Of(currency, known.Append(ofRun)) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
            cells.Refuse("currency", currency, $"the run's currency '{ofRun}' or a currency of fx in run.json{hint}");
        }

        return currency;
    }
}
