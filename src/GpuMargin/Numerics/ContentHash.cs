using System.Buffers.Binary;
using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GpuMargin.Numerics;

/// <summary>SHA-256 over everything that a value is made of: two values have the same digest if and only if their types and contents are the same.</summary>
/// <remarks>
/// An object counts by its public properties that can be set, or by all of them where none can, in ordinal order of their names: a property that is added
/// later counts by itself. Numbers count by their bits.
/// </remarks>
static class ContentHash
{
    /// <summary>Lower-case hexadecimal.</summary>
    public static string Of(object value)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, value);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, object? value)
    {
        switch (value)
        {
            case null:
                Append(hash, "null", -1);
                break;
            case string text:
                Append(hash, "string", Encoding.UTF8.GetByteCount(text));
                hash.AppendData(Encoding.UTF8.GetBytes(text));
                break;
            case double[] items:
                AppendItems<double>(hash, items);
                break;
            case int[] items:
                AppendItems<int>(hash, items);
                break;
            case uint[] items:
                AppendItems<uint>(hash, items);
                break;
            case bool[] items:
                AppendItems<bool>(hash, items);
                break;
            case Enum or bool or int or long or ulong:
                Append(hash, value.GetType().Name, Convert.ToInt64(value, null));
                break;
            case double number:
                Append(hash, "double", BitConverter.DoubleToInt64Bits(number));
                break;
            case IEnumerable items:
                Append(hash, "first", 0);
                int count = 0;
                foreach (object? item in items)
                {
                    Append(hash, item);
                    count++;
                }

                Append(hash, "last", count);
                break;
            default:
                AppendProperties(hash, value);
                break;
        }
    }

    static void AppendProperties(IncrementalHash hash, object value)
    {
        PropertyInfo[] all =
        [
            .. value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .OrderBy(property => property.Name, StringComparer.Ordinal),
        ];
        PropertyInfo[] set = [.. all.Where(property => property.CanWrite)];
        PropertyInfo[] properties = set.Length > 0 ? set : all;
        Append(hash, value.GetType().Name, properties.Length);
        foreach (PropertyInfo property in properties)
        {
            Append(hash, property.Name);
            Append(hash, property.GetValue(value));
        }
    }

    static void AppendItems<T>(IncrementalHash hash, T[] items)
        where T : unmanaged
    {
        Append(hash, typeof(T).Name, items.Length);
        hash.AppendData(MemoryMarshal.AsBytes(items.AsSpan()));
    }

    static void Append(IncrementalHash hash, string kind, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData(bytes);
    }
}
