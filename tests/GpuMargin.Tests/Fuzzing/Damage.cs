using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GpuMargin.Tests.Fuzzing;

/// <summary>Random damage to a file: of bytes, of cells of a table, of values of a JSON document.</summary>
static class Damage
{
    static readonly string[] s_texts =
    [
        "", " ", "0", "-0", "1", "-1", "5", "1e308", "-1e308", "1e-320", "1e999", "NaN", "Infinity", "1,5", "0x1F", "99999999999999999999", "2147483648", "0.9999999999999999",
        "null", "true", "\"", "{", "]", "1/", "factor", "scenario", "weight", "default", "option", "inverse-perpetual", "empirical", "gjr", "gaussian", "USD", "SPX", "ALFA",
        "2001-01-02", "2001-13-45", "9999-12-31T23:59:59Z", "0001-01-01", "=1+1", "@x", "../x", "/dev/null", "\u001b[2J", "\u202egnp", "a\u200bb", "A\u030a", "\u0085", "１", "∞", "\ud83d\ude00",
    ];

    static readonly string[] s_values =
    [
        "null", "true", "0", "-1", "1.5", "1e308", "1e999", "1e-320", "123456789012345678901234567890", "\"\"", "\"NaN\"", "\"x\\ny\"", "\"\\u001b[2J\"", "\"\\ud800\"", "\"\\u202e\"", "[]", "{}", "[null]",
        "[[[1]]]", "{\"a\":{}}", "{\"a\":1,\"a\":2}", "\"1/EURUSD\"", "\"2001-01-02T16:00:00Z\"", "\"gaussian\"", "2", "100000",
    ];

    const int LongText = 100_000;

    public static byte[] Of(string name, byte[] bytes, Random random) =>
        random.Next(4) == 0 ? Bytes(bytes, random)
        : Path.GetExtension(name) == ".json" ? Json(bytes, random)
        : Table(bytes, random);

    static byte[] Bytes(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length + 1), end = Math.Min(bytes.Length, at + random.Next(1, 40));
        byte[] before = bytes[..at], after = bytes[at..];
        switch (random.Next(9))
        {
            case 0:
                return before;
            case 1:
                return [.. before, .. bytes[end..]];
            case 2:
                return [.. before, (byte)random.Next(256), .. after];
            case 3:
                return [.. bytes[..end], .. after];
            case 4:
                return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\n", "\r\n", StringComparison.Ordinal));
            case 5:
                return [.. Encoding.UTF8.Preamble, .. bytes];
            case 6:
                return Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes));
            case 7 when random.Next(3) == 0:
                return [];
            default:
                byte[] flipped = bytes.Length == 0 ? [0] : [.. bytes];
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }

    static byte[] Table(byte[] bytes, Random random)
    {
        List<List<string>> rows = [.. Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.Split(',').ToList())];
        int row = random.Next(rows.Count), other = random.Next(rows.Count), column = random.Next(rows[row].Count);
        switch (random.Next(9))
        {
            case 0:
                int elsewhere = random.Next(rows[other].Count);
                (rows[row][column], rows[other][elsewhere]) = (rows[other][elsewhere], rows[row][column]);
                break;
            case 1:
                rows.Insert(other, [.. rows[row]]);
                break;
            case 2:
                rows.RemoveAt(row);
                break;
            case 3:
                rows.ForEach(cells => cells.RemoveAt(Math.Min(column, cells.Count - 1)));
                break;
            case 4:
                rows[row][column] = new string(rows[row][column].FirstOrDefault('9'), LongText);
                break;
            case 5:
                rows.ForEach(cells => cells[Math.Min(column, cells.Count - 1)] = s_texts[random.Next(s_texts.Length)]);
                break;
            case 6:
                rows[0][Math.Min(column, rows[0].Count - 1)] = s_texts[random.Next(s_texts.Length)];
                break;
            default:
                rows[row][column] = s_texts[random.Next(s_texts.Length)];
                break;
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(cells => string.Join(',', cells))));
    }

    static byte[] Json(byte[] bytes, Random random)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (random.Next(6) == 0)
        {
            string[] lines = text.Split('\n');
            lines[random.Next(lines.Length)] = lines[random.Next(lines.Length)];
            return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }

        List<JsonNode> holders = [];
        if (Parsed(text) is not { } document || !Gather(document, holders))
        {
            return Bytes(bytes, random);
        }

        const string Mark = "\"a place\"";
        JsonNode holder = holders[random.Next(holders.Count)];
        if (holder is JsonObject keys)
        {
            string key = keys.ElementAt(random.Next(keys.Count)).Key;
            switch (random.Next(5))
            {
                case 0:
                    keys.Remove(key);
                    break;
                case 1:
                    JsonNode? value = keys[key];
                    keys.Remove(key);
                    keys[s_texts[random.Next(s_texts.Length)]] = value;
                    break;
                default:
                    keys[key] = "a place";
                    break;
            }
        }
        else
        {
            JsonArray list = holder.AsArray();
            list[random.Next(list.Count)] = "a place";
        }

        string replacement = random.Next(20) switch
        {
            0 => new string('[', LongText),
            1 => $"\"{new string('x', LongText)}\"",
            _ => s_values[random.Next(s_values.Length)],
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).Replace(Mark, replacement, StringComparison.Ordinal));
    }

    /// <returns><see langword="null"/> for what earlier damage has made unreadable.</returns>
    static JsonNode? Parsed(string text)
    {
        try
        {
            JsonNode? document = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            document?.ToJsonString();
            return document;
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Objects and lists with something in them.</summary>
    static bool Gather(JsonNode node, List<JsonNode> holders)
    {
        JsonNode?[] inside = node switch
        {
            JsonObject keys => [.. keys.Select(key => key.Value)],
            JsonArray list => [.. list],
            _ => [],
        };
        if (inside.Length > 0)
        {
            holders.Add(node);
        }

        foreach (JsonNode? child in inside)
        {
            if (child is not null)
            {
                Gather(child, holders);
            }
        }

        return holders.Count > 0;
    }
}
