using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace AlertDavao.Domain.Log;

/// <summary>
/// Up to where a reader is complete: the database's epoch and one number a log. Outside it is an opaque URL-safe text of at
/// most <see cref="MaxTextLength"/> characters. A cursor of another epoch is void: numbers of a restored database mean
/// something else.
/// </summary>
public sealed class Cursor : IEquatable<Cursor>
{
    public const int MaxTextLength = 1024;

    private const byte Format = 1;
    private const int MaxLogs = 64;

    public static readonly Cursor Empty = new(0, ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, long> _numbers;

    private Cursor(long epoch, ImmutableSortedDictionary<string, long> numbers)
    {
        Epoch = epoch;
        _numbers = numbers;
    }

    /// <summary>Random, made with the database, renewed when it is restored; 0 only in the empty cursor.</summary>
    public long Epoch { get; }

    public IEnumerable<string> Logs => _numbers.Keys;

    public bool IsEmpty => _numbers.IsEmpty;

    public static Cursor At(long epoch, IEnumerable<KeyValuePair<string, long>> numbers)
        => new(epoch, numbers.ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <summary>The last number read of that log; 0 when none was.</summary>
    public long Of(string log) => _numbers.TryGetValue(log, out var number) ? number : 0;

    public bool Knows(string log) => _numbers.ContainsKey(log);

    public Cursor With(string log, long number) => new(Epoch, _numbers.SetItem(log, number));

    public override string ToString()
    {
        if (IsEmpty)
            return "";

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.ASCII);
        writer.Write(Format);
        writer.Write(Epoch);
        foreach (var (log, number) in _numbers)
        {
            writer.Write(log);
            writer.Write7BitEncodedInt64(number);
        }

        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>False for anything this class did not write; the empty text is the empty cursor.</summary>
    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = Empty;
        if (string.IsNullOrEmpty(text))
            return true;
        if (text.Length > MaxTextLength || !Base64Url.IsValid(text))
            return false;

        try
        {
            // What reads well but is spelt otherwise (spaces, padding, other order) is no text of ours either.
            if (Read(Base64Url.DecodeFromChars(text), out var read) && read.ToString() == text)
                cursor = read;
            return !cursor.IsEmpty;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    public bool Equals(Cursor? other)
        => other is not null && Epoch == other.Epoch && _numbers.SequenceEqual(other._numbers);

    public override bool Equals(object? obj) => Equals(obj as Cursor);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Epoch);
        foreach (var (log, number) in _numbers)
            hash.Add(HashCode.Combine(log, number));
        return hash.ToHashCode();
    }

    private static bool Read(byte[] bytes, out Cursor cursor)
    {
        cursor = Empty;
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.ASCII);
        if (reader.ReadByte() != Format)
            return false;

        var epoch = reader.ReadInt64();
        var numbers = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        while (reader.BaseStream.Position < bytes.Length)
        {
            var log = reader.ReadString();
            var number = reader.Read7BitEncodedInt64();
            if (number < 0 || log.Length is 0 or > 16 || !log.All(char.IsAsciiLetterOrDigit)
                || numbers.Count == MaxLogs || !numbers.TryAdd(log, number))
                return false;
        }

        cursor = new Cursor(epoch, numbers.ToImmutable());
        return true;
    }
}
